/** Journals as the tests make them: a frozen clock, a key of the test, decisions without a call. */

import { randomUUID } from 'node:crypto';
import { afterEach } from '@jest/globals';
import { type Connection, createConnection } from '../../src/journal/connection.js';
import type { DecisionEntry, IssuedCard } from '../../src/journal/decision.js';
import type { FeedbackEntry } from '../../src/journal/entry.js';
import { journalKeys } from '../../src/journal/keys.js';
import { createWriter } from '../../src/journal/queue-writer.js';
import type { Writer, WriterOptions } from '../../src/journal/writer.js';
import { keptLog } from '../support/log.js';

export const SECRET = 'a secret of the tests, long enough';
export const keys = journalKeys(SECRET);
export const NOW = new Date('2026-11-22T10:00:00Z');

const opened: Connection[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.drop()));
});

export function connected(url: string): Connection {
  const connection = createConnection(url);
  opened.push(connection);
  return connection;
}

export interface Written {
  readonly connection: Connection;
  readonly writer: Writer;
  readonly log: ReturnType<typeof keptLog>;
}

export function writerOn(url: string, options: Partial<WriterOptions> = {}): Written {
  const connection = connected(url);
  const log = keptLog();
  const writer = createWriter({ connection, keys, clock: () => NOW, log: log.log, ...options });
  return { connection, writer, log };
}

export function issued(card: Partial<IssuedCard> = {}): IssuedCard {
  return {
    uuid: randomUUID(),
    topic: 'interchange-replaced',
    version: '1.0.0',
    indicator: 'warning',
    drugs: ['baclofen'],
    suggestions: ['suggestion-1'],
    ...card,
  };
}

export function decision(entry: Partial<DecisionEntry> = {}): DecisionEntry {
  return {
    requestId: 'request-1',
    client: '',
    tenant: '',
    hook: 'order-sign',
    service: 'rx-distinct-order-sign',
    library: 'library-1',
    orders: [['baclofen']],
    patient: keys.patient({ client: '', tenant: '', id: 'patient-1' }),
    prescriber: keys.prescriber({ client: '', tenant: '', id: 'Practitioner/1' }),
    issued: [issued()],
    suppressed: [],
    unread: {},
    ms: 5,
    ...entry,
  };
}

export function overridden(card: string, entry: Partial<FeedbackEntry> = {}) {
  const body: FeedbackEntry = {
    card,
    topic: 'interchange-replaced',
    outcome: 'overridden',
    outcomeAt: '2026-11-22T10:01:00.000Z',
    acceptedSuggestions: [],
    reason: '',
    ...entry,
  };
  return { body, digest: keys.digest(JSON.stringify(body)) };
}
