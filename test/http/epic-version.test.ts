/** Epic names the FHIR version of its call in an extension; anything else there is no concern of ours. */

import { expect, test } from '@jest/globals';
import { hookRules } from '../../src/cdshooks/hooks.js';
import { validate } from '../../src/http/validate.js';

const [rule] = hookRules;
const versionOf = (extension: unknown) =>
  validate(
    {
      hook: 'medication-prescribe',
      hookInstance: 'x',
      extension,
      context: { patientId: '1', medications: { resourceType: 'Bundle' } },
    },
    rule!,
    'rx-distinct-medication-prescribe',
  ).fhirVersion;

test('the version an Epic client names is read', () => {
  expect(versionOf({ 'com.epic.cdshooks.request.fhir-version': 'STU3' })).toBe('STU3');
});

test.each([undefined, null, {}, [], 'R4', { 'com.epic.cdshooks.request.fhir-version': 4 }])(
  'the extension %j names none, and is not refused',
  (extension) => {
    expect(versionOf(extension)).toBeUndefined();
  },
);
