/** The project's own table of codes and their verified names, against which every code of the vocabulary is held. */

import { didYouMean, type Fault } from './fault.js';
import type { NamedCode } from './vocabulary.js';
import { readTable } from './vocabulary-table.js';
import type { YamlFile } from './yaml-file.js';

export type CodeSystem = 'rxnorm' | 'atc' | 'snomed' | 'icd10cm' | 'loinc';

const FILE = 'vocabulary/codes.csv';
const SYSTEMS: readonly string[] = ['rxnorm', 'atc', 'snomed', 'icd10cm', 'loinc'] satisfies CodeSystem[];

export interface CodeTable {
  /** Takes a code as used at `path` of a file: a fault when its name is not the verified one. */
  use(system: CodeSystem, code: NamedCode, yaml: YamlFile, path: readonly string[]): void;
  /** Faults found so far and, once every file that uses codes could be read, one for each row that was never used. */
  faults(everythingRead: boolean): readonly Fault[];
}

interface CodeRow {
  readonly display: string;
  readonly line: number;
  used: boolean;
}

/** Reads `codes.csv`. */
export function readCodeTable(cardsDir: string): CodeTable {
  const table = readTable(cardsDir, FILE, ['system', 'code', 'display']);
  const rows = new Map<string, CodeRow>();
  const faults: Fault[] = [...table.faults];
  for (const { line, cells } of table.rows) {
    const { system, code, display } = cells;
    const key = `${system} ${code}`;
    const message = rowFault(system, key, rows);
    if (message === undefined) rows.set(key, { display, line, used: false });
    else faults.push({ file: FILE, line, message });
  }
  return {
    use: (system, { code, display }, yaml, path) => {
      const row = rows.get(`${system} ${code}`);
      const message = useFault(system, code, display, row);
      if (row !== undefined) row.used = true;
      if (message !== undefined) faults.push({ file: yaml.file, line: yaml.lineOf(path), message });
    },
    faults: (everythingRead) => [...faults, ...(everythingRead ? unused(rows) : [])],
  };
}

/** Codes with the names they are written with, each held against the table. */
export function namedCodes(
  system: CodeSystem,
  written: Readonly<Record<string, string>> | undefined,
  yaml: YamlFile,
  path: readonly string[],
  codes: CodeTable,
): readonly NamedCode[] {
  return Object.entries(written ?? {}).map(([code, display]) => {
    codes.use(system, { code, display }, yaml, [...path, code]);
    return { code, display };
  });
}

function rowFault(system: string, key: string, rows: ReadonlyMap<string, CodeRow>): string | undefined {
  if (!SYSTEMS.includes(system)) {
    return `expected a system of ${SYSTEMS.join(', ')}, found "${system}"${didYouMean(system, SYSTEMS)}`;
  }
  const earlier = rows.get(key);
  return earlier === undefined ? undefined : `${key} stands on line ${earlier.line} already; keep one`;
}

function useFault(
  system: CodeSystem,
  code: string,
  display: string,
  row: CodeRow | undefined,
): string | undefined {
  if (row === undefined) {
    return `${system} ${code} (${display}) is not in codes.csv; verify the code and add it there`;
  }
  if (row.display === display) return undefined;
  return `${system} ${code} is "${row.display}", found "${display}"; check which code was meant`;
}

function unused(rows: ReadonlyMap<string, CodeRow>): Fault[] {
  return [...rows]
    .filter(([, row]) => !row.used)
    .map(([key, row]) => ({
      file: FILE,
      line: row.line,
      message: `${key} is used by no card word; remove it`,
    }));
}
