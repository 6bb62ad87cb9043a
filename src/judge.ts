/** Judges a completed record and renders what holds: a record in, the cards and why out. */

import { flatMap } from './flat-map.js';
import type { HookName } from './cdshooks/protocol.js';
import type { Deadline } from './decide/deadline.js';
import type { Decider, Decision } from './decide/decide.js';
import { createMayRemove } from './decide/may-remove.js';
import { subjectsOf } from './decide/reach.js';
import { inTheCall } from './decide/stops.js';
import type { Verdict } from './decide/verdict.js';
import type { Library } from './library/library.js';
import { onceEach } from './once-each.js';
import { isDeceased } from './record/deceased.js';
import type { PatientRecord } from './record/record.js';
import { createResemblance } from './record/resemblance.js';
import { refuseUnknowable, unknownOrders } from './record/unknown-orders.js';
import { arrangeCards, type Arrangement } from './render/arrange.js';

/** A decision with the cards it becomes: what a caller sees, and why. */
export interface Judgement extends Arrangement {
  readonly decision: Decision;
}

/**
 * @param repeated cards that the prescriber has overridden before
 * @param deadline absent: however long it takes
 * @throws ServiceError `missing-data` when nothing tells what is ordered
 */
export type Judge = (
  record: PatientRecord,
  hook: HookName,
  repeated?: (verdict: Verdict) => boolean,
  deadline?: Deadline,
) => Judgement;

export interface JudgeOptions {
  readonly config: { readonly publicUrl: string; readonly canonicalUrl: string };
  readonly uuid: () => string;
}

export function createJudge(library: Library, decider: Decider, { config, uuid }: JudgeOptions): Judge {
  const subjects = subjectsOf(library);
  const names = [...subjects].flatMap((drug) => [drug, ...(library.vocabulary.drugs.get(drug)?.names ?? [])]);
  const resembledBy = createResemblance(names);
  const mayRemoveIn = createMayRemove(library);
  const { publicUrl, canonicalUrl } = config;
  const { codes } = decider;
  return (record, hook, repeated, deadline) => {
    if (isDeceased(record)) return nothingJudged;
    const unknown = unknownOrders(record);
    refuseUnknowable(record, unknown);
    const decision = decider.decide(record, hook, deadline);
    const { today } = record;
    const mayRemove = mayRemoveIn(record);
    const mayAdd = onceEach((drug: string): boolean => !decider.forbids(drug, record));
    const { stopped, ordered } = inTheCall(record);
    const context = {
      library,
      codes,
      publicUrl,
      canonicalUrl,
      today,
      uuid,
      stopped,
      ordered,
      mayRemove,
      mayAdd,
    };
    const resembled = flatMap(record.drafts, (draft) => resembledBy(draft, record.resolve) ?? []);
    const arranging = { decision, subjects, resembled, foreign: record.foreign, unknown };
    return {
      decision,
      ...arrangeCards(repeated === undefined ? arranging : { ...arranging, repeated }, context),
    };
  };
}

const nothingJudged: Judgement = {
  decision: { verdicts: [], undecided: [], replaced: [], counts: { facts: 0, resources: 0 } },
  cards: [],
  verdictOf: new Map(),
  withheld: [],
  open: [],
};
