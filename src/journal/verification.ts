/** What a walk through the journal finds, in the words of all that walks. */

import type { Head } from './entry.js';
import type { Schema } from './schema.js';

/** How a record is wrong. */
export type Wrong =
  | 'altered'
  | 'missing'
  | 'in the wrong place'
  | 'the end is cut off'
  | 'without a head'
  | 'the chain is gone'
  | 'removed without a word';

export interface JournalFault {
  /** What is wrong: `<chain>:<seq>`, `chain <id>`, `issued <uuid>`, `answer <uuid>`, `feedback <digest>` or `tally <week> <name>`. */
  readonly record: string;
  readonly wrong: Wrong;
  readonly message: string;
}

/** Somebody says that a chain had come so far: an entry of the journal, or a line of the log. */
export interface Claim extends Head {
  readonly chain: string;
  /** Who says it: `entry <chain>:<seq>`, or a file and its line. */
  readonly by: string;
}

export type ChainRow = Schema['chain'];

/** The first thing wrong in a chain, as `record` in the table `entry`. */
export function fault(record: string, wrong: Wrong, message: string): JournalFault {
  return { record, wrong, message: `${record} ${message}` };
}
