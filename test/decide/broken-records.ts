/** Resources of the fixtures with some of their members changed for what no FHIR server should send. */

import fc from 'fast-check';

type Json = Record<string, unknown>;

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'active',
    'final',
    '1961',
    '1961-11',
    '2026-11-22',
    '2026-02-30',
    '2026-11-22T08:00:00Z',
    '0000-01-01',
    '2026-13-01',
    ' mg ',
    'mg/h',
    0,
    1,
    -1,
    5,
    65,
    1e-9,
    1e300,
    80.00000000001,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    { id: 'x' },
    { resourceType: 'code' },
    { resourceType: 'Condition', id: 'c' },
    { __path__: 'x' },
    { coding: [{ code: 'E' }, { code: 'active', system: null }] },
    [{ code: 'active' }, { code: 'x' }],
    { value: 5, unit: 'mg', code: 'mg', system: 'http://unitsofmeasure.org' },
    { value: 20, unit: 'mL/min', code: 'mL/min', system: 'http://unitsofmeasure.org', comparator: '<' },
    { start: '2026-11-01', end: '2026-11-22' },
    { reference: 'Condition/none' },
    { reference: 5 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Names that expressions ask for, and their shadows. */
const names = fc.constantFrom(
  'status',
  'intent',
  'id',
  'birthDate',
  'clinicalStatus',
  'verificationStatus',
  'abatementDateTime',
  'onsetDateTime',
  'onsetPeriod',
  'recordedDate',
  'category',
  'code',
  'coding',
  'valueQuantity',
  'valueString',
  'effectiveDateTime',
  'effectivePeriod',
  'unit',
  'value',
  'comparator',
  'system',
  'reasonCode',
  'reasonReference',
  'priorPrescription',
  'substitution',
  'allowedCodeableConcept',
  'allowedBoolean',
  'courseOfTherapyType',
  'dosageInstruction',
  'doseAndRate',
  'doseQuantity',
  'doseRange',
  'rateQuantity',
  'rateRatio',
  'high',
  'numerator',
  'authorizingPrescription',
  'type',
  'text',
  'authoredOn',
  'note',
  '_status',
  '_birthDate',
  '_value',
  '__path__',
  'resourceType',
);

interface Change {
  /** Which object of the resource, counted in its order, and which of its members. */
  readonly at: number;
  readonly member: number;
  readonly name: string;
  readonly how: 'replace' | 'add' | 'remove' | 'wrap' | 'double' | 'shadow';
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(40),
  member: fc.nat(30),
  name: names,
  how: fc.constantFrom('replace', 'add', 'remove', 'wrap', 'double', 'shadow'),
  value: odd,
});

/** @param resources that are changed; some stay as they are */
export function broken(resources: readonly Json[]): fc.Arbitrary<Json> {
  return fc
    .record({ resource: fc.constantFrom(...resources), changes: fc.array(change, { maxLength: 4 }) })
    .map(({ resource, changes }) => {
      const copy = structuredClone(resource);
      for (const one of changes) apply(one, copy);
      // What is asked of a resource is told by its type, so that it always has one.
      return { ...copy, resourceType: resource['resourceType'] };
    });
}

function apply({ at, member, name, how, value }: Change, resource: Json): void {
  const objects = objectsIn(resource);
  const object = objects[at % objects.length] ?? resource;
  const members = Object.keys(object);
  const chosen = members[member % Math.max(members.length, 1)] ?? name;
  if (how === 'add') object[name] = structuredClone(value);
  else if (how === 'remove') delete object[chosen];
  else if (how === 'replace') object[chosen] = structuredClone(value);
  else if (how === 'wrap') object[chosen] = [object[chosen]];
  else if (how === 'double') object[chosen] = [object[chosen], structuredClone(object[chosen])].flat();
  else {
    object[`_${chosen}`] = structuredClone(value);
    if (at % 2 === 0) delete object[chosen];
  }
}

function objectsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}
