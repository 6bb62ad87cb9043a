/** Judges one case of a card and says in words where it departs from what it promises. */

import type { FhirResource } from 'fhir/r4.js';
import type { Card as CdsCard, HookName } from '../src/cdshooks/protocol.js';
import type { RecordType } from '../src/cdshooks/record-type.js';
import { topicOf } from '../src/library/card.js';
import { prefetchTemplates } from '../src/library/derive.js';
import type { Judgement } from '../src/judge.js';
import { createPipeline, type Pipeline } from '../src/pipeline.js';
import type { PatientRecord } from '../src/record/record.js';
import { DETAIL_WORDS } from '../src/render/card.js';
import { wordsIn } from '../src/render/words.js';
import { asActive } from './as-active.js';
import { type CardCase, type CardCases, requestOf } from './cases.js';
import { FIXTURES_NOW, readFixture } from './fixtures.js';

export const expectations = ['shown', 'silent', 'unknown'] as const;
export type Expectation = (typeof expectations)[number];

/** A case with its record completed, ready to be judged by any cards. */
export interface ReadyCase {
  readonly card: string;
  readonly expected: Expectation;
  readonly one: CardCase;
  readonly record: PatientRecord;
}

/** The whole service but its HTTP, on the frozen day of the fixtures and with one uuid for all. */
export function pipelineForCases(cardsDir: string): Pipeline {
  const silent = (): void => undefined;
  return createPipeline({
    config: { cardsDir, publicUrl: 'http://127.0.0.1:3000', canonicalUrl: 'http://127.0.0.1:3000' },
    log: { info: silent, warn: silent, error: silent },
    clock: () => new Date(FIXTURES_NOW),
    uuid: () => '00000000-0000-4000-8000-000000000001',
  });
}

/** Completes the records of all cases of a card. */
export function readyCases(
  pipeline: Pipeline,
  fixturesDir: string,
  card: string,
  cases: CardCases,
): readonly ReadyCase[] {
  const judging = asActive(pipeline, card);
  const keys = keysByHook(judging);
  const read = (fixture: string): FhirResource => readFixture(fixturesDir, fixture);
  return expectations.flatMap((expected) =>
    cases[expected].map((one) => {
      const record = judging.complete(requestOf(one, read, keys(one.hook)));
      return { card, expected, one, record };
    }),
  );
}

function keysByHook({ library }: Pipeline): (hook: HookName) => ReadonlyMap<string, RecordType> {
  const known = new Map<HookName, ReadonlyMap<string, RecordType>>();
  return (hook) => {
    const keys =
      known.get(hook) ?? new Map(prefetchTemplates(library, hook).map(({ key, type }) => [key, type]));
    known.set(hook, keys);
    return keys;
  };
}

/** What is wrong with a case, one sentence each; empty when it holds. A card that is not active is judged as if it were. */
export function judgeCase(pipeline: Pipeline, { card, expected, one, record }: ReadyCase): readonly string[] {
  const judgement = asActive(pipeline, card).judge(record, one.hook);
  const shown = judgement.cards.find(({ source }) => source.topic.code === topicOf(card));
  const actual = stateOf(card, shown, judgement);
  if (actual !== expected) return [`expected ${expected}, the card is ${actual}`];
  return shown === undefined ? [] : departures(shown, one);
}

function stateOf(cardPath: string, shown: CdsCard | undefined, { decision }: Judgement): Expectation {
  if (shown !== undefined) return 'shown';
  return decision.undecided.some(({ card }) => card.path === cardPath) ? 'unknown' : 'silent';
}

function departures(shown: CdsCard, one: CardCase): readonly string[] {
  const text = `${shown.summary}\n${shown.detail}`;
  const labels = (shown.suggestions ?? []).map(({ label }) => label);
  const wrong: string[] = [];
  const words = wordsIn(shown.detail);
  if (words > DETAIL_WORDS) wrong.push(`expected at most ${DETAIL_WORDS} words of detail, it has ${words}`);
  if (one.indicator !== undefined && shown.indicator !== one.indicator)
    wrong.push(`expected indicator ${one.indicator}, got ${shown.indicator}`);
  for (const words of one.says.filter((words) => !text.includes(words)))
    wrong.push(`expected it to say "${words}", it says: ${text}`);
  for (const words of one['says not'].filter((words) => text.includes(words)))
    wrong.push(`expected it not to say "${words}"`);
  if (one.suggests !== undefined && labels.join('; ') !== one.suggests.join('; '))
    wrong.push(`expected the suggestions [${one.suggests.join('; ')}], got [${labels.join('; ')}]`);
  return wrong;
}
