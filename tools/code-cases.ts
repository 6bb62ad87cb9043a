/** What each code of the vocabulary means, written down a second time, and the mutants that only those lines can notice. */

import { z } from 'zod';
import { createCodeIndex } from '../src/library/code-index.js';
import type { Fault } from '../src/library/fault.js';
import { form } from '../src/library/strict-form.js';
import type { NamedCode, Vocabulary } from '../src/library/vocabulary.js';
import { readYamlFile, shapeOf } from '../src/library/yaml-file.js';
import { createIdentifier, type StatedMedication } from '../src/record/identify.js';

const FILE = 'vocabulary/codes.cases.yaml';

const systems: Readonly<Record<string, string>> = {
  snomed: 'http://snomed.info/sct',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
};

/** `snomed 24700007: [multiple sclerosis]` */
const meanings = z.record(
  z.string().regex(/^(snomed|icd10cm|loinc|rxnorm|atc) \S+$/),
  z.array(z.string()),
  'expected a system and a code with what it means, such as "snomed 24700007: [multiple sclerosis]"',
);
const codesForm = form({ problems: meanings, labs: meanings, drugs: meanings });

export interface CodeResult {
  readonly faults: readonly string[];
  /** Codes by system. */
  readonly codes: Readonly<Record<string, number>>;
  /** Mutants: one for each code, in which it is another code. */
  readonly made: number;
}

type Mean = (system: string, code: string) => readonly string[];

/** Every line must hold, and every code of the vocabulary must have a line that fails when the code is lost. */
export function checkCodes(cardsDir: string, vocabulary: Vocabulary): CodeResult {
  const yaml = readYamlFile(cardsDir, FILE);
  const { value, faults } = shapeOf(yaml, codesForm);
  if (value === undefined) return { faults: faults.map(inWords), codes: {}, made: 0 };
  const lines = (['problems', 'labs', 'drugs'] as const).flatMap((part) =>
    Object.entries(value[part]).map(([code, names]) => [code, names, yaml.lineOf([part, code])] as const),
  );
  const mean = meaningIn(vocabulary);
  const wrong = lines
    .filter(([code, names]) => !isSame(meant(code, mean), names))
    .map(
      ([code, names, line]) =>
        `${FILE}:${line} ${code} means [${meant(code, mean).join(', ')}], expected [${names.join(', ')}]`,
    );
  const known = new Set(lines.filter(([, names]) => names.length > 0).map(([code]) => code));
  const codes = codesOf(vocabulary);
  const unnoticed = codes
    .filter((code) => !known.has(code))
    .map((code) => `${FILE}:1 has no line for ${code}: nobody would notice if it were another code`);
  return { faults: [...wrong, ...unnoticed], codes: countBySystem(codes), made: codes.length };
}

function inWords({ file, line, message }: Fault): string {
  return `${file}:${line} ${message}`;
}

const nothing: StatedMedication = {
  concepts: [],
  ingredients: [],
  displays: [],
  formTexts: [],
  instructions: [],
  routes: [],
  isAllergy: false,
  isStatement: false,
  missing: false,
};

function meaningIn(vocabulary: Vocabulary): Mean {
  const index = createCodeIndex(vocabulary);
  const identify = createIdentifier(vocabulary, []);
  return (system, code) => {
    const concept = { coding: [{ system: systems[system] ?? '', code }] };
    const drugs =
      system === 'rxnorm' || system === 'atc' ? identify({ ...nothing, concepts: [concept] }).drugs : [];
    return [...index.problemsOf(concept), ...index.labsOf(concept), ...drugs];
  };
}

function meant(line: string, mean: Mean): readonly string[] {
  const [system = '', code = ''] = line.split(' ');
  return mean(system, code);
}

function isSame(found: readonly string[], expected: readonly string[]): boolean {
  return found.length === expected.length && expected.every((name) => found.includes(name));
}

function codesOf(vocabulary: Vocabulary): readonly string[] {
  const named = (system: string, codes: readonly NamedCode[]): string[] =>
    codes.map(({ code }) => `${system} ${code}`);
  const all = [
    ...[...vocabulary.problems.values()].flatMap((problem) => [
      ...named('snomed', problem.snomed),
      ...named('icd10cm', problem.icd10cm),
    ]),
    ...[...vocabulary.labs.values()].flatMap((lab) => named('loinc', lab.loinc)),
    ...[...vocabulary.drugs.values()].flatMap((drug) => [
      ...named('rxnorm', drug.rxnorm),
      ...drug.atc.map((code) => `atc ${code}`),
    ]),
  ];
  return [...new Set(all)];
}

function countBySystem(codes: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const code of codes) {
    const system = code.split(' ')[0] ?? '';
    counts[system] = (counts[system] ?? 0) + 1;
  }
  return counts;
}
