/** Closures say what the interpreter of fhirpath.js says, on the fixtures and on records broken at random. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileClosure } from '../../src/decide/closures/compile.js';
import {
  compileInterpreted,
  compileQuestion,
  placeOf,
  syntaxOf,
  type TableFunction,
} from '../../src/decide/expressions.js';
import { loadLibrary } from '../../src/library/library.js';
import { expressionsOf } from '../../src/library/load-facts.js';
import { fixtureNames, readFixture } from '../../tools/fixtures.js';
import { differenceOf, isSure, type Variables } from './closures-support.js';
import { broken } from './broken-records.js';

/** How many broken records each expression is asked of; CLOSURE_RUNS=2000 for a long run. */
const RUNS = Number(process.env['CLOSURE_RUNS'] ?? 60);

const pool = new Map(
  fixtureNames('fhir-fixtures')
    .filter((name) => !/^(requests|versions)\//.test(name))
    .map((name) => [name, readFixture('fhir-fixtures', name) as unknown as Record<string, unknown>]),
);
const resources = [...pool.values()];
const byType = (...types: readonly string[]) =>
  resources.filter(({ resourceType }) => types.includes(String(resourceType)));

/** Functions of the table as simple as they can be: what is held against each other is what is around them. */
const each = (of: (item: Record<string, unknown>) => unknown): TableFunction => ({
  takes: 'nothing',
  call: (input) => input.flatMap((item) => of(Object(item) as Record<string, unknown>) ?? []),
});
const some = (of: (item: unknown, name: string) => boolean): TableFunction => ({
  takes: 'a name',
  call: (input, name) => [input.some((item) => of(item, name))],
});
const says = (item: unknown, name: string) =>
  JSON.stringify(item ?? null)
    .toLowerCase()
    .includes(name.toLowerCase());
const table: Readonly<Record<string, TableFunction>> = {
  inRecord: each(({ reference }) =>
    resources.find((resource) => [resource['resourceType'], resource['id']].join('/') === reference),
  ),
  ofDrug: some(says),
  nameless: each((resource) => (resource['code'] === undefined ? resource : undefined)),
  alsoNamed: some(says),
  givenAs: some(says),
  earlierState: each(({ id }) => resources.find((resource) => resource['id'] === id)),
  givenUp: each((resource) => (resource['status'] === 'stopped' ? resource : undefined)),
  leastTakenDays: each(({ id }) => (id === undefined ? undefined : JSON.stringify(id).length * 9)),
  isStopped: each(({ status, id }) => status === 'active' && String(id).length % 2 === 0),
  means: some(says),
  offers: some(says),
  since: each(({ authoredOn }) => authoredOn),
  until: each(({ whenHandedOver, authoredOn }) => whenHandedOver ?? authoredOn),
  coveredDays: each(({ dispenseRequest }) => (dispenseRequest === undefined ? undefined : 30)),
  courseDays: each(({ note }) => (note === undefined ? 21 : 22)),
  courseEntries: each(({ id }) => resources.filter((resource) => resource['id'] === id)),
  takenEntries: each(() => resources.slice(0, 2)),
  mostTakenDays: each(({ id }) => (id === undefined ? undefined : JSON.stringify(id).length * 11)),
  takenDays: each(({ id }) => (id === undefined ? undefined : JSON.stringify(id).length * 10)),
  dailyDose: each(({ dosageInstruction }) =>
    Array.isArray(dosageInstruction) ? dosageInstruction.length * 40.5 : undefined,
  ),
  firstDailyDose: each(({ text }) => (text === undefined ? 80 : undefined)),
};

const { facts } = loadLibrary('cards', () => []);
const needed: Readonly<Record<string, readonly string[]>> = {
  patient: ['Patient'],
  order: ['MedicationRequest'],
  orders: ['MedicationRequest'],
  stops: ['MedicationRequest'],
  medications: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'MedicationAdministration'],
  problems: ['Condition'],
  results: ['Observation'],
  allergies: ['AllergyIntolerance'],
};
/** Every expression of the library with the resources it is asked of. */
const asked = [...facts.values()].flatMap((fact) =>
  [fact.find, fact.unclear, fact.counts, fact.only].flatMap(expressionsOf).map(([kind, expression]) => ({
    expression,
    // Orders of the call and their older states have kinds of their own.
    types:
      kind === undefined ? (needed[fact.needs] ?? []) : [/^[A-Z]/.test(kind) ? kind : 'MedicationRequest'],
  })),
);
const expressions = [...new Set(asked.map(({ expression }) => expression))].map((expression) => ({
  expression,
  types: [...new Set(asked.filter((one) => one.expression === expression).flatMap(({ types }) => types))],
}));

