/** What the service is held to, beside what was measured: a target that is missed is told, and fails nothing. */

import { table } from './tables.js';

export interface Target {
  readonly what: string;
  readonly measured: number;
  readonly wanted: number;
  readonly is: 'at most' | 'at least';
  readonly unit: string;
  readonly isMet: boolean;
}

/** @param measured with its unit: [1.8, '×'] */
export function atMost(what: string, [measured, unit]: readonly [number, string], wanted: number): Target {
  return { what, measured, wanted, is: 'at most', unit, isMet: measured <= wanted };
}

/** @param measured with its unit: [1.8, '×'] */
export function atLeast(what: string, [measured, unit]: readonly [number, string], wanted: number): Target {
  return { what, measured, wanted, is: 'at least', unit, isMet: measured >= wanted };
}

export function printTargets(targets: readonly Target[]): void {
  if (targets.length === 0) return;
  const rows = targets.map(({ what, measured, wanted, is, unit, isMet }) => [
    what,
    `${is} ${String(wanted)} ${unit}`,
    `${measured.toFixed(wanted >= 20 ? 0 : 2)} ${unit}`,
    isMet ? 'met' : 'missed',
  ]);
  console.log(`\n${table(['target', 'wanted', 'measured', ''], rows)}`);
}
