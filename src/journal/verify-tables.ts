/** Holds the rows of cards and feedback against the entries they come from. */

import { entryName } from './entry.js';
import { fault, type JournalFault } from './verification.js';
import { cardsOf } from './verify-issued.js';
import { isOrphan, isThere, isWalked, pagesOf, type Tables } from './verify-places.js';

/** @returns the first row of `issued` that no entry gave out; what entries gave out is known to be there */
export async function addedCardFault(tables: Tables): Promise<JournalFault | undefined> {
  const { db, page, walked } = tables;
  const read = (after: string) =>
    db
      .selectFrom('issued')
      .leftJoin('entry', (join) =>
        join.onRef('entry.chain', '=', 'issued.chain').onRef('entry.seq', '=', 'issued.seq'),
      )
      .select(['issued.uuid', 'issued.chain', 'issued.seq', 'entry.kind', 'entry.body'])
      .where('issued.uuid', '>', after)
      .orderBy('issued.uuid')
      .limit(page)
      .execute();
  for await (const rows of pagesOf(read, ({ uuid }) => uuid)) {
    for (const { uuid, kind, body, ...place } of rows) {
      if (kind === null || body === null) {
        if (!(await isOrphan('issued', uuid, place, tables))) continue;
        return fault(`issued ${uuid}`, 'altered', `was added: there is no entry ${entryName(place)}`);
      }
      if (!cardsOf({ kind, body }).includes(uuid)) {
        const message = `was altered or added: ${entryName(place)} did not give out this card`;
        return fault(`issued ${uuid}`, 'altered', message);
      }
    }
    walked(rows.length);
  }
  return undefined;
}

/** @returns the first row of `feedback` that has no entry, or entry without its row */
export async function feedbackFault(tables: Tables): Promise<JournalFault | undefined> {
  const { db, page, seen } = tables;
  const expectedRows = new Map(seen.feedback);
  const read = (after: string) =>
    db.selectFrom('feedback').selectAll().where('digest', '>', after).orderBy('digest').limit(page).execute();
  for await (const rows of pagesOf(read, ({ digest }) => digest)) {
    for (const row of rows) {
      const entry = expectedRows.get(row.digest);
      expectedRows.delete(row.digest);
      const isRight = entry !== undefined && entryName(entry) === entryName(row) && entry.card === row.card;
      if (!isRight && (isWalked(row, tables) || (await isOrphan('feedback', row.digest, row, tables)))) {
        return fault(
          `feedback ${row.digest}`,
          'altered',
          `was altered or added: ${entryName(row)} is not its entry`,
        );
      }
    }
  }
  for (const [digest, entry] of expectedRows) {
    if (await isThere(entry, tables)) {
      return fault(`feedback ${digest}`, 'missing', `is missing: ${entryName(entry)} is its entry`);
    }
  }
  return undefined;
}
