/** What was measured, as people read it. */

import type { Figure, Result } from './rounds.js';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [line(head), ...rows.map(line)].join('\n');
}

export const shown = ({ median, least, most }: Figure, digits = 2): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

export function ratio(result: Result, floor: Result): number {
  return result.cpuMs.median / floor.cpuMs.median;
}

export function resultRows(results: readonly Result[]): readonly (readonly string[])[] {
  const [floor] = results;
  return results.map((result) => [
    result.name,
    shown(result.cpuMs),
    floor === undefined ? '' : `${ratio(result, floor).toFixed(2)} ×`,
    shown(result.p50Ms),
    shown(result.p99Ms, 1),
    result.perSecond.median.toFixed(0),
    result.ownCpuMs.median.toFixed(2),
  ]);
}

export const resultHead = ['', 'CPU ms a call', 'of the floor', 'p50 ms', 'p99 ms', 'calls/s', 'CPU ms of sending'];
