/** Several processes on one port: they share the store, are counted together, are replaced, and end together. */

import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { openToRead } from '../src/journal/database.js';
import { temporaryDatabase } from './support/database.js';
import { open } from './support/servers.js';
import { startService, untilStatus, untilTold } from './support/service-process.js';

test('feedback goes to any of them, and the figures are those of all', async () => {
  const variables = { WORKERS: '2', DATABASE_URL: temporaryDatabase() };
  const service = await startService({ variables });
  expect(await untilStatus(2, async () => workersIn(service.log()))).toBeDefined();
  const cards = [];
  for (let times = 0; times < 8; times += 1) cards.push(...(await service.call()));
  const statuses = await Promise.all(cards.map(({ uuid }) => service.feedback(uuid)));
  expect(statuses).toEqual(cards.map(() => 200));
  const text = await (await fetch(`${service.url}/metrics`)).text();
  expect(text).toContain('rx_distinct_cards_total{topic="interchange-replaced",indicator="warning"} 8');
  expect(await service.stop()).toBe(0);
});

test('one that is killed is replaced while the other goes on', async () => {
  const variables = { WORKERS: '2', DATABASE_URL: temporaryDatabase() };
  const service = await startService({ variables });
  expect(await untilStatus(2, async () => workersIn(service.log()))).toBeDefined();
  process.kill(firstWorkerIn(service.log()), 'SIGKILL');
  expect(await untilStatus(3, async () => workersIn(service.log()))).toBeDefined();
  expect(await service.call()).toHaveLength(1);
  expect(await untilTold([service], 'a worker ended; another one is started')).toBe(true);
  expect(await service.stop()).toBe(0);
});

test('a signal to all of them at once, and once more, loses no entry', async () => {
  const DATABASE_URL = temporaryDatabase();
  const service = await startService({ variables: { WORKERS: '2', DATABASE_URL }, ownGroup: true });
  expect(await untilStatus(2, async () => workersIn(service.log()))).toBeDefined();
  for (let times = 0; times < 10; times += 1) await service.call();
  process.kill(-service.pid, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 300));
  process.kill(-service.pid, 'SIGTERM');
  expect(await service.ended).toBe(0);
  expect(service.log().split('"msg":"stopped"')).toHaveLength(3);
  const store = await openToRead(DATABASE_URL);
  expect(
    await store.db.selectFrom('entry').select('seq').where('kind', '=', 'decision').execute(),
  ).toHaveLength(10);
  await store.close();
});

test('one that does not end as it should is told by the exit code', async () => {
  const variables = { WORKERS: '2', DATABASE_URL: temporaryDatabase() };
  const service = await startService({ variables });
  expect(await untilStatus(2, async () => workersIn(service.log()))).toBeDefined();
  const ended = service.stop();
  expect(await untilTold([service], '"msg":"stopping"')).toBe(true);
  process.kill(firstWorkerIn(service.log()), 'SIGKILL');
  expect(await ended).toBe(1);
});

test('the process that a signal must reach stands in each line that tells of a worker', async () => {
  const variables = { WORKERS: '2', DATABASE_URL: temporaryDatabase() };
  const service = await startService({ variables });
  expect(await untilStatus(2, async () => workersIn(service.log()))).toBeDefined();
  const named = [...service.log().matchAll(/"supervisor":(\d+),"msg":"ready"/g)].map(([, pid]) =>
    Number(pid),
  );
  expect(named).toEqual([service.pid, service.pid]);
  process.kill(named[0] ?? 0, 'SIGTERM');
  expect(await service.ended).toBe(0);
  expect(service.log()).not.toContain('another one is started');
});

test('one that is stopped by a signal of its own is replaced, and is nothing to look at', async () => {
  const variables = { WORKERS: '2', DATABASE_URL: temporaryDatabase() };
  const service = await startService({ variables });
  expect(await untilStatus(2, async () => workersIn(service.log()))).toBeDefined();
  process.kill(firstWorkerIn(service.log()), 'SIGTERM');
  expect(await untilStatus(3, async () => workersIn(service.log()))).toBeDefined();
  expect(
    await untilTold([service], '"code":0,"signal":null,"msg":"a worker ended; another one is started"'),
  ).toBe(true);
  expect(service.log()).not.toMatch(/"level":[56]0/);
  expect(await service.stop()).toBe(0);
});

test('a journal that none of them can write is told as one that fails', async () => {
  const closed = await open(createServer());
  await closed.close();
  const DATABASE_URL = `postgres://nobody@127.0.0.1:${closed.port}/none`;
  const variables = { WORKERS: '3', DATABASE_URL, JOURNAL_KEY: 'k'.repeat(32) };
  const service = await startService({ variables });
  const failing = async () => service.log().split('the journal cannot be written').length - 1;
  expect(await untilStatus(3, failing)).toBeDefined();
  const text = await (await fetch(`${service.url}/metrics`)).text();
  expect(text).toMatch(/^rx_distinct_journal_failing 1$/m);
});

test('what is wrong with the start is told once, and all of it ends', async () => {
  const variables = { WORKERS: '3', DATABASE_URL: temporaryDatabase(), CARDS_DIR: '/nowhere' };
  const failed = startService({ variables });
  await expect(failed).rejects.toThrow(/^the service did not start:\n(?!.*nowhere[^]*nowhere)/);
});

test('that another process has the port ends it as well, when the operator has one of his own', async () => {
  const first = await startService({ variables: { DATABASE_URL: temporaryDatabase() } });
  const variables = {
    WORKERS: '2',
    DATABASE_URL: temporaryDatabase(),
    PORT: String(first.port),
    ADMIN_PORT: '0',
  };
  await expect(startService({ variables })).rejects.toThrow(
    /^the service did not start:\n(?=[^]*PORT: expected a free port, but \d+ on 127.0.0.1 is taken \(EADDRINUSE\))(?![^]*EADDRINUSE[^]*EADDRINUSE)/,
  );
});

/** How many have become ready so far. */
function workersIn(log: string): number {
  return log.split('"msg":"ready"').length - 1;
}

/** Its process id. */
function firstWorkerIn(log: string): number {
  return Number(/"pid":(\d+)[^\n]*"msg":"ready"/.exec(log)?.[1]);
}
