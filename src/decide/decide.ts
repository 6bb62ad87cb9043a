/** Decides which cards hold for a call: library and record in, verdicts out; no clock, no network. The folder's public file. */

import { flatMap } from '../flat-map.js';
import type { HookName, Indicator } from '../cdshooks/protocol.js';
import { type CodeIndex, createCodeIndex } from '../library/code-index.js';
import type { Card } from '../library/card.js';
import type { Fact } from '../library/fact.js';
import type { Fault } from '../library/fault.js';
import type { Library } from '../library/library.js';
import type { PatientRecord } from '../record/record.js';
import { type Asked, createAsker, type Scene } from './ask.js';
import { compileFacts, factFaults as faultsOfFacts } from './compile-facts.js';
import type { Deadline } from './deadline.js';
import { functionTable } from './functions.js';
import { gravestPossible, judgeCard } from './judge-card.js';
import { createReach, type Reach } from './reach.js';
import { createRecommendation, isForbidden } from './recommend.js';
import { indexRecord, type RecordIndex } from './record-index.js';
import { createPrepare } from './prepare.js';
import { mergeByCard, withoutReplaced } from './settle.js';
import { traceCard, type TracedWay } from './trace.js';
import type { Decision } from './verdict.js';

export type { Decision } from './verdict.js';

export interface Decider {
  /** Cards that hold and cards that could not be decided for the judged drafts of a call. */
  decide(record: PatientRecord, hook: HookName, deadline?: Deadline): Decision;
  /** Whether some card may concern the orders of a call, as far as their drugs are known. */
  reaches(record: PatientRecord, hook: HookName): boolean;
  /** Whether an order of a drug would bring a critical card when it is signed. */
  forbids(drug: string, record: PatientRecord): boolean;
  /** Every condition of a card with its answer, for whoever asks why it does (not) show. */
  readonly trace: (card: Card, record: PatientRecord, hook: HookName) => readonly TracedWay[];
  readonly codes: CodeIndex;
  /** The same facts, compiled once, with other cards: what a changed card would say. */
  withCards(cards: Library['cards']): Decider;
  /** The same cards on facts of which one is another: what a changed fact would answer. */
  withFact(fact: Fact): Decider;
}

/** Faults of the facts that show when their FHIRPath is read. */
export function factFaults({ facts, vocabulary }: Library): readonly Fault[] {
  return faultsOfFacts(facts, functionTable(outsideAFact), vocabulary);
}

function outsideAFact(): never {
  throw new Error('a function of the table was called outside a fact');
}

/**
 * @param library without `factFaults`
 * @param onFault told of a fact that threw; it counts as unknown and the call goes on
 */
export function createDecider(library: Library, onFault: (fact: string, error: unknown) => void): Decider {
  let current: Scene | undefined;
  const table = functionTable(() => {
    return current ?? outsideAFact();
  });
  const facts = compileFacts(library.facts, table);
  const codes = createCodeIndex(library.vocabulary);
  const enter = (scene: Scene): void => {
    current = scene;
  };
  const { vocabulary } = library;
  const engineOf = (asked: ReturnType<typeof compileFacts>): Engine => ({
    prepare: createPrepare(asked, vocabulary),
    vocabulary,
    codes,
    enter,
    onFault,
    withFact: (fact) => engineOf(new Map([...asked, ...compileFacts(new Map([[fact.name, fact]]), table)])),
  });
  return deciderOf(library, engineOf(facts));
}

interface Engine extends Asked {
  readonly codes: CodeIndex;
  /** Only the one that differs is compiled. */
  withFact(fact: Fact): Engine;
}

function deciderOf(library: Pick<Library, 'cards' | 'vocabulary'>, engine: Engine): Decider {
  const { codes } = engine;
  const reach = createReach(library);
  const trace = (card: Card, record: PatientRecord, hook: HookName): readonly TracedWay[] =>
    traceCard(card, createAsker(engine, indexRecord(record, engine, hook)));
  // Without orders only the list itself tells what the call is about, so it has to be read.
  const reaches = (record: PatientRecord, hook: HookName): boolean =>
    hook === 'patient-view' ||
    hook === 'encounter-discharge' ||
    reach(drugsJudged(indexRecord(record, engine, hook)), hook).length > 0;
  const decide = decideWith(reach, engine);
  return {
    codes,
    decide: (record, hook, deadline) => decide(indexRecord(record, engine, hook), deadline),
    forbids: (drug, record) =>
      isForbidden(drug, indexRecord(record, engine, 'order-sign'), (index) =>
        decide(index, undefined, 'critical'),
      ),
    reaches,
    trace,
    withCards: (cards) => deciderOf({ ...library, cards }, engine),
    withFact: (fact) => deciderOf(library, engine.withFact(fact)),
  };
}

/** @returns decides for a record that is indexed, no card below `least` */
function decideWith(
  reach: Reach,
  engine: Engine,
): (index: RecordIndex, deadline?: Deadline, least?: Indicator) => Decision {
  const { vocabulary } = engine;
  const decide = (index: RecordIndex, deadline?: Deadline, least: Indicator = 'info'): Decision => {
    const asker = createAsker(engine, index, deadline);
    const recommended = createRecommendation(index, least, (hypothetical) =>
      decide(hypothetical, deadline, 'critical'),
    );
    const cards = reach(drugsJudged(index), index.hook);
    const judged = new Map(
      gravestFirst(cards).map((card) => [card, judgeCard(card, { asker, vocabulary, recommended, least })]),
    );
    const inOrder = flatMap(cards, (card) => judged.get(card) ?? []);
    const left = withoutReplaced({
      verdicts: flatMap(inOrder, ({ verdicts }) => verdicts),
      undecided: flatMap(inOrder, ({ undecided }) => undecided),
    });
    return {
      verdicts: mergeByCard(left.verdicts),
      undecided: left.undecided,
      replaced: mergeByCard(left.replaced),
      counts: asker.counts,
    };
  };
  return decide;
}

/** The same in every call. */
const gravity = new WeakMap<Card, Indicator>();

function gravityOf(card: Card): Indicator {
  const known = gravity.get(card);
  if (known !== undefined) return known;
  const found = gravestPossible(card);
  gravity.set(card, found);
  return found;
}

/** When time runs out, what is left unjudged is what matters least. */
function gravestFirst(cards: readonly Card[]): readonly Card[] {
  const groups: Record<Indicator, Card[]> = { critical: [], warning: [], info: [] };
  for (const card of cards) groups[gravityOf(card)].push(card);
  return [...groups.critical, ...groups.warning, ...groups.info];
}

/** Drugs of the judged drafts, of the orders that they stop or replace, and on the chart of what is listed. */
function drugsJudged(index: RecordIndex): readonly string[] {
  const judged = [
    ...index.record.drafts.filter((draft) => draft.judged),
    ...index.stops(),
    ...(index.hook === 'patient-view' ? index.taken() : []),
  ];
  return flatMap(judged, (draft) => draft.identity.drugs);
}