/** Forms of FHIRPath that facts may use, beside those that they do use. */
const others: readonly string[] = [
  "where(status != 'active')",
  "where(status = 'active' or status = 'stopped').exists()",
  "medication.ofType(CodeableConcept).coding.where(code in ('1292'|'21949')).display.first().upper()",
  "dosageInstruction.select(text.lower().contains('mg'))",
  "note.text.exists($this.endsWith('.') or $this.startsWith('S'))",
  "iif(dosageInstruction.empty(), 'none', dosageInstruction.text)",
  '(status | intent)',
  '(status | intent | priority).select($this.upper())',
  'dosageInstruction.doseAndRate.dose.ofType(Quantity).where(value >= 5 and value < 10.5)',
  'dosageInstruction.doseAndRate.dose.ofType(Quantity).exists(value = 5)',
  'dosageInstruction.timing.repeat.frequency.exists($this > 1)',
  'authoredOn.toDate() > %from.toDate()',
  'authoredOn <= %today.toDate()',
  'authoredOn = %today.toDate()',
  'authoredOn.toDate() != %from.toDate()',
  '%today.toDate() = birthDate',
  'issued = %today.toDate()',
  'birthDate in (%today.toDate()|%from.toDate())',
  'birthDate.toString().substring(0, 4)',
  "authoredOn.toString().indexOf('-')",
  'reasonCode.all(coding.exists())',
  'reasonCode.coding.combine(category.coding).code',
  'status.not()',
  'substitution.allowed.ofType(boolean)',
  'doNotPerform.exists($this = true)',
  "id in ('order'|'draft-1')",
  'contained.where(code.exists())',
  'dispenseRequest.numberOfRepeatsAllowed.where($this in (0|1|2))',
  '%order.id = id',
  '%order.status in %kinds',
  "%result.where(status = 'final').value.ofType(Quantity).unit",
  "iif(status = 'active', id)",
  'status.substring(2)',
  'status > intent',
  'id in note.text',
  'authoredOn.toDate().toDate() <= %today.toDate()',
  'false or status.exists()',
  'value.ofType(boolean) = true or deceased.ofType(boolean) = false',
  "value.ofType(string) = 'x' or value.ofType(integer) > 1",
];

/** Forms that closures leave to the interpreter, at the start or when they are asked. */
const leftToTheInterpreter: readonly string[] = [
  'code.coding.distinct()',
  "iif(status, 'a', 'b')",
  'where(status.exists() and $this)',
  'where($this)',
  'status.ofType(String)',
  'status.ofType(code)',
  'value.ofType(Quantity) = value.ofType(Quantity)',
  'value.ofType(Quantity).value.startsWith(id)',
  'value.ofType(Quantity) > 5',
  'authoredOn.toDate() = %today',
  "authoredOn = '2026-11-22'",
  'code.toString()',
  'status > 1',
  "status.substring('1')",
  "status.substring(99, 'x')",
  'status.extension',
  'Observation.status',
  '%notBound.exists()',
  '%odd.exists()',
  'means(1)',
];

const observations = byType('Observation');
const names = ['baclofen', 'cyclobenzaprine', 'sublingual', 'fibromyalgia', '1292', 'xyz'] as const;
const variables: fc.Arbitrary<Variables> = fc
  .record({
    name: fc.constantFrom(...names),
    other: fc.constantFrom(...names),
    day: fc.constantFrom('2026-11-22', '2026-11-01', '2025-12-31', '1961-11-22', '2024-02-29'),
    amount: fc.constantFrom(0, 5, 10, 30, 65, 80, 0.5),
    unit: fc.constantFrom('mg', 'ml', 'ml/min', ''),
    order: fc.constantFrom(...byType('MedicationRequest')),
    result: fc.subarray(observations, { maxLength: 2 }),
  })
  .map(({ name, other, day, amount, unit, order, result }) => ({
    today: '2026-11-22',
    now: '2026-11-22T12:00:00.000Z',
    dayAgo: '2026-11-21T12:00:00.000Z',
    order,
    result,
    drug: name,
    problem: name,
    other,
    form: name,
    dispensed: other,
    from: day,
    bornBy: day,
    earliest: day,
    limit: amount,
    limitLessOne: amount - 1,
    limitUnit: unit,
    limitDays: amount,
    kinds: ['E', 'active', other],
    units: ['mg', 'mcg', 'ug'],
    odd: { is: 'no resource' },
  }));

const closures = new Map<string, ReturnType<typeof compileClosure>>();
beforeAll(() => {
  for (const expression of [...expressions.map((one) => one.expression), ...others])
    closures.set(expression, compileClosure(syntaxOf(expression), { placeOf, table }));
});

function agreeOn(expression: string) {
  const interpreted = compileInterpreted(expression, table);
  const question = compileQuestion(expression, table);
  return (resource: Record<string, unknown>, bound: Variables) => {
    const before = JSON.stringify(resource);
    expect(differenceOf({ question, interpreted }, resource, bound)).toBe('');
    expect(JSON.stringify(resource)).toBe(before);
  };
}

