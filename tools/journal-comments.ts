/** `journal comments`: what prescribers wrote when they answered cards. */

import { parseArgs } from 'node:util';
import { type Comment, readComments } from '../src/journal/comments.js';
import type { Terminal } from './check-cards.js';
import { type JournalSource, keysOf, withJournal } from './journal-source.js';
import { asCsv, asTable, printable, type Row } from './printed.js';

const columns = ['time', 'topic', 'outcome', 'reason', 'card', 'comment'] as const;

/** Exit code: 0, or 2 when another key encrypted some of them. */
export async function comments(
  source: JournalSource,
  terminal: Terminal,
  args: readonly string[],
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, csv: { type: 'boolean', default: false } },
  });
  const found = await withJournal(source, ({ db }) => readComments(db, keysOf(source)));
  const unread = found.filter(({ comment }) => comment === undefined).length;
  if (values.json) terminal.log(JSON.stringify(found.map(asJson), undefined, 2));
  else if (values.csv) terminal.log(asCsv(found.map(printed), columns));
  else if (found.length === 0) terminal.log('No comment was written.');
  else terminal.log(asTable(found.map(printed), columns));
  if (unread > 0) {
    terminal.error(
      `${unread} of ${found.length} encrypted with another key; give the key that the service had then in JOURNAL_KEY`,
    );
  }
  return unread > 0 ? 2 : 0;
}

function asJson({
  comment = null,
  ...rest
}: Omit<Comment, 'comment'> & { comment?: string | null | undefined }) {
  return { ...rest, comment };
}

function rowOf({ at, topic, outcome, reason, card, comment }: Comment): Row {
  return { time: at, topic, outcome, reason, card, comment: comment ?? '(encrypted with another key)' };
}

function printed(comment: Comment): Row {
  return Object.fromEntries(
    Object.entries(rowOf(comment)).map(([column, cell]) => [column, printable(String(cell))]),
  );
}
