/** From a coded concept to the problems and laboratory groups of the vocabulary that it belongs to. */

import type { CodeableConcept } from 'fhir/r4.js';
import { flatMap } from '../flat-map.js';
import { partsOf, stringOf } from '../untrusted.js';
import { createProblemNames, type ProblemsOfName, withoutTag } from './problem-names.js';
import { createSays } from './problem-wording.js';
import type { Vocabulary } from './vocabulary.js';

type System = 'snomed' | 'icd10cm' | 'loinc';

/** Code systems by every name they are sent under (URL, and OID as EHRs write it). */
const systems: ReadonlyMap<unknown, System> = new Map<unknown, System>([
  ['http://snomed.info/sct', 'snomed'],
  ['urn:oid:2.16.840.1.113883.6.96', 'snomed'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'icd10cm'],
  ['urn:oid:2.16.840.1.113883.6.90', 'icd10cm'],
  ['http://loinc.org', 'loinc'],
  ['urn:oid:2.16.840.1.113883.6.1', 'loinc'],
]);

/** Whether a code system is LOINC, which results are known by. */
export function isLoinc(system: unknown): boolean {
  return systems.get(system) === 'loinc';
}

export interface CodeIndex {
  /**
   * Names of the problems a concept means: by its codes; when none of them means one or is left out on purpose, by its
   * text and displays, each as an exact name, unless a display says a history or the like.
   */
  problemsOf(concept: CodeableConcept | undefined): ReadonlySet<string>;
  labsOf(concept: CodeableConcept | undefined): ReadonlySet<string>;
  /** Our own display for the first known code of a concept, without the SNOMED CT semantic tag; never client text. */
  displayOf(concept: CodeableConcept | undefined): string | undefined;
}

const nothing: ReadonlySet<string> = new Set();

/** Systems that problems are coded in. */
const CODED = ['snomed', 'icd10cm'] as const;

/** A code of a system known here. */
interface Code {
  readonly system: System;
  readonly code: string;
}

/** By the codes of each system. */
type ByCode<T> = Readonly<Record<System, Map<string, T>>>;

interface Tables {
  /** A code left out on purpose is known, and means nothing. */
  readonly names: ByCode<Set<string>>;
  readonly excluded: ByCode<Set<string>>;
  readonly displays: ByCode<string>;
  /** By an exact name: a display, or one that is known besides. */
  readonly byName: ProblemsOfName;
  /** Whether a display says what means no problem. */
  readonly isLeftOut: (display: string) => boolean;
}

export function createCodeIndex(vocabulary: Vocabulary): CodeIndex {
  const tables = problemTables(vocabulary);
  const labs = emptyTable<Set<string>>();
  for (const group of vocabulary.labs.values()) {
    for (const { code } of group.loinc) add(labs.loinc, code, group.name);
  }
  return {
    problemsOf: (concept) => problemsOf(concept, tables),
    labsOf: (concept) => union(codesOf(concept).map(({ system, code }) => labs[system].get(code) ?? nothing)),
    displayOf: (concept) =>
      codesOf(concept)
        .map((code) => found(tables.displays, code)[0])
        .find((display) => display !== undefined),
  };
}

function emptyTable<T>(): ByCode<T> {
  return { snomed: new Map(), icd10cm: new Map(), loinc: new Map() };
}

function problemTables(vocabulary: Vocabulary): Tables {
  const [names, excluded] = [emptyTable<Set<string>>(), emptyTable<Set<string>>()];
  const displays = emptyTable<string>();
  const worded: (readonly [string, Code])[] = [];
  for (const problem of vocabulary.problems.values()) {
    for (const system of CODED) {
      for (const { code, display } of problem[system]) {
        add(names[system], code, problem.name);
        displays[system].set(code, withoutTag(display));
        worded.push([display, { system, code }]);
      }
    }
    for (const { code } of problem.except) add(excluded.icd10cm, code, problem.name);
  }
  for (const system of CODED) {
    for (const { code } of vocabulary.leftOut[system]) names[system].set(code, new Set());
  }
  const besides = [...vocabulary.problems.values()].flatMap((problem) =>
    (problem.names ?? []).map((name) => [name, new Set([problem.name])] as const),
  );
  const byName = createProblemNames([
    ...worded.map(([display, code]) => [display, union(found(names, code))] as const),
    ...besides,
  ]);
  return { names, excluded, displays, byName, isLeftOut: createSays(vocabulary.leftOut.words) };
}

function add(map: Map<string, Set<string>>, key: string, name: string): void {
  const names = map.get(key) ?? new Set();
  names.add(name);
  map.set(key, names);
}

/**
 * ICD-10-CM codes stand for everything below them, so a code is looked up with each of its beginnings. The codings of a
 * concept say one thing: what one of them excludes ("in remission") another leaves open.
 */
function problemsOf(concept: CodeableConcept | undefined, tables: Tables): ReadonlySet<string> {
  const codes = codesOf(concept);
  const known = flatMap(codes, (code) => found(tables.names, code));
  if (known.length === 0) return problemsWorded(concept, tables);
  const names = union(known);
  const excluded = union(flatMap(codes, (code) => found(tables.excluded, code)));
  return excluded.size === 0 ? names : new Set([...names].filter((name) => !excluded.has(name)));
}

function problemsWorded(concept: CodeableConcept | undefined, tables: Tables): ReadonlySet<string> {
  const displays = flatMap(partsOf(concept?.coding), ({ display }) => stringOf(display) ?? []);
  const text = stringOf(concept?.text);
  const worded = union(flatMap(text === undefined ? displays : [text, ...displays], tables.byName));
  if (worded.size === 0) return nothing;
  // "History of falling" is a name of ours.
  const isLeftOut = displays.some(
    (display) => tables.byName(display).size === 0 && tables.isLeftOut(display),
  );
  return isLeftOut ? nothing : worded;
}

/** What a table holds for a code and, for ICD-10-CM, for its beginnings down to three characters, longest first. */
function found<T>(table: ByCode<T>, { system, code }: Code): readonly T[] {
  const ofSystem = table[system];
  const all: T[] = [];
  if (system !== 'icd10cm') {
    const only = ofSystem.get(code);
    if (only !== undefined) all.push(only);
    return all;
  }
  for (let length = Math.min(code.length, 10); length >= 3; length -= 1) {
    const one = code[length - 1] === '.' ? undefined : ofSystem.get(code.slice(0, length));
    if (one !== undefined) all.push(one);
  }
  return all;
}

function codesOf(concept: CodeableConcept | undefined): readonly Code[] {
  const codings: unknown = concept?.coding;
  const codes: Code[] = [];
  if (!Array.isArray(codings)) return codes;
  for (const coding of codings as readonly unknown[]) {
    if (typeof coding !== 'object' || coding === null) continue;
    const { system: named, code } = coding as { system?: unknown; code?: unknown };
    const system = systems.get(named);
    if (system === undefined || typeof code !== 'string') continue;
    codes.push({ system, code: system === 'icd10cm' ? dotted(code.trim().toUpperCase()) : code.trim() });
  }
  return codes;
}

/** ICD-10-CM codes are also sent without their dot. */
function dotted(code: string): string {
  return code.length > 3 && !code.includes('.') ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
}

/** Most sets are empty, and most others are alone. */
function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const telling = sets.filter((set) => set.size > 0);
  const [first = nothing, ...others] = telling;
  return others.length === 0 ? first : new Set(telling.flatMap((set) => [...set]));
}
