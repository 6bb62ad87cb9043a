/** Comma-separated tables of `cards/vocabulary`: rows with their line, faults instead of exceptions. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { type Fault, missing } from './fault.js';

interface TableRow<Column extends string> {
  /** 1-based line of the file. */
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

interface Table<Column extends string> {
  readonly rows: readonly TableRow<Column>[];
  readonly faults: readonly Fault[];
}

/** Reads a table whose first line is `header`; a row with another number of cells is a fault and left out. */
export function readTable<Column extends string>(
  cardsDir: string,
  file: string,
  header: readonly Column[],
): Table<Column> {
  const path = join(cardsDir, file);
  const expected = header.join(',');
  if (!existsSync(path)) return { rows: [], faults: [missing(file)] };
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  if (lines[0] !== expected) {
    const message = `expected the first line "${expected}", found "${lines[0]}"`;
    return { rows: [], faults: [{ file, line: 1, message }] };
  }
  const rows: TableRow<Column>[] = [];
  const faults: Fault[] = [];
  for (const [index, text] of lines.entries()) {
    if (index === 0 || text === '') continue;
    const line = index + 1;
    const cells = text.includes('"') ? quotedCells(text) : text.split(',');
    if (cells?.length === header.length) rows.push({ line, cells: byColumn(header, cells) });
    else faults.push({ file, line, message: wrongCells(header.length, cells) });
  }
  return { rows, faults };
}

function byColumn<Column extends string>(
  header: readonly Column[],
  cells: readonly string[],
): Readonly<Record<Column, string>> {
  return Object.fromEntries(header.map((column, at) => [column, cells[at]])) as Record<Column, string>;
}

function wrongCells(expected: number, cells: readonly string[] | undefined): string {
  if (cells === undefined) return 'has a quote that is not closed; write "" for a quote inside quotes';
  return `expected ${expected} cells, found ${cells.length}; put a cell that holds a comma in quotes`;
}

/** The cells of a line with quotes; undefined when a quote stays open or does not stand around a whole cell. */
function quotedCells(text: string): readonly string[] | undefined {
  const { data, errors } = Papa.parse<readonly string[]>(text, { delimiter: ',', newline: '\n' });
  return errors.length > 0 ? undefined : data[0];
}
