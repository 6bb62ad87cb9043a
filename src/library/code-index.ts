/** From a coded concept to the problems and laboratory groups of the vocabulary that it belongs to. */

import type { CodeableConcept } from 'fhir/r4.js';
import type { Vocabulary } from './vocabulary.js';

/** Code systems by every name they are sent under (URL, and OID as EHRs write it). */
const systems: Readonly<Record<string, 'snomed' | 'icd10cm' | 'loinc'>> = {
  'http://snomed.info/sct': 'snomed',
  'urn:oid:2.16.840.1.113883.6.96': 'snomed',
  'http://hl7.org/fhir/sid/icd-10-cm': 'icd10cm',
  'urn:oid:2.16.840.1.113883.6.90': 'icd10cm',
  'http://loinc.org': 'loinc',
  'urn:oid:2.16.840.1.113883.6.1': 'loinc',
};

export interface CodeIndex {
  /** Names of the problems a concept means: by its codes, or, without any coding we know, by its exact wording. */
  problemsOf(concept: CodeableConcept | undefined): ReadonlySet<string>;
  labsOf(concept: CodeableConcept | undefined): ReadonlySet<string>;
  /** Our own display for the first known code of a concept, without the SNOMED CT semantic tag; never client text. */
  displayOf(concept: CodeableConcept | undefined): string | undefined;
}

const nothing: ReadonlySet<string> = new Set();

interface Tables {
  /** `system|code` → names. */
  readonly names: Map<string, Set<string>>;
  readonly excluded: Map<string, Set<string>>;
  readonly displays: Map<string, string>;
  readonly byWording: Map<string, string>;
}

export function createCodeIndex(vocabulary: Vocabulary): CodeIndex {
  const tables = problemTables(vocabulary);
  const labs = new Map<string, Set<string>>();
  for (const group of vocabulary.labs.values()) {
    for (const { code } of group.loinc) add(labs, `loinc|${code}`, group.name);
  }
  return {
    problemsOf: (concept) => problemsOf(concept, tables),
    labsOf: (concept) => union(keysOf(concept).map((key) => labs.get(key) ?? nothing)),
    displayOf: (concept) =>
      keysOf(concept)
        .map((key) => displayOf(key, tables))
        .find((display) => display !== undefined),
  };
}

function problemTables(vocabulary: Vocabulary): Tables {
  const tables: Tables = { names: new Map(), excluded: new Map(), displays: new Map(), byWording: new Map() };
  for (const problem of vocabulary.problems.values()) {
    for (const [system, codes] of [
      ['snomed', problem.snomed],
      ['icd10cm', problem.icd10cm],
    ] as const) {
      for (const { code, display } of codes) {
        add(tables.names, `${system}|${code}`, problem.name);
        tables.displays.set(`${system}|${code}`, withoutTag(display));
        tables.byWording.set(withoutTag(display).toLowerCase(), `${system}|${code}`);
      }
    }
    for (const { code } of problem.except) add(tables.excluded, `icd10cm|${code}`, problem.name);
  }
  return tables;
}

function withoutTag(display: string): string {
  return display.replace(/ \((disorder|finding|procedure|event|situation)\)$/, '');
}

function add(map: Map<string, Set<string>>, key: string, name: string): void {
  const names = map.get(key) ?? new Set();
  names.add(name);
  map.set(key, names);
}

function problemsOf(concept: CodeableConcept | undefined, tables: Tables): ReadonlySet<string> {
  const keys = keysOf(concept);
  if (keys.length > 0) return union(keys.map((key) => namesOfCode(key, tables)));
  const wording = typeof concept?.text === 'string' ? concept.text.trim().toLowerCase() : '';
  const key = tables.byWording.get(wording);
  return key === undefined ? nothing : namesOfCode(key, tables);
}

/** ICD-10-CM codes stand for everything below them, so a code is looked up with each of its beginnings. */
function namesOfCode(key: string, tables: Tables): ReadonlySet<string> {
  const names = union(beginningsOf(key).map((beginning) => tables.names.get(beginning) ?? nothing));
  const excluded = union(beginningsOf(key).map((beginning) => tables.excluded.get(beginning) ?? nothing));
  return excluded.size === 0 ? names : new Set([...names].filter((name) => !excluded.has(name)));
}

function displayOf(key: string, tables: Tables): string | undefined {
  return beginningsOf(key)
    .map((beginning) => tables.displays.get(beginning))
    .find((display) => display !== undefined);
}

/** The key itself and, for ICD-10-CM, its beginnings down to three characters, longest first. */
function beginningsOf(key: string): readonly string[] {
  if (!key.startsWith('icd10cm|')) return [key];
  const code = key.slice('icd10cm|'.length);
  const beginnings: string[] = [];
  for (let length = Math.min(code.length, 10); length >= 3; length -= 1) {
    if (code[length - 1] !== '.') beginnings.push(`icd10cm|${code.slice(0, length)}`);
  }
  return beginnings;
}

function keysOf(concept: CodeableConcept | undefined): readonly string[] {
  const codings: unknown = concept?.coding;
  if (!Array.isArray(codings)) return [];
  return codings.flatMap((coding: unknown) => {
    if (typeof coding !== 'object' || coding === null) return [];
    const { system, code } = coding as { system?: unknown; code?: unknown };
    const known = typeof system === 'string' ? systems[system] : undefined;
    if (known === undefined || typeof code !== 'string') return [];
    return [`${known}|${known === 'icd10cm' ? dotted(code.trim().toUpperCase()) : code.trim()}`];
  });
}

/** ICD-10-CM codes are also sent without their dot. */
function dotted(code: string): string {
  return code.length > 3 && !code.includes('.') ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return sets.length === 1 ? (sets[0] ?? nothing) : new Set(sets.flatMap((set) => [...set]));
}
