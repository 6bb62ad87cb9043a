/** Whether the patient has died: then no card speaks of treatment. */

import type { PatientRecord } from './record.js';

export function isDeceased({ patient }: PatientRecord): boolean {
  return patient?.deceasedBoolean === true || typeof patient?.deceasedDateTime === 'string';
}
