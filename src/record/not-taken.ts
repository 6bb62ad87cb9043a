/** Statements that are active by their status, and that say in words that the drug is not taken. */

import type { FhirResource, MedicationStatement } from 'fhir/r4.js';
import { medicationReferenceOf, medicationWords } from './medication.js';
import type { DrugIdentity } from './record.js';
import { stringOf } from '../untrusted.js';

/** Most statements hold none of these words, and need not be identified before somebody asks for them. */
const HINT = /not|longer|n.t|stopped|quit|denies/i;

/**
 * Its words are graver than its status. `stopped`, not `not-taken`: nothing tells since when, and whether it ever was.
 */
export function asItSays(
  statement: MedicationStatement,
  identityOf: (resource: FhirResource) => DrugIdentity,
): MedicationStatement {
  if (statement.status !== 'active' || !wordsOf(statement).some((words) => HINT.test(words)))
    return statement;
  return identityOf(statement).notTaken === true ? { ...statement, status: 'stopped' } : statement;
}

function wordsOf(statement: MedicationStatement): readonly string[] {
  const display = stringOf(medicationReferenceOf(statement)?.['display']);
  const words = medicationWords(statement);
  return display === undefined ? words : [...words, display];
}
