/** `npm run bench`: what the service costs, beside bare Express and beside itself grown, in alternating rounds of one run. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readArguments, wholeNumber } from '../tools/read-arguments.js';
import { measureAgainstFloor } from './against-floor.js';
import { measureGrowth } from './growth.js';
import { measureJournal } from './journal.js';
import { packagesAtRunTime } from './packages.js';
import { measureProfile } from './profiled.js';
import { killServers } from './server.js';
import { measureStarts } from './start.js';
import { createSigner } from './tokens.js';
import { WARM_UP } from './warm-up.js';
import { measureWorkers } from './workers.js';

const sections = ['start', 'floor', 'growth', 'workers', 'journal', 'packages'] as const;

const values = readArguments('bench', () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      rounds: { type: 'string', default: '8' },
      only: { type: 'string' },
      profile: { type: 'boolean', default: false },
      postgres: { type: 'string' },
    },
  });
  if (values.only !== undefined && !sections.some((section) => section === values.only)) {
    throw new Error(`--only: expected one of ${sections.join(', ')}, got "${values.only}"`);
  }
  return { ...values, rounds: wholeNumber('rounds', values.rounds) };
});

if (values.help) {
  console.log(`npm run bench -- [--rounds 8] [--only ${sections.join('|')}] [--profile]

Starts the built service and bare Express and gives both the same calls in turns. Prints tables and what of its targets
the service meets, and writes both to bench/results/<time>.json; a target that is missed fails nothing, an answer other
than 200 does. CPU is user and system time of all threads, as the kernel counts it (Linux).
Every server is warmed up by the same ${WARM_UP} calls of 45 kB, or as many kB of larger ones. The calls come from this
process over bare sockets, at some 0.1 ms of CPU for one of 45 kB; what they took stands in the tables.
8 rounds take some half an hour on two cores that have nothing else to do.

  --rounds N    rounds of each measurement (8)
  --only S      one section: ${sections.join(', ')}
  --postgres U  address of an empty PostgreSQL database, to measure the journal on it as well
  --profile     where the time of a call goes, in percent, and nothing else`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const { rounds } = values;
const signer = await createSigner(folder);
const setting = { folder, rounds, signer };
const results: Record<string, unknown> = {
  date: new Date().toISOString(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}`,
  rounds,
};
console.log(`${String(results['machine'])}\n`);
const measurements: Readonly<Record<(typeof sections)[number], () => unknown>> = {
  start: () => measureStarts(setting),
  floor: () => measureAgainstFloor(setting),
  growth: () => measureGrowth(setting),
  workers: () => measureWorkers(setting),
  journal: () => measureJournal(setting, values.postgres),
  packages: packagesAtRunTime,
};

/** What cannot be measured is told, and leaves the rest alone: it has taken minutes. */
async function record(section: string, measure: () => unknown): Promise<void> {
  try {
    results[section] = await measure();
  } catch (error) {
    results[section] = { failed: String(error) };
    console.error(`\n${section} could not be measured: ${String(error)}`);
    process.exitCode = 1;
    killServers();
  }
}

if (values.profile) await record('profile', () => measureProfile(setting));
else {
  for (const section of sections) {
    if (values.only === undefined || values.only === section) await record(section, measurements[section]);
  }
}

mkdirSync('bench/results', { recursive: true });
const file = `bench/results/${String(results['date']).replaceAll(':', '-')}.json`;
writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
console.log(`\n${file}`);
