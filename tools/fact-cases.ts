/** The facts' own cases: each asked by itself of a few fixtures, so that what a question means is proven apart from any card. */

import { z } from 'zod';
import { prefetchTemplates } from '../src/library/derive.js';
import { type ArgumentValue, parseArgument } from '../src/library/argument.js';
import type { Card, FactCall } from '../src/library/card.js';
import type { Fact } from '../src/library/fact.js';
import { didYouMean } from '../src/library/fault.js';
import { form } from '../src/library/strict-form.js';
import { readYamlFile, shapeOf } from '../src/library/yaml-file.js';
import type { Pipeline } from '../src/pipeline.js';
import { factsAsked } from './asked-of.js';
import { type CardCase, caseForm, requestOf } from './cases.js';
import { fixtureFault } from './fixture-faults.js';
import { fixtureNames } from './fixtures.js';

const FILE = 'vocabulary/facts.cases.yaml';
const HOOK = 'order-sign';

const given = z.array(z.string()).min(1);
const entry = z.union([
  given.transform((names) => ({ given: names, unread: [] as string[] })),
  form({ given, unread: z.array(z.string()).default([]) }),
]);
const factCases = form({
  with: z.record(z.string(), z.unknown()).default({}),
  yes: z.array(entry).min(1, 'expected at least one case answered yes'),
  no: z.array(entry).min(1, 'expected at least one case answered no'),
  unknown: z.array(entry).default([]),
});
type FactCases = z.infer<typeof factCases>;

const answers = { yes: 'true', no: 'false', unknown: 'unknown' } as const;
type Expected = keyof typeof answers;

export interface FactResult {
  readonly faults: readonly string[];
  readonly count: number;
  /** Fixtures the cases use. */
  readonly fixtures: readonly string[];
}

/** Every fact that a card asks has cases, and every case is answered as it says. */
export function checkFacts(pipeline: Pipeline, cardsDir: string, fixturesDir: string): FactResult {
  const yaml = readYamlFile(cardsDir, FILE);
  const { value, faults } = shapeOf(yaml, z.record(z.string(), factCases));
  if (value === undefined)
    return {
      faults: faults.map(({ file, line, message }) => `${file}:${line} ${message}`),
      count: 0,
      fixtures: [],
    };
  const { facts } = pipeline.library;
  const known = fixtureNames(fixturesDir);
  const at = (name: string): string => `${FILE}:${yaml.lineOf([name])} "${name}"`;
  const asked = new Set(pipeline.library.cards.flatMap(factsAsked));
  const missing = [...asked]
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${FILE}:1 has no cases of the fact "${name}"`);
  const wrong = Object.entries(value).flatMap(([name, cases]) => {
    const fact = facts.get(name);
    if (fact === undefined) return [`${at(name)}: no fact has this name${didYouMean(name, facts.keys())}`];
    const misnamed = fixturesOf(cases).flatMap((fixture) => fixtureFault(fixture, known, fixturesDir) ?? []);
    const faults = misnamed.length > 0 ? misnamed : faultsOf(fact, cases, pipeline, fixturesDir);
    return faults.map((fault) => `${at(name)}: ${fault}`);
  });
  const all = Object.values(value);
  return {
    faults: [...missing, ...wrong],
    count: all.flatMap(entriesOf).length,
    fixtures: all.flatMap(fixturesOf),
  };
}

function entriesOf({ yes, no, unknown }: FactCases): FactCases['yes'] {
  return [...yes, ...no, ...unknown];
}

function fixturesOf(cases: FactCases): readonly string[] {
  return [...new Set(entriesOf(cases).flatMap((one) => one.given))];
}

function faultsOf(fact: Fact, cases: FactCases, pipeline: Pipeline, fixturesDir: string): readonly string[] {
  const call = callOf(fact, cases.with, pipeline);
  if (typeof call === 'string') return [call];
  const canBeUnknown = fact.reads.length > 0 || fact.unclear !== undefined;
  const none = canBeUnknown && cases.unknown.length === 0 ? ['can be unknown, and no case shows it'] : [];
  const wrong = (['yes', 'no', 'unknown'] as const).flatMap((expected) =>
    cases[expected].flatMap((one) =>
      departure(call, expected, caseForm.parse({ case: fact.name, ...one }), pipeline, fixturesDir),
    ),
  );
  return [...none, ...wrong];
}

function callOf(
  fact: Fact,
  written: Readonly<Record<string, unknown>>,
  { library }: Pipeline,
): FactCall | string {
  const args: Record<string, ArgumentValue> = {};
  for (const [name, kind] of Object.entries(fact.takes)) {
    const value = parseArgument(kind, written[name], library.vocabulary);
    if (typeof value === 'string') return `${name}: ${value}`;
    args[name] = value;
  }
  return { fact: fact.name, args, line: 1 };
}

function departure(
  call: FactCall,
  expected: Expected,
  one: CardCase,
  pipeline: Pipeline,
  fixturesDir: string,
): readonly string[] {
  const keys = new Map(prefetchTemplates(pipeline.library, HOOK).map(({ key, type }) => [key, type]));
  const record = pipeline.complete(requestOf(one, fixturesDir, keys));
  const [order] = record.drafts;
  if (order === undefined) return [`[${one.given.join(', ')}] holds no order or stop to ask it of`];
  const card = askingOnly(
    call,
    order.stop ? 'stopping' : 'ordering',
    order.identity.drugs[0] ?? '',
    pipeline,
  );
  const ways = pipeline.trace(card, record, HOOK).filter((way) => way.order.resource === order.resource);
  const answer = ways.flatMap(({ conditions }) => conditions).find(({ part }) => part === 'all')?.answer.is;
  if (answer === answers[expected]) return [];
  return [`[${one.given.join(', ')}] expected ${expected}, the answer is ${answer ?? 'none'}`];
}

/** A card that asks nothing but this question, about one order. */
function askingOnly(
  call: FactCall,
  kind: 'ordering' | 'stopping',
  drug: string,
  { library }: Pipeline,
): Card {
  const [any] = library.cards;
  if (any === undefined) throw new Error('the library holds no card');
  return {
    ...any,
    ways: [{ key: { kind, drug }, all: [call], any: [], unless: [], indicator: undefined, line: 1 }],
  };
}
