/** Tells who calls: from a call's `Authorization` headers and its endpoint to a registered client, or why not. */

import type { Caller } from '../cdshooks/protocol.js';
import type { Log } from '../log.js';
import { createGet } from '../record/fetch/http-client.js';
import { LEEWAY_SECONDS, verifyClaims } from './claims.js';
import type { Client } from './client.js';
import { keyFor } from './key-set.js';
import { type Rate, rateOf } from './rate.js';
import { type KnownCaller, RefusedError } from './refused.js';
import { type KeySource, remoteKeys } from './remote-keys.js';
import { memoryReplayStore, type ReplayStore } from './replay.js';
import { type ReadToken, readToken } from './token.js';

export type Outcome =
  | { readonly is: 'known'; readonly caller: Caller; readonly origins: readonly string[] }
  | { readonly is: 'refused'; readonly reason: string; readonly known: KnownCaller }
  | { readonly is: 'unavailable'; readonly reason: string; readonly client: string }
  | { readonly is: 'too many'; readonly client: string; readonly retrySeconds: number };

export interface RegisteredClients {
  /** Of all clients: before a call is authenticated, nobody knows whose it is. */
  readonly origins: ReadonlySet<string>;
  /**
   * @param authorization each `Authorization` header of the call
   * @param path of the endpoint, without a slash at its end
   */
  authenticate(authorization: readonly string[], path: string): Promise<Outcome>;
  /** Asks for the key sets of all clients, at start and every few minutes, so that hardly any call waits for one. */
  refreshKeys(): void;
}

export interface ClientsOptions {
  readonly clients: readonly Client[];
  /** What `aud` is compared with, never what a request says of itself. */
  readonly publicUrl: string;
  readonly log: Log;
  readonly clock: () => Date;
  /** Absent: this process remembers used tokens by itself. */
  readonly replay?: ReplayStore;
}

interface Known {
  readonly client: Client;
  readonly keys: KeySource;
  readonly rate: Rate;
}

export function createClients(options: ClientsOptions): RegisteredClients {
  const { clients, log } = options;
  const now = () => options.clock().getTime();
  const tools = { get: createGet(), now, log };
  const known = clients.map((client) => ({
    client,
    keys: keysOf(client, tools),
    rate: rateOf(client.rate, now),
  }));
  const byIssuer = new Map<string, Known>(known.map((one) => [one.client.iss, one]));
  const replay = options.replay ?? memoryReplayStore(now);
  return {
    refreshKeys: () => {
      for (const { keys } of known) keys.refresh();
    },
    origins: new Set(clients.flatMap(({ origins }) => origins)),
    async authenticate(authorization, path) {
      try {
        const token = readToken(authorization);
        const one = byIssuer.get(token.iss);
        if (one === undefined) throw new RefusedError('iss is not a registered client');
        return await admit(token, one, { endpoint: `${options.publicUrl}${path}`, now, replay });
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return { is: 'refused', reason: error.reason, known: error.known };
      }
    },
  };
}

interface Admitting {
  readonly endpoint: string;
  readonly now: () => number;
  readonly replay: ReplayStore;
}

async function admit(
  token: ReadToken,
  { client, keys, rate }: Known,
  { endpoint, now, replay }: Admitting,
): Promise<Outcome> {
  const { name } = client;
  checkHeader(token, client);
  const found = await keys.find(token.kid, token.alg);
  if (found.is === 'unavailable') {
    return { is: 'unavailable', reason: 'the keys of the client cannot be had', client: name };
  }
  if (found.is === 'unknown') throw new RefusedError('kid names no key of the client', { client: name });
  const { iss, jti, exp, tenant } = await verifyClaims(token, found.key, { client, endpoint, now: now() });
  const claimed = await replay.claim(iss, jti, exp + LEEWAY_SECONDS);
  if (claimed === 'seen') throw new RefusedError('the token was used before', { client: name, iss, jti });
  if (claimed === 'full') {
    return { is: 'unavailable', reason: 'no further token can be remembered', client: name };
  }
  const retrySeconds = rate.take();
  if (retrySeconds > 0) return { is: 'too many', client: name, retrySeconds };
  return { is: 'known', caller: callerOf(client, tenant), origins: client.origins };
}

/** Before any key is looked for, so that no token makes the service ask for one that could not be right. */
function checkHeader({ alg, jku }: ReadToken, { name, algorithms, keys }: Client): void {
  if (!algorithms.some((one) => one === alg)) {
    throw new RefusedError('header alg is not one of the client', { client: name });
  }
  if (jku !== undefined && keys.is === 'at' && jku !== keys.url) {
    throw new RefusedError('header jku is not the registered jwksUrl', { client: name });
  }
}

type KeyTools = Pick<Parameters<typeof remoteKeys>[0], 'get' | 'now' | 'log'>;

function keysOf({ name, keys, algorithms }: Client, tools: KeyTools): KeySource {
  if (keys.is === 'at') return remoteKeys({ ...tools, client: name, url: keys.url, algorithms });
  return {
    refresh: () => undefined,
    find: async (kid, alg) => {
      const key = keyFor(keys.keys, kid, alg);
      return key === undefined ? { is: 'unknown' } : { is: 'key', key };
    },
  };
}

function callerOf(
  { name, fhirServers, selectionBehavior, repeatDays }: Client,
  tenant: string | undefined,
): Caller {
  return {
    client: name,
    fhirServers,
    selectionBehavior,
    ...(tenant === undefined ? {} : { tenant }),
    ...(repeatDays === undefined ? {} : { repeatDays }),
  };
}
