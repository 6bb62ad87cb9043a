/** What may stand in the file of clients, field by field: shapes, words and addresses. */

import { z } from 'zod';
import { isServerAddress } from '../addresses.js';
import { didYouMean } from '../library/fault.js';
import { form } from '../library/strict-form.js';
import { algorithms } from './key-set.js';

const MOST_CLIENTS = 1_000;

const name = z
  .string({ error: 'expected a name for the log' })
  .regex(
    /^[\w][\w .-]{0,63}$/,
    'expected 1 to 64 letters, digits, underscores, blanks, dots or hyphens, the first a letter, digit or underscore',
  );

const word = (what: string) =>
  z.string({ error: `expected ${what}` }).regex(/^[\u0021-\u007e]{1,255}$/, `expected ${what}`);

const jwksUrl = z
  .string({ error: 'expected an https address' })
  .refine(
    (text) => isServerAddress(text.split('?')[0] ?? '') && !text.includes('#'),
    'expected an https address, or http on a loopback address, without user or fragment',
  );

const fhirServer = z
  .string({ error: 'expected the base address of a FHIR server' })
  .refine(
    isServerAddress,
    'expected the base address of a FHIR server: https, or http on a loopback address, without user, query or fragment',
  );

const origin = z
  .string({ error: 'expected an origin such as https://ehr.example.org' })
  .refine(
    (text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text,
    'expected an origin such as https://ehr.example.org: scheme, host and port, nothing after them',
  );

const client = form({
  name,
  iss: word('the iss claim of its tokens, without blanks'),
  jwksUrl: jwksUrl.optional(),
  jwks: z
    .looseObject({ keys: z.array(z.unknown()) }, { error: 'expected a key set: {keys: […]}' })
    .optional(),
  aud: listOf(word('an audience, without blanks'), 'audiences').min(1, notEmpty('aud')).default([]),
  fhirServers: listOf(fhirServer, 'base addresses of FHIR servers').default([]),
  tenants: listOf(word('a tenant, without blanks'), 'tenants').min(1, notEmpty('tenants')).optional(),
  algorithms: listOf(oneOf(algorithms), 'algorithms')
    .min(1, notEmpty('algorithms'))
    .default(['ES384', 'RS384']),
  selectionBehavior: oneOf(['at-most-one', 'any']).default('at-most-one'),
  origins: listOf(origin, 'origins').default([]),
  rate: z
    .int({ error: 'expected calls a minute, a whole number' })
    .min(1, 'expected at least 1 call a minute')
    .max(1_000_000, 'expected at most 1000000 calls a minute')
    .optional(),
  repeatDays: z
    .int({ error: 'expected days, a whole number' })
    .min(1, 'expected at least 1 day')
    .max(365, 'expected at most 365 days')
    .optional(),
});

export const clientsForm = form({
  clients: z
    .array(client, { error: 'expected a list of clients' })
    .min(1, 'expected at least one client; without any, nobody could call')
    .max(MOST_CLIENTS, `expected at most ${MOST_CLIENTS} clients`),
});

export type ClientForm = z.infer<typeof client>;

function listOf<T extends z.ZodType>(item: T, what: string) {
  return z.array(item, { error: `expected a list of ${what}` });
}

function notEmpty(field: string): string {
  return `expected at least one; leave ${field} out when there is none`;
}

function oneOf<const T extends readonly string[]>(known: T) {
  return z.enum(known, {
    error: ({ input }) =>
      `expected ${known.join(' or ')}${typeof input === 'string' ? didYouMean(input, known) : ''}`,
  });
}
