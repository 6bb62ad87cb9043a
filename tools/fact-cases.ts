/** The facts' own cases: each asked by itself of a few fixtures, so that what a question means is proven apart from any card. */

import { Fhir } from 'fhir';
import type { FhirResource } from 'fhir/r4.js';
import { z } from 'zod';
import { prefetchTemplates } from '../src/library/derive.js';
import type { ArgumentValue } from '../src/library/argument.js';
import type { Card, FactCall } from '../src/library/card.js';
import type { Fact } from '../src/library/fact.js';
import { didYouMean } from '../src/library/fault.js';
import { argumentOf } from '../src/library/read-conditions.js';
import { form } from '../src/library/strict-form.js';
import { readYamlFile, shapeOf, type YamlFile } from '../src/library/yaml-file.js';
import type { Pipeline } from '../src/pipeline.js';
import type { PatientRecord } from '../src/record/record.js';
import { factsAsked } from './asked-of.js';
import { caseForm, requestOf } from './cases.js';
import { fixtureFault } from './fixture-faults.js';
import { fixtureNames } from './fixtures.js';
import { type Given, givenForm, resourceOf, spelledOut } from './given.js';
import { faultsOfResource } from './validate-fixtures.js';

const FILE = 'vocabulary/facts.cases.yaml';
const HOOK = 'order-sign';

const entry = z
  .union([
    givenForm.transform((given) => ({ given, unread: [] as string[] })),
    form({ given: givenForm, unread: z.array(z.string()).default([]) }),
  ])
  .transform(({ given, unread }) => spelledOut(given).map((one) => ({ given: one, unread })));
const entries = z.array(entry).transform((lists) => lists.flat());
const factCases = form({
  with: z.record(z.string(), z.unknown()).default({}),
  yes: entries.refine((all) => all.length > 0, 'expected at least one case answered yes'),
  no: entries.refine((all) => all.length > 0, 'expected at least one case answered no'),
  unknown: entries.default([]),
  /** Mutants that answer the same whatever is asked of them, with the reason. */
  same: z.record(z.string(), z.string().min(1)).default({}),
});
type FactCases = z.output<typeof factCases>;

const answers = { yes: 'true', no: 'false', unknown: 'unknown' } as const;
const expectations = ['yes', 'no', 'unknown'] as const;
type Expected = (typeof expectations)[number];

/** A case with its record completed, ready to be asked of any facts. */
export interface ReadyFactCase {
  readonly call: FactCall;
  readonly expected: Expected;
  /** The names of what is given. */
  readonly given: string;
  readonly record: PatientRecord;
}

export interface FactResult {
  readonly faults: readonly string[];
  readonly count: number;
  /** Fixtures the cases use. */
  readonly fixtures: readonly string[];
  /** By name of the fact. */
  readonly ready: ReadonlyMap<string, ReadyFact>;
}

