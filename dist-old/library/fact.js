/** A fact: one named question to the patient's record, its words and its FHIRPath (`cards/vocabulary/facts.yaml`). */
import { z } from 'zod';
import { argumentKinds } from './argument.js';
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
];
/**
 * The kinds of entries of the medication list. Of the call itself: `order` is another order of it, `stop` a stop of it,
 * `older` the record's earlier state of an order of it.
 */
export const medicationKinds = [
    'MedicationRequest',
    'MedicationStatement',
    'MedicationDispense',
    'MedicationAdministration',
    'order',
    'stop',
    'older',
];
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
];
/** How a sum is written. */
export const SUM = /^(today minus|now minus|newest) (.+)$/;
const expression = z.union([z.string().min(1), z.partialRecord(z.enum(medicationKinds), z.string().min(1))]);
/** The shape of one entry of facts.yaml. */
export const factForm = form({
    asks: z.string().regex(/\.$/, 'expected a sentence that ends with a full stop'),
    needs: z.enum(sources),
    'also needs': z.array(z.enum(['problems', 'results', 'medications'])).default([]),
    takes: z.record(z.string(), z.enum(argumentKinds)).default({}),
    uses: z.array(z.enum(sourceAttributes)).default([]),
    let: z
        .record(z.string(), z.string().regex(SUM, 'expected "today minus <argument>", "now minus 24 hours" or "newest <argument>"'))
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
//# sourceMappingURL=fact.js.map