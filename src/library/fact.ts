/** A fact: one named question to the patient's record, its words and its FHIRPath (`cards/vocabulary/facts.yaml`). */

import { z } from 'zod';
import { medicationTypes, type RecordType } from '../cdshooks/record-type.js';
import { type ArgumentKind, argumentKinds } from './argument.js';
import { gapOf } from './plain-words.js';
import { form } from './strict-form.js';

/** What a fact is asked of, one resource at a time. `orders` are the other orders of the call, `stops` its stops. */
export const sources = [
  'patient',
  'order',
  'orders',
  'stops',
  'medications',
  'problems',
  'results',
  'allergies',
] as const;
export type Source = (typeof sources)[number];

/**
 * The kinds of entries of the medication list. Of the call itself: `order` is another order of it, `stop` a stop of it,
 * `older` the record's earlier state of an order of it.
 */
export const medicationKinds = [...medicationTypes, 'order', 'stop', 'older'] as const;
export type MedicationKind = (typeof medicationKinds)[number];

/** FHIRPath that is not empty when its resource makes the fact true; on medications, one for each kind of entry. */
export type Expression = string | Partial<Readonly<Record<MedicationKind, string>>>;

/** A sum the engine makes before FHIRPath sees it: a date, an instant, or the newest result of a group. */
export interface Sum {
  readonly sum: 'today minus' | 'now minus' | 'newest';
  /** Name of an argument, or a duration in words ("24 hours"). */
  readonly of: string;
}

export interface Fact {
  readonly name: string;
  /** The question in a sentence a pharmacist can read, `{argument}` filled in. */
  readonly asks: string;
  readonly needs: Source;
  /** Record types that must have been read for a "no" (`needs`, and what `also needs` adds). */
  readonly reads: readonly RecordType[];
  readonly takes: Readonly<Record<string, ArgumentKind>>;
  /** Of an argument of kind number, the unit it is compared in: a card must write it; of `any` a card writes which. */
  readonly units: Readonly<Record<string, string>>;
  /** Source attributes of 45 CFR 170.315(b)(11)(iv)(A) that the fact uses. */
  readonly uses: readonly string[];
  readonly let: Readonly<Record<string, Sum>>;
  /** `newest`: only the newest result of the group for which `counts` holds is handed to `find`. */
  readonly pick: 'newest' | undefined;
  readonly counts: string | undefined;
  /** Resources for which this is empty are not looked at. */
  readonly only: string | undefined;
  readonly find: Expression;
  readonly unclear: Expression | undefined;
  /** Why the answer is unknown when `unclear` is not empty; ends the sentence "could not be told: …". */
  readonly doubt: string | undefined;
  /** True when not one resource but `distinct` different drugs among the witnesses make the fact true. */
  readonly distinct: string | undefined;
  /** True when only a whole record can say yes: what was not read decides before what was found. */
  readonly whole: boolean;
  /** True when the answer is the same for both drugs of a pair. */
  readonly symmetric: boolean;
  readonly line: number;
}

/** Attributes 5 to 13 of 45 CFR 170.315(b)(11)(iv)(A), as the rule names them. */
export const sourceAttributes = [
  'race',
  'ethnicity',
  'language',
  'sexual orientation',
  'gender identity',
  'sex',
  'date of birth',
  'social determinants of health data',
  'health status assessments data',
] as const;

/** How a sum is written. */
export const SUM = /^(today minus|now minus|newest) (.+)$/;

const expression = z.union([z.string().min(1), z.partialRecord(z.enum(medicationKinds), z.string().min(1))], {
  error: ({ input }) =>
    `${gapOf(input)}expected FHIRPath, or FHIRPath for each of ${medicationKinds.join(', ')}`,
});

/** The shape of one entry of facts.yaml. */
export const factForm = form({
  asks: z.string().regex(/\.$/, 'expected a sentence that ends with a full stop'),
  needs: z.enum(sources),
  'also needs': z.array(z.enum(['problems', 'results', 'medications'])).default([]),
  takes: z.record(z.string(), z.enum(argumentKinds)).default({}),
  units: z.record(z.string(), z.string().min(1)).default({}),
  uses: z.array(z.enum(sourceAttributes)).default([]),
  let: z
    .record(
      z.string(),
      z.string().regex(SUM, 'expected "today minus <argument>", "now minus 24 hours" or "newest <argument>"'),
    )
    .default({}),
  pick: z.literal('newest').optional(),
  counts: z.string().optional(),
  only: z.string().optional(),
  find: expression,
  unclear: expression.optional(),
  doubt: z.string().optional(),
  distinct: z.string().optional(),
  whole: z.boolean().default(false),
  symmetric: z.boolean().default(false),
});
export type FactForm = z.infer<typeof factForm>;