/** What proves a fact by itself. */
export interface ReadyFact {
  readonly cases: readonly ReadyFactCase[];
  /** Changes that no case can notice. */
  readonly same: readonly string[];
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
      ready: new Map(),
    };
  const asked = new Set(pipeline.library.cards.flatMap(factsAsked));
  const missing = [...asked]
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${FILE}:1 has no cases of the fact "${name}"`);
  const checked = Object.entries(value).map(
    ([name, cases]) => [name, checkFact(name, cases, pipeline, fixturesDir)] as const,
  );
  const all = Object.values(value);
  return {
    faults: [...missing, ...checked.flatMap(([name, { wrong }]) => placed(name, wrong, yaml))],
    count: all.flatMap(allOf).length,
    fixtures: all.flatMap(fixturesOf),
    ready: new Map(
      checked.map(([name, { ready }]) => [
        name,
        { cases: ready, same: Object.keys(value[name]?.same ?? {}) },
      ]),
    ),
  };
}

function placed(name: string, faults: readonly string[], yaml: YamlFile): readonly string[] {
  return faults.map((fault) => `${FILE}:${yaml.lineOf([name])} "${name}": ${fault}`);
}

interface Checked {
  readonly wrong: readonly string[];
  /** Those that can be asked. */
  readonly ready: readonly ReadyFactCase[];
}

function checkFact(name: string, cases: FactCases, pipeline: Pipeline, fixturesDir: string): Checked {
  const { facts } = pipeline.library;
  const none = (wrong: readonly string[]): Checked => ({ wrong, ready: [] });
  const fact = facts.get(name);
  if (fact === undefined) return none([`no fact has this name${didYouMean(name, facts.keys())}`]);
  const misgiven = givenFaults(cases, fixturesDir);
  if (misgiven.length > 0) return none(misgiven);
  const call = callOf(fact, cases.with, pipeline);
  if (typeof call === 'string') return none([call]);
  const canBeUnknown = fact.reads.length > 0 || fact.unclear !== undefined;
  const unshown = canBeUnknown && cases.unknown.length === 0 ? ['can be unknown, and no case shows it'] : [];
  const ready = readyOf(call, cases, pipeline, fixturesDir);
  return { wrong: [...unshown, ...ready.flatMap((one) => departure(pipeline, one) ?? [])], ready };
}

function allOf({ yes, no, unknown }: FactCases): FactCases['yes'] {
  return [...yes, ...no, ...unknown];
}

function fixturesOf(cases: FactCases): readonly string[] {
  return [...new Set(allOf(cases).flatMap(({ given }) => given.map(({ fixture }) => fixture)))];
}

/** Fixtures that cannot be read, and twins of them that are no FHIR. */
function givenFaults(cases: FactCases, fixturesDir: string): readonly string[] {
  const known = fixtureNames(fixturesDir);
  const misnamed = fixturesOf(cases).flatMap((fixture) => fixtureFault(fixture, known, fixturesDir) ?? []);
  if (misnamed.length > 0) return misnamed;
  const fhir = new Fhir();
  const twins = new Map<string, Given>();
  for (const { given } of allOf(cases)) {
    for (const one of given) if (one.name !== one.fixture) twins.set(one.name, one);
  }
  return [...twins.values()].flatMap((twin) =>
    faultsOfResource(resourceOf(twin, fixturesDir), fhir).map((fault) => `${twin.name} ${fault}`),
  );
}

function callOf(
  fact: Fact,
  written: Readonly<Record<string, unknown>>,
  { library }: Pipeline,
): FactCall | string {
  const args: Record<string, ArgumentValue> = {};
  for (const name of Object.keys(fact.takes)) {
    const value = argumentOf(fact, name, written[name], library.vocabulary);
    if (typeof value === 'string') return `${name}: ${value}`;
    args[name] = value;
  }
  return { fact: fact.name, args, line: 1 };
}

function readyOf(
  call: FactCall,
  cases: FactCases,
  pipeline: Pipeline,
  fixturesDir: string,
): readonly ReadyFactCase[] {
  const keys = new Map(prefetchTemplates(pipeline.library, HOOK).map(({ key, type }) => [key, type]));
  return expectations.flatMap((expected) =>
    cases[expected].map(({ given, unread }) => {
      const byName = new Map(given.map((one) => [one.name, resourceOf(one, fixturesDir)]));
      const names = [...byName.keys()];
      const one = caseForm.parse({ case: call.fact, given: names, unread });
      const request = requestOf(one, (name) => byName.get(name) as FhirResource, keys);
      return { call, expected, given: names.join(', '), record: pipeline.complete(request) };
    }),
  );
}

/** How the answer departs from what the case says; undefined when it does not. */
export function departure(
  pipeline: Pipeline,
  { call, expected, given, record }: ReadyFactCase,
): string | undefined {
  const [order] = record.drafts;
  if (order === undefined) return `[${given}] holds no order or stop to ask it of`;
  const kind = order.stop ? 'stopping' : 'ordering';
  const card = askingOnly(call, kind, order.identity.drugs[0] ?? '', pipeline);
  const ways = pipeline.trace(card, record, HOOK).filter((way) => way.order.resource === order.resource);
  const answer = ways.flatMap(({ conditions }) => conditions).find(({ part }) => part === 'all')?.answer.is;
  if (answer === answers[expected]) return undefined;
  return `[${given}] expected ${expected}, the answer is ${answer ?? 'none'}`;
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
