/** Turns the body of a hook call into a `HookRequest`: takes the shapes real clients send, names the field of every fault. */

import { z } from 'zod';
import { isBaseUrl } from '../addresses.js';
import type { HookRule } from '../cdshooks/hooks.js';
import type { HookRequest } from '../cdshooks/protocol.js';
import { isPart } from '../untrusted.js';
import { fieldFault, formFaults, listAtMost } from './field-faults.js';
import { readOrders } from './orders.js';

const expectText = { error: 'expected a string' };
const expectObject = { error: 'expected an object' };

/** CDS Hooks forbids null; clients send it all the same, and mean "absent". */
const optionalText = z.string(expectText).nullish();

/** RFC 6750 2.1 and a little more; no blanks, no line ends. */
const bearerToken = /^[\u0021-\u007e]+$/;

/** More than a call may have orders, with what they refer to. */
const MOST_SELECTIONS = 1_000;

const context = z.looseObject(
  {
    patientId: optionalText,
    userId: optionalText,
    encounterId: optionalText,
    selections: listAtMost(
      MOST_SELECTIONS,
      z.string({ error: 'expected a reference such as MedicationRequest/1' }),
      'expected an array of references',
    ).nullish(),
  },
  expectObject,
);

const envelope = z.looseObject(
  {
    hook: z.string(expectText),
    hookInstance: z.string(expectText).min(1, 'expected an id of this call'),
    context,
    /** Taken as it is: what a key holds is for the record to find out. */
    prefetch: z.custom<Readonly<Record<string, unknown>>>(isPart, expectObject).nullish(),
    /** Reserved for any client's additions; Epic tells its FHIR version in one. */
    extension: z.looseObject({}).nullish().catch(undefined),
    fhirServer: z
      .string(expectText)
      .refine(isBaseUrl, 'expected an absolute http or https URL without user, query or fragment')
      .nullish(),
    fhirAuthorization: z
      .looseObject(
        { access_token: z.string(expectText).regex(bearerToken, 'expected a bearer token') },
        expectObject,
      )
      .nullish(),
  },
  { error: 'the body: expected a JSON object, the request of a CDS Hooks call' },
);

type Envelope = z.infer<typeof envelope>;

/**
 * @param body parsed JSON of the call
 * @param rule the hook that the called service serves
 * @param serviceId id the service was called by
 * @throws ServiceError `invalid-request` naming every faulty field
 */
export function validate(body: unknown, rule: HookRule, serviceId: string): HookRequest {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) throw formFaults(parsed.error.issues);
  const request = parsed.data;
  if (request.hook !== rule.hook) {
    throw fieldFault('hook', `expected "${rule.hook}", the hook that this service serves`);
  }
  if (request.fhirAuthorization && !request.fhirServer) {
    throw fieldFault('fhirServer', 'expected the server that fhirAuthorization is for');
  }
  const { selections } = request.context;
  return {
    hook: rule.hook,
    serviceId,
    hookInstance: request.hookInstance,
    ...people(request),
    ...readContextOrders(request, rule),
    // JSON of CDS Hooks knows no empty arrays: nothing selected is as good as no selections, so all drafts are meant.
    ...(rule.hasSelections && selections && selections.length > 0 && { selections }),
    ...versionOf(request.extension),
    prefetch: request.prefetch ?? {},
    ...(request.fhirServer && { fhirServer: request.fhirServer }),
    ...(request.fhirAuthorization && {
      fhirAuthorization: { accessToken: request.fhirAuthorization.access_token },
    }),
  };
}

function readContextOrders(request: Envelope, rule: HookRule) {
  if (rule.ordersField === undefined) return { orders: [], siblings: [] };
  const path = `context.${rule.ordersField}`;
  const container = request.context[rule.ordersField];
  // An empty Bundle is a call without orders; a missing one may be orders under a name we do not know.
  if (container === undefined || container === null)
    throw fieldFault(path, 'expected a Bundle of draft orders');
  return readOrders(container, path);
}

/** Clients of 2017 send `patient` and `user` beside the context; some send references where ids belong. */
function people(request: Envelope): Pick<HookRequest, 'patientId' | 'userId' | 'encounterId'> {
  const { context: named } = request;
  const patientId = firstText(named.patientId, named.patient, request.patient);
  const userId = firstText(named.userId, named.user, request.user);
  const encounterId = firstText(named.encounterId);
  if (patientId === undefined) throw fieldFault('context.patientId', 'expected the id of the patient');
  return {
    patientId: bareId(patientId, 'Patient'),
    ...(userId !== undefined && { userId }),
    ...(encounterId !== undefined && { encounterId: bareId(encounterId, 'Encounter') }),
  };
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.filter((value) => typeof value === 'string').find((value) => value.trim() !== '');
}

/** `Patient/x` and `https://host/fhir/Patient/x/_history/2` mean `x`. */
function bareId(text: string, type: string): string {
  const steps = text.trim().split('/');
  const position = steps.lastIndexOf(type);
  return (position >= 0 && steps[position + 1]) || text.trim();
}

const EPIC_VERSION = 'com.epic.cdshooks.request.fhir-version';

/** The FHIR version the client names, when it names one. */
function versionOf(extension: Readonly<Record<string, unknown>> | null | undefined): {
  fhirVersion?: string;
} {
  const named = extension?.[EPIC_VERSION];
  return typeof named === 'string' ? { fhirVersion: named } : {};
}
