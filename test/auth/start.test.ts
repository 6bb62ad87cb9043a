/** The service as a process with a list of clients: what it does not start with, and that it serves clients and nobody else. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { temporaryDatabase } from '../support/database.js';
import { keyServer, sendTo, token } from './support.js';

let folder: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clients-'));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Reads one file of the library for longer than a fetch of keys may take, as a busy machine does. */
const slowly = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const { readFileSync } = fs;
  fs.readFileSync = (path, ...how) => {
    if (String(path).endsWith('publisher.yaml')) {
      const end = performance.now() + 2_500;
      while (performance.now() < end);
      fs.readFileSync = readFileSync;
      syncBuiltinESMExports();
    }
    return readFileSync(path, ...how);
  };
  syncBuiltinESMExports();
`;

function start(clients: string, { before = '' } = {}) {
  const file = join(folder, 'clients.yaml');
  writeFileSync(file, clients);
  const { PATH } = process.env;
  const variables = { PORT: '0', PUBLIC_URL: 'https://cds.example.org', CLIENTS_FILE: file };
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    env: {
      PATH,
      DATABASE_URL: temporaryDatabase(),
      ...variables,
      ...(before !== '' && { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(before)}` }),
    },
  });
  running.push(child);
  const output = { text: '' };
  const words = ['"msg":"ready"', 'the key set of a client was fetched'];
  const ready = new Promise<void>((resolve) => {
    const collect = (chunk: Buffer) => {
      output.text += chunk.toString();
      if (words.every((word) => output.text.includes(word))) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { output, ready, ended };
}

test('faults of the file are told one a line, and the service does not start', async () => {
  const { output, ended } = start(
    'clients:\n  - name: ehr\n    jwksUri: https://ehr.example.org/jwks\n    rate: 0\n',
  );
  expect(await ended).toBe(1);
  const lines = output.text.trim().split('\n');
  expect(lines.map((line) => line.replace(`${folder}/`, ''))).toEqual([
    expect.stringMatching(/^clients\.yaml:2 clients\.0\.iss: expected /),
    expect.stringMatching(
      /^clients\.yaml:3 clients\.0: has the unknown key "jwksUri".* did you mean "jwksUrl"\?/,
    ),
    expect.stringMatching(/^clients\.yaml:4 clients\.0\.rate: expected /),
  ]);
});

test('the first line of the log names the clients, keys are there before the first call, and nobody else is served', async () => {
  const keys = await keyServer();
  const { output, ready } = start(
    `clients:\n  - name: ehr\n    iss: https://ehr.example.org\n    jwksUrl: ${keys.url}\n`,
  );
  await ready;
  const [first, ...others] = output.text.trim().split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({
    msg: 'Only registered clients are taken.',
    clients: ['ehr'],
  });
  const port = /"port":(\d+)/.exec(others.join('\n'))?.[1] ?? '';
  const url = `http://127.0.0.1:${port}`;
  const now = Math.floor(Date.now() / 1_000);
  const legal = ['Authorization', `Bearer ${token({ claims: { iat: now, exp: now + 60 } })}`];
  expect(keys.asked).toHaveLength(1);
  expect((await sendTo(url, {})).status).toBe(401);
  expect((await sendTo(url, { headers: legal })).status).toBe(200);
  expect((await sendTo(url, { headers: legal })).status).toBe(401);
  expect(keys.asked).toHaveLength(1);
});

test('keys are there after a start that took longer than fetching them may', async () => {
  const keys = await keyServer();
  const { output, ready } = start(
    `clients:\n  - name: ehr\n    iss: https://ehr.example.org\n    jwksUrl: ${keys.url}\n`,
    { before: slowly },
  );
  await ready;
  expect(output.text).not.toContain('could not be fetched');
  expect(keys.asked).toHaveLength(1);
});
