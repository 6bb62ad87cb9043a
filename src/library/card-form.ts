/** The shape of a card file as a clinician writes it; the JSON Schema for editors is made from this. */

import { z } from 'zod';
import { hookNames } from '../cdshooks/protocol.js';
import { bracesOf, gapOf, nearest, orList } from './plain-words.js';
import { form } from './strict-form.js';

const words = z.string().trim().min(1, 'expected some words');
/** Text of a form that is said with its faults. */
const written = (as: string) =>
  z
    .string({ error: ({ input }) => `${gapOf(input)}expected ${as}${bracesOf(input)}` })
    .trim()
    .min(1, `is empty; expected ${as}`);
const drug = written('the name of a drug or class');
const productForm = written('the name of a form');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-11-22');
const indicator = z.enum(['info', 'warning', 'critical']);

/** `no reason is given`, or `{fact: argument}`, or `{fact: {name: argument, …}}`. */
const argument = z.union([z.string(), z.number(), z.array(z.string())]);
export const factCallForm = z.union(
  [
    words,
    z
      .record(z.string(), z.union([argument, z.record(z.string(), argument)]))
      .refine((call) => Object.keys(call).length === 1, 'expected one fact, as "fact: argument"'),
  ],
  { error: ({ input }) => `expected a fact, as "fact: argument"${bracesOf(input)}` },
);
export type FactCallForm = z.infer<typeof factCallForm>;

const conditions = {
  all: z.array(factCallForm).default([]),
  any: z.array(factCallForm).default([]),
  unless: z.array(factCallForm).default([]),
};
export const conditionsForm = form(conditions);
export type ConditionsForm = z.infer<typeof conditionsForm>;

const two = z.tuple([drug, drug]);
export const keyNames = ['ordering', 'stopping', 'taking', 'together', 'pair'] as const;
export const wayForm = form({
  ordering: drug.optional(),
  stopping: drug.optional(),
  taking: drug.optional(),
  together: two.optional(),
  pair: two.optional(),
  within: written('a duration such as "14 days"').optional(),
  'not as': productForm.optional(),
  indicator: indicator.optional(),
  ...conditions,
})
  .refine(
    (way) => keyNames.filter((key) => way[key] !== undefined).length === 1,
    `expected exactly one key: ${keyNames.join(', ')}`,
  )
  .refine((way) => way.within === undefined || way.together !== undefined, 'within: goes with together: only')
  .refine(
    (way) => way['not as'] === undefined || way.together !== undefined,
    'not as: goes with together: only',
  );
export type WayForm = z.infer<typeof wayForm>;

export const suggestionForm = form({
  remove: drug.optional(),
  substitution: z.literal('generic only').optional(),
  'shorten to': written('days such as "14 days"').optional(),
  'start with': written('a dose such as "5 mg 3 times a day"').optional(),
  taper: form({ drug, note: words, 'not as': productForm.optional() }).optional(),
  at: z.array(indicator).optional(),
}).refine(
  (one) => Object.keys(one).filter((key) => key !== 'at').length === 1,
  'expected one of remove, substitution, shorten to, start with, taper',
);
export type SuggestionFormInput = z.infer<typeof suggestionForm>;

/** Keys that a record does not know come with a code its types leave out. */
const forIndicators = <Value extends z.ZodType>(value: Value) =>
  z.partialRecord(indicator, value, {
    error: ({ code, input }: { readonly code: string; readonly input?: unknown }) =>
      code === 'unrecognized_keys'
        ? `expected ${orList(indicator.options)}${bracesOf(input) || misspelt([input])}`
        : undefined,
  });

/** The same words at every indicator, or words for each that the card can have. */
const byIndicator = z.union([words, forIndicators(words)], {
  error: ({ input }) =>
    `expected words, or words for each of info, warning and critical${bracesOf(input) || misspelt([input])}`,
});

/** `warning`, or a list of `{warning: [facts]}` and a plain indicator last. */
const indicatorForm = z.union(
  [indicator, z.array(z.union([indicator, forIndicators(z.array(factCallForm))])).min(2)],
  {
    error: ({ input }) =>
      `expected info, warning or critical, or a list such as [{warning: [a fact]}, info]${misspelt([input].flat())}`,
  },
);

/** The nearest indicator to a misspelt one, written alone or as the name of what it holds. */
function misspelt(written: readonly unknown[]): string {
  const names = written.flatMap((one) =>
    typeof one === 'object' && one !== null ? Object.keys(one) : [one],
  );
  return nearest(names, indicator.options);
}

export const cardForm = form({
  title: words,
  why: words,
  evidence: z.array(words).min(1, 'expected at least one key of evidence.yaml'),
  when: z.array(wayForm).min(1, 'expected at least one way'),
  card: form({
    indicator: indicatorForm,
    summary: byIndicator,
    detail: byIndicator,
    also: z.array(form({ say: words, recommends: drug.optional(), ...conditions })).default([]),
    suggest: z.array(suggestionForm).default([]),
    override: z.array(words).min(1, 'expected at least one reason for not following the card'),
  }),
  claims: z.array(z.string().regex(/^S\d\d$/, 'expected a claim such as S01')).default([]),
  replaces: z.array(words).default([]),
  hooks: z.array(z.enum(hookNames)).optional(),
  governance: form({
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.0.0'),
    status: z.enum(['draft', 'active', 'retired']),
    revised: date,
    expires: date,
    reviewer: form({ name: words, on: date }).optional(),
  }),
});
export type CardForm = z.infer<typeof cardForm>;
