/** How many times a day a FHIR Timing says: its repeat rule first, else its code or text. */

import { flatMap } from '../flat-map.js';
import { daysIn } from './duration.js';
import { numberOf, type Part, partOf, partsOf, stringOf, stringsOf } from '../untrusted.js';

/** Abbreviations of the HL7 table GTSAbbreviation and what prescribers write for them, in capitals without dots. */
const TIMES_A_DAY: ReadonlyMap<string, number> = new Map([
  ...'QD|DAILY|AM|PM|QAM|QPM|QHS|HS|BED|NIGHTLY|AT BEDTIME'.split('|').map((code) => [code, 1] as const),
  ['BID', 2],
  ['TID', 3],
  ['QID', 4],
  ['QOD', 1 / 2],
  ['WK', 1 / 7],
]);
const COUNTED =
  /^(ONCE|TWICE|(?:ONE|TWO|THREE|FOUR|[1-9]|1[0-2]) TIMES?) (?:DAILY|(?:A|PER|EACH|EVERY) DAY)$/;
const COUNTS: Readonly<Record<string, number>> = { ONCE: 1, TWICE: 2, ONE: 1, TWO: 2, THREE: 3, FOUR: 4 };
/** What says nothing of how often. */
const BEHIND = / (?:PRN|AS NEEDED|WITH (?:FOOD|MEALS))$/;

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
  const code = plain.replace(BEHIND, '').replace(BEHIND, '');
  const hours = Number(/^(?:Q|EVERY )(\d{1,2}) ?H(?:OURS?)?$/.exec(code)?.[1] ?? 0);
  if (hours > 0) return 24 / hours;
  const [count] = COUNTED.exec(code)?.[1]?.split(' ') ?? [];
  return count === undefined ? TIMES_A_DAY.get(code) : (COUNTS[count] ?? Number(count));
}
