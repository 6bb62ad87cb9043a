/** `journal verify`: whether anything in the journal was altered, removed or moved, and what first. */

import { parseArgs } from 'node:util';
import { type Verification, verifyJournal } from '../src/journal/verify.js';
import type { Terminal } from './check-cards.js';
import { readHeads } from './head-lines.js';
import { type JournalSource, keysOf, withJournal } from './journal-source.js';
import { counted } from './printed.js';
import type { Progress } from './progress.js';

/** Exit code: 0 nothing is wrong, 1 something is, 2 some of it cannot be told. */
export async function verify(
  source: JournalSource,
  terminal: Terminal,
  args: readonly string[],
  progress?: Progress,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      log: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const found = await withJournal(source, async ({ db }) => {
    const keys = keysOf(source);
    // The log first: what is added to the journal meanwhile is not in it.
    const claims = (await Promise.all(values.log.map(readHeads))).flat();
    return verifyJournal({ db, keys, claims, ...(progress === undefined ? {} : { progress }) });
  });
  const code = exitCode(found);
  if (values.json) terminal.log(JSON.stringify({ isRight: code === 0, ...found }, undefined, 2));
  else tell(found, terminal);
  return code;
}

function exitCode({ faults, otherKey, chains }: Verification): number {
  if (faults.length > 0) return 1;
  // Of nothing nobody can say that nothing was removed.
  return otherKey.length > 0 || chains === 0 ? 2 : 0;
}

function tell(found: Verification, terminal: Terminal): void {
  const { faults, otherKey, chains, entries, cards, heads } = found;
  for (const { wrong, message } of faults) terminal.error(`${wrong}: ${message}`);
  if (otherKey.length > 0) {
    terminal.error(
      `another key: nothing can be said of ${counted(otherKey.length, 'chain')} (${otherKey.join(', ')}); give the key that the service had then in JOURNAL_KEY`,
    );
  }
  const counts = [
    counted(chains, 'chain'),
    counted(entries, 'right entry', 'right entries'),
    counted(heads, 'named head'),
    exitCode(found) === 0 || cards > 0 ? counted(cards, 'card') : 'answers to cards not compared',
  ].join(', ');
  if (chains === 0 && faults.length === 0)
    terminal.error('the journal holds nothing, so nothing can be said of it');
  terminal.log(exitCode(found) === 0 ? `${counts}: nothing was altered, removed or moved` : counts);
}
