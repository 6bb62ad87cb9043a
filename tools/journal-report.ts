/** `journal report`: what became of each card, week by week. */

import { parseArgs } from 'node:util';
import { drugsReaching } from '../src/decide/reach.js';
import { createConnection } from '../src/journal/connection.js';
import { openToRead } from '../src/journal/database.js';
import { type Figures, insights, type Insights } from '../src/journal/insights.js';
import { loadLibrary } from '../src/library/library.js';
import type { Terminal } from './check-cards.js';
import type { JournalSource } from './journal-source.js';
import { asCsv, asTable, counted, type Row } from './printed.js';

const columns = [
  'card',
  'week',
  'shown',
  'accepted',
  'overridden',
  'ignored',
  'median seconds',
  'orders',
  'per 100 orders',
  'reasons',
] as const;

/** @throws Error when `--weeks` is no number of weeks, or the journal cannot be read */
export async function report(
  { databaseUrl, cardsDir }: JournalSource,
  terminal: Terminal,
  args: readonly string[],
  clock: () => Date,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      weeks: { type: 'string', default: '26' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
    },
  });
  if (!/^[1-9]\d{0,3}$/.test(values.weeks)) throw new Error('--weeks: expected a number from 1 to 9999');
  const reaching = drugsReaching(loadLibrary(cardsDir));
  const connection = createConnection(databaseUrl, openToRead);
  try {
    const drugsOf = (topic: string) => reaching.get(topic);
    const found = await insights({ connection, drugsOf, clock }, Number(values.weeks));
    if (values.json) terminal.log(JSON.stringify(found, undefined, 2));
    else if (values.csv) terminal.log(asCsv(weekRows(found), columns));
    else terminal.log(readable(found));
  } finally {
    await connection.drop();
  }
  return 0;
}

function weekRows({ cards }: Insights): readonly Row[] {
  return cards.flatMap(({ topic, weeks }) => weeks.map((week) => rowOf(topic, week.week, week)));
}

function readable(found: Insights): string {
  const { since, until, calls, orders, cards } = found;
  const head = `${since} to ${until}: ${counted(calls, 'call')}, ${counted(orders, 'order')}`;
  if (cards.length === 0) return `${head}\nNo card was shown.`;
  const rows = cards.flatMap((card) => [
    rowOf(card.topic, 'all', card),
    ...card.weeks.map((week) => rowOf('', week.week, week)),
  ]);
  return `${head}\n\n${asTable(rows, columns)}`;
}

function rowOf(card: string, week: string, figures: Figures): Row {
  const { shown, accepted, overridden, ignored, medianSeconds, orders, per100Orders, reasons } = figures;
  return {
    card,
    week,
    shown,
    accepted,
    overridden,
    ignored,
    'median seconds': medianSeconds,
    orders,
    'per 100 orders': per100Orders,
    reasons: Object.entries(reasons)
      .map(([reason, count]) => `${reason} ${count}`)
      .join('; '),
  };
}
