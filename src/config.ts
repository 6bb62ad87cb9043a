/** The environment as a frozen configuration, or every fault of it at once. */

import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { isTimeZone } from './day-in.js';
import { isBaseUrl, isLoopbackName, isServerAddress } from './addresses.js';

export interface Config {
  readonly host: string;
  /** Whether only this machine can call: listens and is called on loopback addresses, and no proxy stands before it. */
  readonly isLocal: boolean;
  readonly port: number;
  /** Port of what is for the operator alone; undefined: there is none. */
  readonly adminPort: number | undefined;
  readonly adminHost: string;
  /** Proxies before the service whose word on the caller's address is taken. */
  readonly trustProxyHops: number;
  /** Where clients reach the service; no slash at its end. */
  readonly publicUrl: string;
  /** Base of the code systems (topics, override reasons); stays when the service moves. No slash at its end. */
  readonly canonicalUrl: string;
  /** Greatest request body, in bytes. */
  readonly maxBody: number;
  /** Milliseconds from the arrival of a call after which nothing more is waited for or asked of the record. */
  readonly answerMs: number;
  /** Base addresses of FHIR servers that may be asked beside those of this machine, no slash at the end. */
  readonly sandboxFhirServers: readonly string[];
  /** File of the clients that may call; undefined: every caller is taken. */
  readonly clientsFile: string | undefined;
  /** Whether the list of services is told without a token. */
  readonly discoveryOpen: boolean;
  /** Processes that share the port. */
  readonly workers: number;
  readonly cardsDir: string;
  /** IANA name of the zone whose midnight ends a day of a card ("within 14 days"). */
  readonly timeZone: string;
  /** `sqlite:<path>` or `postgres://…` */
  readonly databaseUrl: string;
  /** Secret of the journal; undefined: one is kept beside the SQLite file. */
  readonly journalKey: string | undefined;
  /** Entries of the journal are kept this many days. */
  readonly journalDays: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** All that is wrong with the environment, one sentence a fault. */
export class ConfigFaultsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigFaultsError';
  }
}

const unitBytes: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 * 1024 };

/** As much as the bodies of all calls together may have (`http/overload.ts`). */
const mostBody = 64 * 1024 * 1024;
const sizeForm = 'expected a size of at most 64mb, such as 4mb, 500kb or a number of bytes';
const size = z
  .string()
  .regex(/^[1-9]\d{0,8}(b|kb|mb)?$/i, sizeForm)
  .transform((text) => Number.parseInt(text, 10) * (unitBytes[text.replace(/^\d+/, '').toLowerCase()] ?? 1))
  .refine((bytes) => bytes <= mostBody, sizeForm);

const numberIn = (least: number, most: number, form: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, form)
    .transform(Number)
    .refine((value) => value >= least && value <= most, form);

const port = numberIn(0, 65_535, 'expected a port number from 0 to 65535');
const milliseconds = numberIn(100, 30_000, 'expected milliseconds from 100 to 30000');

const hops = z.string().regex(/^\d$/, 'expected the number of proxies, 0 to 9').transform(Number);

const baseUrl = z
  .string()
  .refine(isBaseUrl, 'expected an absolute http or https URL without user, query or fragment')
  .transform((text) => text.replace(/\/+$/, ''));

const fhirServers = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim().replace(/\/+$/, ''))
      .filter((one) => one !== ''),
  )
  .refine(
    (list) => list.every(isServerAddress),
    'expected base addresses with commas between them, each https, or http on a loopback address, without user, query or fragment',
  );

const workers = z
  .string()
  .regex(/^([1-9]|[1-5]\d|6[0-4])$/, 'expected a number of processes from 1 to 64')
  .transform(Number);

const databaseUrl = z
  .string()
  .refine(
    isDatabaseUrl,
    'expected sqlite:<path of a file> or postgres://<user>:<password>@<host>/<database>',
  );

const days = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'expected a number of days from 1 to 9999')
  .transform(Number);

const timeZone = z
  .string()
  .refine(isTimeZone, 'expected the name of a time zone, such as America/Chicago or Europe/Vienna');

const flag = z.enum(['true', 'false'], { error: 'expected true or false' });

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  ADMIN_HOST: z.string().default('127.0.0.1'),
  ADMIN_PORT: port.optional(),
  TRUST_PROXY_HOPS: hops.default(0),
  PUBLIC_URL: baseUrl.optional(),
  CANONICAL_URL: baseUrl.optional(),
  MAX_BODY: size.default(4 * 1024 * 1024),
  ANSWER_MS: milliseconds.default(400),
  SANDBOX_FHIR_SERVERS: fhirServers.default([]),
  WORKERS: workers.default(1),
  CARDS_DIR: z.string().default('./cards'),
  TIME_ZONE: timeZone.default('UTC'),
  DATABASE_URL: databaseUrl.default('sqlite:./data/rx-distinct.sqlite'),
  JOURNAL_KEY: z.string().min(32, 'expected a secret of at least 32 characters').optional(),
  JOURNAL_DAYS: days.default(400),
  CLIENTS_FILE: z.string().optional(),
  DISCOVERY_OPEN: flag.default('false'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'expected one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  ALLOW_ANONYMOUS: flag.default('false'),
});

