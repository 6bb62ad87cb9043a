/** The application with a pipeline that answers one card and remembers what it was asked. */

import { createApp } from '../../src/app.js';
import { hookRules } from '../../src/cdshooks/hooks.js';
import type { CdsResponse, HookRequest } from '../../src/cdshooks/protocol.js';
import type { Overload } from '../../src/http/overload.js';
import { keptLog } from '../support/log.js';

export const oneCard: CdsResponse = {
  cards: [
    {
      uuid: '5b1a8a7e-0d39-4c1b-8a0a-6f1f3c7b0001',
      summary: 'Baclofen and cyclobenzaprine are different drugs.',
      detail: 'They are not interchangeable.',
      indicator: 'warning',
      source: {
        label: 'rx-distinct',
        url: 'http://127.0.0.1:3000/cards/interchange/both-ordered',
        topic: { system: 'http://127.0.0.1:3000/topics', code: 'both-ordered', display: 'Both ordered' },
      },
    },
  ],
};

interface Behaviour {
  readonly answer?: (request: HookRequest) => CdsResponse | Promise<CdsResponse>;
  readonly maxBody?: number;
  readonly trustProxyHops?: number;
  readonly overload?: Overload;
  readonly ready?: () => boolean;
}

/** @returns the application, the requests its pipeline was asked, and the lines of its log */
export function startedApp(behaviour: Behaviour = {}) {
  const asked: HookRequest[] = [];
  const { lines, log } = keptLog();
  const app = createApp({
    config: {
      maxBody: behaviour.maxBody ?? 64 * 1024,
      trustProxyHops: behaviour.trustProxyHops ?? 0,
    },
    ...(behaviour.overload && { overload: behaviour.overload }),
    services: hookRules.map(({ hook, serviceId, moment }) => ({
      hook,
      id: serviceId,
      title: moment,
      description: moment,
    })),
    answer: (request) => {
      asked.push(request);
      return behaviour.answer?.(request) ?? oneCard;
    },
    cardPage: (topic) =>
      topic === 'interchange/both-ordered'
        ? '# Both <ordered>\n\n<script>alert(1)</script> & more'
        : undefined,
    readiness: () => ({ cards: 17 }),
    ready: behaviour.ready ?? (() => true),
    log,
  });
  return { app, asked, lines };
}

export const draft = {
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  medicationCodeableConcept: { text: 'baclofen 10 mg' },
};

export const medication = { resourceType: 'Medication', id: 'm1', code: { text: 'baclofen' } };

export const orderSign = {
  hook: 'order-sign',
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: {
    userId: 'Practitioner/1',
    patientId: 'p1',
    draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] },
  },
};

export const orderSelect = {
  ...orderSign,
  hook: 'order-select',
  context: { ...orderSign.context, selections: ['MedicationRequest/draft-1'] },
};

export const medicationPrescribe = {
  hook: 'medication-prescribe',
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: {
    userId: 'Practitioner/1',
    patientId: 'p1',
    medications: { resourceType: 'Bundle', entry: [{ resource: draft }] },
  },
};
