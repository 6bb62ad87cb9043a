/** Starts the floor, which answers what the service has answered to the same calls. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, startServer } from './server.js';
import { nodeFlags, ORDER_SIGN, type Setting } from './setting.js';
import { loadPatiently } from './warm-up.js';
import { bodyOf, type Called, expectCards } from './works.js';

/** Where the floor answers a call of this name. */
export const floorPath = (name: string): string => `/answer/${encodeURIComponent(name)}`;
/** The same once the token of the call is verified. */
export const verifiedFloorPath = (name: string): string => `/verified/${encodeURIComponent(name)}`;

let started = 0;

export async function startFloor({ folder, signer }: Setting, service: Measured, works: readonly Called[]): Promise<Measured> {
  const answers: Record<string, unknown> = {};
  for (const work of works) {
    const callee = { port: service.port, path: ORDER_SIGN, body: bodyOf(work) };
    const { answer } = await loadPatiently(callee, { requests: 1, connections: 1 });
    answers[work.name] = { cards: expectCards(work, answer) };
  }
  started += 1;
  const file = join(folder, `answers-${started}.json`);
  writeFileSync(file, JSON.stringify(answers));
  return startServer('dist-tools/bench/floor.js', { FLOOR_ANSWERS: file, FLOOR_KEY: signer.key }, nodeFlags);
}
