/** Starts the service and stops it: library, journal, server, signals. */

import { createApp, createOperatorApp } from './app.js';
import { type Config, isLoopbackUrl } from './config.js';
import type { Access } from './http/auth.js';
import { createMetrics } from './http/metrics.js';
import { createOverload, type Overload, watchDelay } from './http/overload.js';
import { openPort } from './http/open-port.js';
import { createHttpServer, type Server, stopServer, type StopTimes, stopTimes } from './http/server.js';
import { sqlitePath } from './journal/database.js';
import { createJournal, type Journal } from './journal/journal.js';
import { journalKeys, keptKey } from './journal/keys.js';
import { refuseUnusable } from './journal/usable-file.js';
import type { Log } from './log.js';
import { giveBackMemory } from './memory.js';
import { createPipeline, type Pipeline } from './pipeline.js';
import { loadClient } from './record/fetch/http-client.js';
import { createIds } from './render/ids.js';

/** How often the journal is looked through for what is too old. */
const TEND_MS = 60 * 60_000;
/** A little before key sets are no longer fresh. */
const KEYS_MS = 4 * 60_000;

/** Set for good by the first signal: `GET /readyz` answers 503 from then on. */
let isStopping = false;

export interface Surroundings {
  readonly log: Log;
  /** Written at every LOG_LEVEL. */
  readonly evidence: Pick<Log, 'info'>;
  /** Process id of what looks after several workers; undefined: there is one process only. */
  readonly supervisor: number | undefined;
}

export async function start(config: Config, { log, evidence, supervisor }: Surroundings): Promise<void> {
  const journal = journalOf(config, { log, evidence }, () => pipeline);
  const access = await accessOf(config, journal, log);
  const pipeline = createPipeline({
    config,
    log,
    clock: () => new Date(),
    uuid: createIds(),
    fetching: { answerMs: config.answerMs, servers: config.sandboxFhirServers, isLocal: config.isLocal },
    observe: (call) => [journal, metrics].forEach((one) => one.observe(call)),
    overriddenBefore: journal.overriddenBefore,
  });
  const metrics = createMetrics({ journal: journal.state, breakers: pipeline.breakers });
  const operator = { metrics, insights: journal.insights };
  const overload = createOverload(watchDelay(), config.maxBody);
  const health = {
    readiness: () => ({ ...pipeline.readiness(), journal: stateInWords(journal) }),
    ready: () => !isStopping && overload.ready(),
  };
  const app = createApp({
    ...health,
    config,
    log,
    overload,
    services: pipeline.services,
    answer: (request, arrival) => pipeline.answer(request, arrival),
    cardPage: (topic) => pipeline.cardPage(topic),
    access,
    takeFeedback: journal.takeFeedback,
    operator,
  });
  const ofOperator = await startOperatorServer(config, { ...health, ...operator }, log);
  keepKeysFresh(access);
  const server = createHttpServer(app);
  const { host, publicUrl } = config;
  const port = await openPort(server, config);
  evidence.info({ host, port, publicUrl, pid: process.pid, supervisor }, 'ready');
  settle(journal);
  stopOnSignal(stopTimes(config.answerMs), { server, ofOperator, journal, log, overload });
}

/**
 * Tends the journal, and loads what most calls do not need, and the first that does has no time to wait for. A call that
 * comes in these some 0.2 s waits, within the time there is for an answer.
 */
function settle(journal: Journal): void {
  void journal.tend();
  setInterval(() => void journal.tend(), TEND_MS).unref();
  void loadClient().then(giveBackMemory);
}

/** From when all is loaded: what is asked for earlier is late before its answer can be read. */
function keepKeysFresh(access: Access | undefined): void {
  if (access === undefined) return;
  access.clients.refreshKeys();
  setInterval(() => access.clients.refreshKeys(), KEYS_MS).unref();
}

/** @param pipeline asked once calls come */
function journalOf(
  config: Config,
  { log, evidence }: Omit<Surroundings, 'supervisor'>,
  pipeline: () => Pipeline,
): Journal {
  return createJournal({
    ...config,
    evidence,
    keys: journalKeys(secretOf(config)),
    library: () => pipeline().library,
    drugsOf: (topic) => pipeline().drugsOf(topic),
    clock: () => new Date(),
    log,
  });
}

/**
 * The secret of the journal: from the environment, or kept beside the SQLite file.
 * @throws Error saying what to do when it can be neither read nor made
 */
function secretOf({ journalKey, databaseUrl }: Config): string {
  const path = sqlitePath(databaseUrl);
  if (path !== undefined) refuseUnusable(path);
  if (journalKey !== undefined || path === undefined) return journalKey ?? '';
  try {
    return keptKey(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `DATABASE_URL: the key beside the file cannot be had (${why}); mend it, or set JOURNAL_KEY`,
      { cause: error },
    );
  }
}

function stateInWords(journal: Journal): string {
  const { isFailing, queued, dropped } = journal.state();
  return isFailing ? `cannot be written: ${queued} entries wait, ${dropped} dropped` : 'ok';
}

/** @returns the server of the operator's port, if there is to be one */
async function startOperatorServer(
  { adminPort: wanted, adminHost: host }: Config,
  health: Omit<Parameters<typeof createOperatorApp>[0], 'log'>,
  log: Log,
): Promise<readonly Server[]> {
  if (wanted === undefined) return [];
  const server = createHttpServer(createOperatorApp({ ...health, log }));
  const port = await openPort(server, { host, port: wanted, names: 'ADMIN_' });
  log.info({ host, port }, 'the port for the operator is open');
  return [server];
}

interface Stopping {
  readonly server: Server;
  readonly ofOperator: readonly Server[];
  readonly journal: Journal;
  readonly log: Log;
  readonly overload: Pick<Overload, 'calls'>;
}

function stopOnSignal(times: StopTimes, { server, ofOperator, journal, log, overload }: Stopping): void {
  const onCut = () => {
    const count = overload.calls();
    if (count > 0)
      log.error({ calls: count, cutMs: times.cutMs }, 'calls were cut: they had no answer in time');
  };
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    const others = ofOperator.map((one) => stopServer(one, times));
    await Promise.all([stopServer(server, times, onCut), ...others]);
    await journal.stop();
    log.info({}, 'stopped');
    process.exit(0);
  };
  // Once more and again: without a listener, a second signal would end the process at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, (name) => void stop(name));
}

/** First, before anything can go wrong: whoever reads the log must know when no caller is checked. */
async function accessOf(config: Config, journal: Journal, log: Log): Promise<Access | undefined> {
  const access = await registeredIn(config, journal, log);
  const { host, publicUrl } = config;
  if (access === undefined) {
    log.warn({ host }, 'Calls without a token are taken: this service does not check who calls.');
  }
  if (publicUrl.startsWith('http:') && !isLoopbackUrl(publicUrl)) {
    log.warn({ publicUrl }, 'Clients are told an address without TLS: CDS Hooks asks for https.');
  }
  return access;
}

async function registeredIn(config: Config, journal: Journal, log: Log): Promise<Access | undefined> {
  const { clientsFile } = config;
  if (clientsFile === undefined) return undefined;
  // What checks tokens is loaded by those alone who check them.
  const { registeredAccess } = await import('./registered-access.js');
  return registeredAccess({ ...config, clientsFile }, journal, log);
}
