/** The catalogue of attacks against the built service, over real sockets, one oracle after each. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Attack } from './attacks/attack.js';
import { bodies } from './attacks/bodies.js';
import { identityClaims } from './attacks/identity-claims.js';
import { identityForm } from './attacks/identity-form.js';
import { identityHeader } from './attacks/identity-header.js';
import { identityKeys } from './attacks/identity-keys.js';
import { outboundAddresses } from './attacks/outbound-addresses.js';
import { outboundReplies } from './attacks/outbound-replies.js';
import { judge, legalCall } from './attacks/oracle.js';
import { requests } from './attacks/requests.js';
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
];

let world: OpenWorld;
const counts = new Map<string, { run: number; blocked: number }>();

beforeAll(async () => {
  world = await openWorld(build());
  await legalCall(world);
}, 60_000);

afterAll(async () => {
  await world.end();
  const rows = [...counts].map(([family, { run, blocked }]) => `${family} ${blocked}/${run}`);
  process.stdout.write(`attacks blocked/run: ${rows.join(', ')}\n`);
});

test.each(attacks)('$id: $what', async (attack) => {
  const [family = ''] = attack.id.split('.');
  const count = counts.get(family) ?? { run: 0, blocked: 0 };
  counts.set(family, { ...count, run: count.run + 1 });
  const logBefore = world.log().length;
  const reply = await attack.run(world);
  expect(await judge({ attack, reply, world, logBefore })).toEqual([]);
  counts.set(family, { run: count.run + 1, blocked: count.blocked + 1 });
});