describe.each(expressions)('$expression', ({ expression, types }) => {
  const agree = agreeOn(expression);
  const own = byType(...types);

  test('is answered alike on every fixture', () => {
    fc.assert(
      fc.property(variables, (bound) => {
        for (const resource of own) agree(resource, bound);
      }),
      { numRuns: 8, seed: 20261127 },
    );
  });

  test('is answered alike on broken records', () => {
    fc.assert(fc.property(broken(own), variables, agree), { numRuns: RUNS, seed: 20261127 });
  });
});

test.each([...others, ...leftToTheInterpreter])(
  '%s is answered alike, though no fact asks it',
  (expression) => {
    const agree = agreeOn(expression);
    fc.assert(fc.property(broken(resources), variables, agree), { numRuns: RUNS * 4, seed: 20261127 });
  },
);

test.each(["status.startsWith('a', 'b')", 'status.substring(0, 1, 2)', "means('a', 'b')"])(
  '%s has an argument too many: the interpreter refuses it',
  (expression) => {
    expect(compileClosure(syntaxOf(expression), { placeOf, table })).toBeUndefined();
  },
);

/** Where the interpreter and a simpler reading part: each of these was a fault of a closure at some time, or nearly. */
const edges: readonly (readonly [expression: string, resource: Record<string, unknown>])[] = [
  ['where(status.empty())', { resourceType: 'MedicationRequest', _status: { id: 'a' } }],
  ['where(status.exists())', { resourceType: 'MedicationRequest', _status: { id: 'a' } }],
  ['where(birthDate <= %today.toDate())', { resourceType: 'Patient', birthDate: '2025-02-30' }],
  ['where(birthDate > %today.toDate())', { resourceType: 'Patient', birthDate: '2027-02-29' }],
  ['where(birthDate > %today.toDate())', { resourceType: 'Patient', birthDate: '2026-11' }],
  [
    'where(value.ofType(Quantity).value = 10)',
    { resourceType: 'Observation', valueQuantity: { value: 10.000000001 } },
  ],
  [
    'where(value.ofType(Quantity).value > 10)',
    { resourceType: 'Observation', valueQuantity: { value: 10.000000001 } },
  ],
  [
    'where(value.ofType(Quantity).value < 10)',
    { resourceType: 'Observation', valueQuantity: { value: 9.999999999 } },
  ],
  [
    'where(value.ofType(Quantity).value = 10)',
    { resourceType: 'Observation', valueQuantity: { value: 1e20 } },
  ],
  ['value.exists()', { resourceType: 'Observation', valueQuantity: null, valueString: 'x' }],
  ['value', { resourceType: 'Observation', valueString: 'x', valueQuantity: { value: 1 } }],
  [
    "where(code.coding.code = 'a')",
    { resourceType: 'Condition', code: { coding: [{ code: 'a' }, { code: 'b' }] } },
  ],
  ["(%kinds | id).exists($this = 'active')", { resourceType: 'Condition', id: 'active' }],
  ['(code | code).coding', { resourceType: 'Condition', code: { coding: [{ code: 'a' }] } }],
  ["where('a' in ('a'|'b') and status.empty())", { resourceType: 'Observation', status: null }],
  ['id.substring(1, 2) | id.substring(9)', { resourceType: 'Observation', id: 'abcd' }],
  ["where('it\\'s' = id)", { resourceType: 'Observation', id: "it's" }],
  ['where((status = 1).empty())', { resourceType: 'Observation', status: 'final' }],
];

test.each(edges)('%s is answered alike on %j', (expression, resource) => {
  const [bound] = fc.sample(variables, { numRuns: 1, seed: 1 });
  expect.hasAssertions();
  agreeOn(expression)(resource, bound ?? {});
});

test('closures are made for nearly all expressions of the library', () => {
  const without = expressions.filter(({ expression }) => closures.get(expression) === undefined);
  // The sums of times are for the interpreter.
  expect(without.map(({ expression }) => expression.includes('toDateTime()'))).toEqual(
    without.map(() => true),
  );
});

test('on the fixtures closures are sure of nearly everything, and each of more than half', () => {
  const bound = fc.sample(variables, { numRuns: 5, seed: 20261127 });
  const doubts = expressions.flatMap(({ expression, types }) => {
    const closure = closures.get(expression);
    if (closure === undefined) return [];
    const answers = byType(...types).flatMap((resource) =>
      bound.map((one) => isSure(closure, resource, one)),
    );
    return [{ expression, asked: answers.length, unsure: answers.filter((isOne) => !isOne).length }];
  });
  const sum = (of: 'asked' | 'unsure') => doubts.reduce((total, doubt) => total + doubt[of], 0);
  expect(sum('unsure') / sum('asked')).toBeLessThan(0.05);
  expect(doubts.filter(({ asked, unsure }) => unsure / asked > 0.5)).toEqual([]);
});
