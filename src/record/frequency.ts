/** How many times a day a FHIR Timing says: its repeat rule first, else its code or text. */

import { flatMap } from '../flat-map.js';
import { daysIn } from './duration.js';
import { numberOf, type Part, partOf, partsOf, stringOf, stringsOf } from '../untrusted.js';

/** Abbreviations of the HL7 table GTSAbbreviation and what prescribers write for them, in capitals without dots. */
const TIMES_A_DAY: ReadonlyMap<string, number> = new Map([
  ...[
    'QD',
    'DAILY',
    'ONCE DAILY',
    'ONCE A DAY',
    'AM',
    'PM',
    'QAM',
    'QPM',
    'QHS',
    'HS',
    'BED',
    'NIGHTLY',
    'AT BEDTIME',
  ].map((code) => [code, 1] as const),
  ...['BID', 'TWICE DAILY', 'TWICE A DAY', '2 TIMES DAILY', 'TWO TIMES A DAY'].map(
    (code) => [code, 2] as const,
  ),
  ...['TID', 'THREE TIMES DAILY', 'THREE TIMES A DAY', '3 TIMES DAILY', '3 TIMES A DAY'].map(
    (code) => [code, 3] as const,
  ),
  ...['QID', 'FOUR TIMES DAILY', 'FOUR TIMES A DAY', '4 TIMES DAILY', '4 TIMES A DAY'].map(
    (code) => [code, 4] as const,
  ),
  ['QOD', 1 / 2],
  ['WK', 1 / 7],
]);

/**
 * `frequency` over `period` (the greater of `frequency` and `frequencyMax`; an average where the period is longer than
 * a day), or as many times as `when` or `timeOfDay` name if that is more. Weekdays together with a weekly period say no
 * daily number. "As needed" counts as taken at the stated maximum.
 */
export function timesADay(timing: unknown): number | undefined {
  const part = partOf(timing);
  return ofRepeat(partOf(part?.['repeat'])) ?? ofCode(partOf(part?.['code']));
}

function ofRepeat(repeat: Part | undefined): number | undefined {
  if (repeat === undefined) return undefined;
  const named = Math.max(stringsOf(repeat['when']).length, stringsOf(repeat['timeOfDay']).length);
  const rate = ofPeriod(repeat);
  if (rate === undefined && repeat['period'] !== undefined) return undefined;
  const most = Math.max(rate ?? 0, named);
  return most > 0 ? most : undefined;
}

function ofPeriod(repeat: Part): number | undefined {
  const frequency = Math.max(numberOf(repeat['frequency']) ?? 1, numberOf(repeat['frequencyMax']) ?? 0);
  const period = numberOf(repeat['period']);
  const unit = daysIn(repeat['periodUnit']);
  if (period === undefined || period <= 0 || unit === undefined || frequency <= 0) return undefined;
  if (stringsOf(repeat['dayOfWeek']).length > 0 && unit > 1) return undefined;
  return frequency / (period * unit);
}

function ofCode(code: Part | undefined): number | undefined {
  const codings = partsOf(code?.['coding']);
  const written = [...flatMap(codings, (coding) => [coding['code'], coding['display']]), code?.['text']];
  for (const text of flatMap(written, (one) => stringOf(one) ?? [])) {
    const times = ofAbbreviation(text.slice(0, 100));
    if (times !== undefined) return times;
  }
  return undefined;
}

function ofAbbreviation(text: string): number | undefined {
  const plain = text.toUpperCase().replace(/\./g, '').trim().split(/\s+/).join(' ');
  const code = plain.endsWith(' PRN') ? plain.slice(0, -' PRN'.length) : plain;
  const hours = Number(/^(?:Q|EVERY )(\d{1,2}) ?H(?:OURS?)?$/.exec(code)?.[1] ?? 0);
  return hours > 0 ? 24 / hours : TIMES_A_DAY.get(code);
}
