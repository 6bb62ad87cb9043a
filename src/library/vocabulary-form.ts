/** The forms of `drugs.yaml`, `problems.yaml` and `labs.yaml` as their authors write them. */

import { z } from 'zod';
import { form } from './strict-form.js';

const word = z.string('expected words').min(1, 'is empty; write a name or leave the line out');
const words = z.array(word, 'expected a list, as [one, two]').min(1, 'is an empty list; leave it out');
const names = z.record(z.string(), words, 'expected names, each with a list');
/** Name → how a page says it. */
const says = z.record(z.string(), word, 'expected names, each with the words for it').default({});
/** Code → its name. */
const codes = z.record(z.string(), word, 'expected codes, each with its name');

const drugForm = form({ rxnorm: codes, atc: words.optional(), names: words.optional() });
const problemForm = form({
  snomed: codes.optional(),
  icd10cm: codes.optional(),
  except: codes.optional(),
  names: words.optional(),
});
const labForm = form({ loinc: codes });

export const drugsForm = form({
  drugs: z.record(z.string(), drugForm, 'expected drugs, each with its codes'),
  classes: names,
  'class names': names.default({}),
  forms: names,
  'forms in instructions': names.default({}),
  routes: z.record(z.string(), codes, 'expected forms, each with codes of routes').default({}),
  'amounts of the product': z.array(z.string()).default([]),
  says,
});
export const problemsForm = form({
  problems: z.record(z.string(), problemForm, 'expected problems, each with its codes'),
  'left out': form({
    words: words.default([]),
    snomed: codes.default({}),
    icd10cm: codes.default({}),
  }).default({ words: [], snomed: {}, icd10cm: {} }),
  groups: names,
  says,
});
export const labsForm = form({ labs: z.record(z.string(), labForm, 'expected groups, each with its codes') });

export type DrugsForm = z.infer<typeof drugsForm>;
export type ProblemsForm = z.infer<typeof problemsForm>;
export type LabsForm = z.infer<typeof labsForm>;
