/** Holds the answers to cards, as figures and repeats look them up, against the entries of decisions and feedback. */

import type { Schema } from './schema.js';
import { entryName, type FeedbackEntry } from './entry.js';
import { answerRow, type GivenCard, givenCards } from './given-card.js';
import { fault, type JournalFault } from './verification.js';
import { isRow, isThere, isWalked, pagesOf, type Tables } from './verify-places.js';
import type { Answer } from './verify-seen.js';

type AnswerRow = Schema['answer'];

/** @returns the first row of `answer` that is not what the entries say, or the first answered card without one */
export async function answersFault(tables: Tables): Promise<JournalFault | undefined> {
  const { db, page, seen } = tables;
  const left = new Set(seen.answers.keys());
  const read = (after: string) =>
    db.selectFrom('answer').selectAll().where('card', '>', after).orderBy('card').limit(page).execute();
  for await (const rows of pagesOf(read, ({ card }) => card)) {
    const given = await givenCards(
      db,
      rows.map(({ card }) => card),
    );
    for (const row of rows) {
      left.delete(row.card);
      const found = await rowFault(row, given.get(row.card), tables);
      if (found !== undefined) return found;
    }
  }
  return missingFault([...left], tables);
}

async function rowFault(
  row: AnswerRow,
  given: GivenCard | undefined,
  tables: Tables,
): Promise<JournalFault | undefined> {
  const record = `answer ${row.card}`;
  if (given === undefined) {
    // All cards have their entries; one that was removed meanwhile went with its answer.
    return (await isRow('answer', row.card, tables))
      ? fault(record, 'altered', 'was added: no entry gave out this card')
      : undefined;
  }
  const answers = tables.seen.answers.get(row.card) ?? [];
  if (!answers.some((answer) => isOf(answer, row)) && !(await isAnsweredSince(row.card, tables))) {
    return fault(record, 'altered', `was altered: ${expected(answers)}`);
  }
  const right = answerRow(given, answerIn(row));
  const column = (Object.keys(right) as (keyof AnswerRow)[]).find((name) => row[name] !== right[name]);
  if (column === undefined) return undefined;
  const says = `${entryName(given.entry)} says ${JSON.stringify(right[column])}`;
  return fault(record, 'altered', `was altered: ${says} for its ${column}`);
}

function answerIn({ outcome, outcome_at: outcomeAt, reason }: AnswerRow) {
  return { outcome: outcome as FeedbackEntry['outcome'], outcomeAt, reason };
}

function isOf({ outcome, outcomeAt, reason }: Answer, row: AnswerRow): boolean {
  return row.outcome === outcome && row.outcome_at === outcomeAt && row.reason === reason;
}

function expected([answer]: readonly Answer[]): string {
  return answer === undefined
    ? 'no entry says that the card was answered'
    : `the latest answer to the card says ${answer.outcome} at ${answer.outcomeAt}, reason ${JSON.stringify(answer.reason)}`;
}

/** Feedback may be kept longer than the card it answers. */
async function missingFault(cards: readonly string[], tables: Tables): Promise<JournalFault | undefined> {
  const { db, page } = tables;
  for (let from = 0; from < cards.length; from += page) {
    const given = await givenCards(db, cards.slice(from, from + page));
    for (const [card, { entry }] of given) {
      // A card that was removed meanwhile went with its answer.
      if ((await isRow('answer', card, tables)) || !(await isThere(entry, tables))) continue;
      const [answer] = tables.seen.answers.get(card) ?? [];
      const message = `is missing: an entry says that the card was ${answer?.outcome} at ${answer?.outcomeAt}`;
      return fault(`answer ${card}`, 'missing', message);
    }
  }
  return undefined;
}

async function isAnsweredSince(card: string, tables: Tables): Promise<boolean> {
  const rows = await tables.db
    .selectFrom('feedback')
    .select(['chain', 'seq'])
    .where('card', '=', card)
    .execute();
  for (const row of rows) {
    if (!isWalked(row, tables) && (await isThere(row, tables))) return true;
  }
  return false;
}
