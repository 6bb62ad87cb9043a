/** Whether the patient has died: then no card speaks of treatment. */

import { stringOf } from '../untrusted.js';
import type { PatientRecord } from './record.js';

/** A day, or as much of it as is known; blanks and other words tell of no death. */
const date = /^\d{4}(-|$)/;

export function isDeceased({ patient }: PatientRecord): boolean {
  return patient?.deceasedBoolean === true || date.test(stringOf(patient?.deceasedDateTime) ?? '');
}
