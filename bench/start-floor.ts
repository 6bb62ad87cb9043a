/** Starts the floor, which answers what the service has answered to the same calls. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, startServer } from './server.js';
import { ORDER_SIGN, type Setting } from './setting.js';
import { loadPatiently } from './warm-up.js';

/** Where the floor answers a call of this name. */
export const floorPath = (name: string): string => `/answer/${encodeURIComponent(name)}`;

let started = 0;

/** @param answerTo what is kept of an answer, by the name of its call */
export async function startFloor(
  { folder }: Setting,
  service: Measured,
  bodies: ReadonlyMap<string, string>,
  answerTo: (name: string, answer: string) => unknown = (_name, answer) => JSON.parse(answer),
): Promise<Measured> {
  const answers: Record<string, unknown> = {};
  for (const [name, body] of bodies) {
    const callee = { port: service.port, path: ORDER_SIGN, body };
    const { answer } = await loadPatiently(callee, { requests: 1, connections: 1 });
    answers[name] = answerTo(name, answer);
  }
  started += 1;
  const file = join(folder, `answers-${started}.json`);
  writeFileSync(file, JSON.stringify(answers));
  return startServer('dist-tools/bench/floor.js', { FLOOR_ANSWERS: file });
}