/** Every variable the service reads. */
export const configVariables: readonly string[] = Object.keys(environment.shape);

type Environment = z.infer<typeof environment>;

/**
 * @param variables the environment; a variable set to nothing counts as not set
 * @throws ConfigFaultsError naming every faulty variable
 */
export function loadConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigFaultsError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const faults = startFaults(parsed.data);
  if (faults.length > 0) throw new ConfigFaultsError(faults);
  return toConfig(parsed.data);
}

function toConfig(env: Environment): Config {
  const publicUrl = env.PUBLIC_URL ?? `http://${isIPv6(env.HOST) ? `[${env.HOST}]` : env.HOST}:${env.PORT}`;
  return Object.freeze({
    host: env.HOST,
    isLocal: wayIn(env) === undefined,
    port: env.PORT,
    adminPort: env.ADMIN_PORT,
    adminHost: env.ADMIN_HOST,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    publicUrl,
    canonicalUrl: env.CANONICAL_URL ?? publicUrl,
    maxBody: env.MAX_BODY,
    answerMs: env.ANSWER_MS,
    sandboxFhirServers: env.SANDBOX_FHIR_SERVERS,
    clientsFile: env.CLIENTS_FILE,
    discoveryOpen: env.DISCOVERY_OPEN === 'true',
    workers: env.WORKERS,
    cardsDir: env.CARDS_DIR,
    timeZone: env.TIME_ZONE,
    databaseUrl: env.DATABASE_URL,
    journalKey: env.JOURNAL_KEY,
    journalDays: env.JOURNAL_DAYS,
    logLevel: env.LOG_LEVEL,
  });
}

/**
 * Without a list of clients every caller is taken, so the service then stays on the machine unless told otherwise. Settings
 * that say the opposite of such a list are refused: which of the two is meant is for the operator to say.
 */
function startFaults(env: Environment): string[] {
  const isListed = env.CLIENTS_FILE !== undefined;
  const way = wayIn(env);
  const possible: readonly (readonly [boolean, string])[] = [
    [
      !isListed && way !== undefined && env.ALLOW_ANONYMOUS !== 'true',
      `${way}: other machines could call without a token; name the clients in CLIENTS_FILE, keep HOST and PUBLIC_URL on a loopback address (127.0.0.1) and TRUST_PROXY_HOPS 0, or set ALLOW_ANONYMOUS=true to take calls without a token on purpose`,
    ],
    [
      isListed && env.ALLOW_ANONYMOUS === 'true',
      'ALLOW_ANONYMOUS: with CLIENTS_FILE nobody is taken without a token; unset one of the two',
    ],
    [
      isListed && env.SANDBOX_FHIR_SERVERS.length > 0,
      'SANDBOX_FHIR_SERVERS: with CLIENTS_FILE each client has its own fhirServers there; unset this one',
    ],
    [
      env.JOURNAL_KEY === undefined && !env.DATABASE_URL.startsWith('sqlite:'),
      'JOURNAL_KEY: must be given with PostgreSQL, the same for all replicas: a secret of at least 32 characters that hides who a patient is (example: openssl rand -base64 32)',
    ],
    [
      !isLoopback(env.HOST) && env.PUBLIC_URL === undefined,
      'PUBLIC_URL: must be given when HOST is not a loopback address; cards link to it (example: https://cds.example.org)',
    ],
    [
      env.PORT !== 0 && env.ADMIN_PORT === env.PORT && [env.ADMIN_HOST, '0.0.0.0', '::'].includes(env.HOST),
      `ADMIN_PORT: expected another port than PORT, got ${env.PORT} for both; set one of them`,
    ],
  ];
  return possible.filter(([isSo]) => isSo).map(([, fault]) => fault);
}

/** The setting by which other machines can call; undefined: only this machine can. */
function wayIn(env: Environment): 'HOST' | 'PUBLIC_URL' | 'TRUST_PROXY_HOPS' | undefined {
  if (!isLoopback(env.HOST)) return 'HOST';
  if (env.PUBLIC_URL !== undefined && !isLoopbackUrl(env.PUBLIC_URL)) return 'PUBLIC_URL';
  // A proxy may stand on this machine, and its callers anywhere.
  return env.TRUST_PROXY_HOPS > 0 ? 'TRUST_PROXY_HOPS' : undefined;
}

/** Whether an address names this machine. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopbackName(new URL(url).hostname);
}

function isLoopback(host: string): boolean {
  return isLoopbackName(isIPv6(host) ? `[${host}]` : host.toLowerCase());
}

function isDatabaseUrl(text: string): boolean {
  // `sqlite://data/x` would be a file of the root directory; `:memory:`, or a `file:` that says so, would be none.
  if (text.startsWith('sqlite:')) return /^sqlite:(?!\/\/|:|file:)./i.test(text);
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== '';
}
