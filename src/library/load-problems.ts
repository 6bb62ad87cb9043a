/** Reads `problems.yaml`: problems in codes and names, and what means none. */

import type { Fault } from './fault.js';
import type { Problem, Vocabulary } from './vocabulary.js';
import { type CodeTable, namedCodes } from './vocabulary-codes.js';
import type { ProblemsForm } from './vocabulary-form.js';
import type { YamlFile } from './yaml-file.js';

interface WrittenProblems {
  readonly yaml: YamlFile;
  readonly value: ProblemsForm;
}

export const emptyProblems: ProblemsForm = {
  problems: {},
  'left out': { words: [], snomed: {}, icd10cm: {} },
  groups: {},
  says: {},
};

export function problemsOf({ yaml, value }: WrittenProblems, codes: CodeTable): ReadonlyMap<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const [name, form] of Object.entries(value.problems)) {
    const path = ['problems', name];
    problems.set(name, {
      name,
      snomed: namedCodes('snomed', form.snomed, yaml, [...path, 'snomed'], codes),
      icd10cm: namedCodes('icd10cm', form.icd10cm, yaml, [...path, 'icd10cm'], codes),
      except: namedCodes('icd10cm', form.except, yaml, [...path, 'except'], codes),
      ...(form.names === undefined ? {} : { names: form.names }),
    });
  }
  return problems;
}

export function leftOutOf({ yaml, value }: WrittenProblems, codes: CodeTable): Vocabulary['leftOut'] {
  const { words, snomed, icd10cm } = value['left out'];
  return {
    words,
    snomed: namedCodes('snomed', snomed, yaml, ['left out', 'snomed'], codes),
    icd10cm: namedCodes('icd10cm', icd10cm, yaml, ['left out', 'icd10cm'], codes),
  };
}

/** A code left out that is below none of the problem's codes leaves nothing out: most likely a slip. */
export function exceptFaults({ yaml, value }: WrittenProblems): readonly Fault[] {
  return Object.entries(value.problems).flatMap(([name, { icd10cm = {}, except = {} }]) =>
    Object.keys(except)
      .filter((code) => !Object.keys(icd10cm).some((above) => code.startsWith(above) && code !== above))
      .map((code) => ({
        file: yaml.file,
        line: yaml.lineOf(['problems', name, 'except', code]),
        message: `${code} is below no ICD-10-CM code of "${name}"; leave it out or correct it`,
      })),
  );
}

/** A code cannot mean a problem and none. */
export function leftOutFaults({ yaml, value }: WrittenProblems): readonly Fault[] {
  return (['snomed', 'icd10cm'] as const).flatMap((system) =>
    Object.keys(value['left out'][system]).flatMap((code) =>
      Object.entries(value.problems)
        .filter(([, problem]) => problem[system]?.[code] !== undefined)
        .map(([name]) => ({
          file: yaml.file,
          line: yaml.lineOf(['left out', system, code]),
          message: `${code} is left out, but is a code of "${name}"; keep one`,
        })),
    ),
  );
}
