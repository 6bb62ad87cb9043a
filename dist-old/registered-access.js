/** Who may call, when only registered clients may: their list, their keys, and the tokens that were used before. */
import { createClients } from './clients/authenticate.js';
import { loadClients } from './clients/clients-file.js';
import { memoryReplayStore, sharedReplayStore } from './clients/replay.js';
/** A little before key sets are no longer fresh. */
const KEYS_MS = 4 * 60_000;
/** Keeps the keys of all clients fresh from now on. */
export function registeredAccess({ clientsFile, publicUrl, discoveryOpen }, { claimToken }, log) {
    const clients = loadClients(clientsFile);
    const names = clients.map(({ name }) => name);
    log.info({ clients: names, publicUrl, discoveryOpen }, 'Only registered clients are taken.');
    const clock = () => new Date();
    const replay = sharedReplayStore(memoryReplayStore(Date.now), claimToken, log);
    const registered = createClients({ clients, publicUrl, log, clock, replay });
    registered.refreshKeys();
    setInterval(() => registered.refreshKeys(), KEYS_MS).unref();
    return { clients: registered, discoveryOpen };
}
//# sourceMappingURL=registered-access.js.map