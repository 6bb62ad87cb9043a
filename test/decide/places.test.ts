/** What is remembered of the types that records name: of those FHIR knows, one place each; of all others nothing. */

import { afterEach, expect, jest, test } from '@jest/globals';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { createPlaces } from '../../src/decide/closures/places.js';
import { compileInterpreted, compileQuestion } from '../../src/decide/expressions.js';

afterEach(() => {
  jest.restoreAllMocks();
});

const madeUp = ['constructor', '__proto__', ...Array.from({ length: 100 }, (_, at) => `Made${at}`)];

test('a type of FHIR has one place', () => {
  const placeOf = createPlaces(r4);
  expect(placeOf('MedicationRequest')).toBe(placeOf('MedicationRequest'));
});

test('of a type that is made up nothing is kept', () => {
  const placeOf = createPlaces(r4);
  placeOf('MedicationRequest');
  const kept = jest.spyOn(Map.prototype, 'set');
  expect(madeUp.map(placeOf)).toEqual(madeUp.map(() => undefined));
  expect(kept).not.toHaveBeenCalled();
});

test.each(madeUp.slice(0, 3))(
  'of a resource of type %s is said what the interpreter says',
  (resourceType) => {
    const resource = { resourceType, status: 'active', code: { text: 'x' } } as never;
    const asked = "where(status = 'active').code.text";
    expect(compileQuestion(asked, {})(resource, {})).toEqual(compileInterpreted(asked, {})(resource, {}));
  },
);
