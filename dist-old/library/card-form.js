/** The shape of a card file as a clinician writes it; the JSON Schema for editors is made from this. */
import { z } from 'zod';
import { hookNames } from '../cdshooks/protocol.js';
import { nearest, orList } from './plain-words.js';
import { form } from './strict-form.js';
const words = z.string().trim().min(1, 'expected some words');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-11-22');
const indicator = z.enum(['info', 'warning', 'critical']);
/** `no reason is given`, or `{fact: argument}`, or `{fact: {name: argument, …}}`. */
const argument = z.union([z.string(), z.number(), z.array(z.string())]);
export const factCallForm = z.union([
    words,
    z
        .record(z.string(), z.union([argument, z.record(z.string(), argument)]))
        .refine((call) => Object.keys(call).length === 1, 'expected one fact, as "fact: argument"'),
], 'expected a fact, as "fact: argument"');
const conditions = {
    all: z.array(factCallForm).default([]),
    any: z.array(factCallForm).default([]),
    unless: z.array(factCallForm).default([]),
};
export const conditionsForm = form(conditions);
const two = z.tuple([words, words]);
export const keyNames = ['ordering', 'stopping', 'taking', 'together', 'pair'];
export const wayForm = form({
    ordering: words.optional(),
    stopping: words.optional(),
    taking: words.optional(),
    together: two.optional(),
    pair: two.optional(),
    within: words.optional(),
    'not as': words.optional(),
    indicator: indicator.optional(),
    ...conditions,
})
    .refine((way) => keyNames.filter((key) => way[key] !== undefined).length === 1, `expected exactly one key: ${keyNames.join(', ')}`)
    .refine((way) => way.within === undefined || way.together !== undefined, 'within: goes with together: only')
    .refine((way) => way['not as'] === undefined || way.together !== undefined, 'not as: goes with together: only');
export const suggestionForm = form({
    remove: words.optional(),
    substitution: z.literal('generic only').optional(),
    'shorten to': words.optional(),
    'start with': words.optional(),
    taper: form({ drug: words, note: words, 'not as': words.optional() }).optional(),
    at: z.array(indicator).optional(),
}).refine((one) => Object.keys(one).filter((key) => key !== 'at').length === 1, 'expected one of remove, substitution, shorten to, start with, taper');
/** Keys that a record does not know come with a code its types leave out. */
const forIndicators = (value) => z.partialRecord(indicator, value, {
    error: ({ code, input }) => code === 'unrecognized_keys' ? `expected ${orList(indicator.options)}${misspelt([input])}` : undefined,
});
/** The same words at every indicator, or words for each that the card can have. */
const byIndicator = z.union([words, forIndicators(words)], {
    error: ({ input }) => `expected words, or words for each of info, warning and critical${misspelt([input])}`,
});
/** `warning`, or a list of `{warning: [facts]}` and a plain indicator last. */
const indicatorForm = z.union([indicator, z.array(z.union([indicator, forIndicators(z.array(factCallForm))])).min(2)], {
    error: ({ input }) => `expected info, warning or critical, or a list such as [{warning: [a fact]}, info]${misspelt([input].flat())}`,
});
/** The nearest indicator to a misspelt one, written alone or as the name of what it holds. */
function misspelt(written) {
    const names = written.flatMap((one) => typeof one === 'object' && one !== null ? Object.keys(one) : [one]);
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
        also: z.array(form({ say: words, recommends: words.optional(), ...conditions })).default([]),
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
//# sourceMappingURL=card-form.js.map