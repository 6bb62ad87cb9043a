/** A row of the catalogue: what is sent, and what may come back. */

import type { Reply } from './wire.js';
import type { World } from './world.js';

/** Patient data and secrets that stand in the attacks, and may come out nowhere. */
export const canary = {
  name: 'Canarina Quetzalcoatl',
  mrn: 'MRN-7781-CANARY',
  ssn: '078-05-1120',
  token: 'canary-fhir-token-5ZqY',
};

export interface Attack {
  /** Family, dot, number. */
  readonly id: string;
  readonly what: string;
  /** 0: closed without an answer. */
  readonly expected: readonly number[];
  /** Milliseconds; a second when absent. */
  readonly within?: number;
  /** Keeps the process busy for long: the next call may be turned away for a moment. */
  readonly isCostly?: boolean;
  run(world: World): Promise<Reply>;
  /** What else must be true; findings as text. */
  readonly also?: (reply: Reply, world: World) => readonly string[];
}
