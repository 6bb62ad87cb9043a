/** The catalogue of attacks against the built service, over real sockets, one oracle after each. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Attack } from './attacks/attack.js';
import { bodies } from './attacks/bodies.js';
import { browsers } from './attacks/browsers.js';
import { http, slowHttp } from './attacks/http.js';
import { identityClaims } from './attacks/identity-claims.js';
import { identityForm } from './attacks/identity-form.js';
import { identityHeader } from './attacks/identity-header.js';
import { identityKeys } from './attacks/identity-keys.js';
import { outboundAddresses } from './attacks/outbound-addresses.js';
import { outboundReplies } from './attacks/outbound-replies.js';
import { judge, legalCall } from './attacks/oracle.js';
import { requests } from './attacks/requests.js';
import type { Reply } from './attacks/wire.js';
import { words } from './attacks/words.js';
import { build, openWorld, type OpenWorld } from './attacks/world.js';

const attacks: readonly Attack[] = [
  ...identityForm,
  ...identityHeader,
  ...identityKeys,
  ...identityClaims,
  ...outboundAddresses,
  ...outboundReplies,
  ...bodies,
  ...requests,
  ...words,
  ...http,
  ...browsers,
];

let world: OpenWorld;
/** How much of the log was judged: a line may come after the attack that it tells of was judged. */
let readOfLog: number;
const counts = new Map<string, { run: number; blocked: number }>();

beforeAll(async () => {
  world = await openWorld(build());
  await legalCall(world);
  readOfLog = world.log().length;
});

afterAll(async () => {
  await world.end();
  const rows = [...counts].map(([family, { run, blocked }]) => `${family}: ${run} run, ${blocked} blocked`);
  process.stdout.write(`${rows.join('\n')}\n`);
});

const together = slowHttp.map((attack) => ({ attack }));
let slow: Promise<readonly Reply[]>;

async function held(attack: Attack, sent: (attack: Attack) => Promise<Reply>) {
  const [family = ''] = attack.id.split('.');
  const count = counts.get(family) ?? { run: 0, blocked: 0 };
  counts.set(family, { ...count, run: count.run + 1 });
  const logBefore = readOfLog;
  const reply = await sent(attack);
  const findings = await judge({ attack, reply, world, logBefore });
  readOfLog = world.log().length;
  counts.set(family, { run: count.run + 1, blocked: count.blocked + (findings.length === 0 ? 1 : 0) });
  return findings;
}

test.each(attacks)(
  '$id: $what',
  async (attack) => {
    expect(await held(attack, (one) => one.run(world))).toEqual([]);
  },
  15_000,
);

test.each(together)(
  '$attack.id: $attack.what',
  async ({ attack }) => {
    slow ??= Promise.all(slowHttp.map((one) => one.run(world)));
    const replies = await slow;
    expect(await held(attack, () => Promise.resolve(replies[slowHttp.indexOf(attack)]!))).toEqual([]);
  },
  30_000,
);

test('there are more than 220 attacks, each with an id of its own', () => {
  const ids = [...attacks, ...slowHttp].map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(220);
  expect(new Set(ids).size).toBe(ids.length);
});
