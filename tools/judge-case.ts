/** Judges one case of a card and says in words where it departs from what it promises. */

import { createPipeline, type Judgement, type Pipeline } from '../src/pipeline.js';
import { prefetchTemplates } from '../src/library/derive.js';
import type { Card as CdsCard } from '../src/cdshooks/protocol.js';
import { type CardCase, requestOf } from './cases.js';
import { FIXTURES_NOW } from './fixtures.js';

export type Expectation = 'shown' | 'silent' | 'unknown';

/** The whole service but its HTTP, on the frozen day of the fixtures and with counted uuids. */
export function pipelineForCases(cardsDir: string): Pipeline {
  const silent = (): void => undefined;
  return createPipeline({
    config: { cardsDir, publicUrl: 'http://127.0.0.1:3000', canonicalUrl: 'http://127.0.0.1:3000' },
    log: { info: silent, warn: silent, error: silent },
    clock: () => new Date(FIXTURES_NOW),
    uuid: () => '00000000-0000-4000-8000-000000000001',
  });
}

/** What is wrong with a case, one sentence each; empty when it holds. */
export function judgeCase(
  pipeline: Pipeline,
  fixturesDir: string,
  cardPath: string,
  expected: Expectation,
  one: CardCase,
): readonly string[] {
  const keys = new Map(prefetchTemplates(pipeline.library, one.hook).map(({ key, type }) => [key, type]));
  const judgement = pipeline.judge(requestOf(one, fixturesDir, keys));
  const topic = cardPath.replaceAll('/', '-');
  const shown = judgement.cards.find((card) => card.source.topic.code === topic);
  const actual = stateOf(cardPath, shown, judgement);
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
