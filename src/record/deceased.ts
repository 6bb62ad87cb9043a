/** Whether the patient has died: then no card speaks of treatment. */

import { stringOf } from '../untrusted.js';
import { plusDays } from './calendar-date.js';
import type { PatientRecord } from './record.js';

/** A day, or as much of it as is known; blanks and other words tell of no death. */
const date = /^\d{4}(-|$)/;

/** A day that is still to come is a mistake, and silences nothing. */
export function isDeceased({ patient, today }: Pick<PatientRecord, 'patient' | 'today'>): boolean {
  if (patient?.deceasedBoolean === true) return true;
  const day = stringOf(patient?.deceasedDateTime)?.slice(0, today.length) ?? '';
  return date.test(day) && day <= tomorrow(today);
}

/** Somewhere on earth it has begun. */
function tomorrow(today: string): string {
  return plusDays(today, 1) ?? today;
}
