/** Rows for people and for spreadsheets. */

import Papa from 'papaparse';
import { greatest } from '../src/greatest.js';

export type Row = Readonly<Record<string, string | number | null>>;

/** Columns wide enough for all their cells, figures to the right. */
export function asTable(rows: readonly Row[], columns: readonly string[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, at) => greatest(lines.map((cells) => (cells[at] ?? '').length)));
  const isFigure = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  const padded = (cell: string, at: number) =>
    isFigure[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  return lines.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n');
}

/** No cell is a formula to a spreadsheet. */
export function asCsv(rows: readonly Row[], columns: readonly string[]): string {
  const data = rows.map((row) => columns.map((column) => row[column] ?? ''));
  return Papa.unparse({ fields: [...columns], data }, { escapeFormulae: true, newline: '\n' });
}

/** What a terminal could take for a command, or for another order of writing. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** A number and what it counts: 1 chain, 1,200 chains. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
