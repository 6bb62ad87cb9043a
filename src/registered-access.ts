/** Who may call, when only registered clients may: their list, their keys, and the tokens that were used before. */

import { createClients } from './clients/authenticate.js';
import { loadClients } from './clients/clients-file.js';
import { memoryReplayStore, sharedReplayStore } from './clients/replay.js';
import type { Access } from './http/auth.js';
import type { Journal } from './journal/journal.js';
import type { Log } from './log.js';

interface Settings {
  readonly clientsFile: string;
  readonly publicUrl: string;
  readonly discoveryOpen: boolean;
}

/** Asks for no keys yet: the time that has would pass while the start does other things. */
export function registeredAccess(
  { clientsFile, publicUrl, discoveryOpen }: Settings,
  { claimToken }: Pick<Journal, 'claimToken'>,
  log: Log,
): Access {
  const clients = loadClients(clientsFile);
  const names = clients.map(({ name }) => name);
  log.info({ clients: names, publicUrl, discoveryOpen }, 'Only registered clients are taken.');
  const clock = () => new Date();
  const replay = sharedReplayStore(memoryReplayStore(Date.now), claimToken, log);
  const registered = createClients({ clients, publicUrl, log, clock, replay });
  return { clients: registered, discoveryOpen };
}
