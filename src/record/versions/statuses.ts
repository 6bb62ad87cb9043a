/** What other FHIR versions say of a status beside `status`: not taken, not given, how it is taken, over. */

import { flatMap } from '../../flat-map.js';
import { type Part, partOf, partsOf, stringOf } from '../../untrusted.js';
import type { Rule } from './reshape.js';

/** An entry that says it never was has a status of its own in R4; entered in error stays so. */
export function denied(
  element: string,
  isDenied: (value: unknown) => boolean,
  status: string,
): Readonly<Record<string, Rule>> {
  const rule: Rule = (_, whole) => {
    const written = whole['status'];
    if (isDenied(whole[element]) && written !== 'entered-in-error') return { status };
    return written === undefined ? {} : { status: written };
  };
  return { status: rule, [element]: rule };
}

/** DSTU2 and STU3: a problem that is over says so with `true` where R4 has a date or a word. */
export const abatementBoolean: Rule = (over) => (over === true ? { abatementString: 'abated' } : {});

/** MedicationStatement.adherence of R5 → the status R4 has for it; `unknown` says no more than the entry itself. */
const ADHERENCES: ReadonlyMap<unknown, string> = new Map([
  ['taking', 'active'],
  ['taking-as-directed', 'active'],
  ['taking-not-as-directed', 'active'],
  ['not-taking', 'not-taken'],
  ['on-hold', 'on-hold'],
  ['on-hold-as-directed', 'on-hold'],
  ['on-hold-not-as-directed', 'on-hold'],
  ['stopped', 'stopped'],
  ['stopped-as-directed', 'stopped'],
  ['stopped-not-as-directed', 'stopped'],
]);

/**
 * Status of an R5 MedicationStatement in R4. `recorded` only says that the entry is complete: adherence tells what is
 * taken, else the period does. An unfinished entry may be true: `unknown`.
 */
export function statementStatus(statement: Part, today: string): string | undefined {
  const status = stringOf(statement['status']);
  if (status === 'draft') return 'unknown';
  if (status !== 'recorded') return status;
  const code = partOf(partOf(statement['adherence'])?.['code']);
  const told = flatMap(partsOf(code?.['coding']), (coding) => ADHERENCES.get(coding['code']) ?? [])[0];
  return told ?? (isOver(statement, today) ? 'completed' : 'active');
}

/** A partial date is over when all of it is. */
function isOver(statement: Part, today: string): boolean {
  const end = stringOf(partOf(statement['effectivePeriod'])?.['end'])?.slice(0, 10);
  return end !== undefined && end < today.slice(0, end.length);
}
