/** The one card that says which checks could not be made, and why: never silent, never claiming a check. */

import type { Card } from '../cdshooks/protocol.js';
import type { Undecided } from '../decide/verdict.js';
import { overrideReasons, type RenderContext, sourceOf, SUMMARY_LIMIT } from './card.js';
import { cut, filled, listOf } from './words.js';

const TOPIC = 'not-checked';
const TITLES_AT_MOST = 6;

/** @param undecided of the orders the library is about; no card when there are none */
export function renderNotChecked(undecided: readonly Undecided[], context: RenderContext): readonly Card[] {
  if (undecided.length === 0) return [];
  const words = context.library.serviceCards[TOPIC];
  const drugs = [...new Set(undecided.flatMap(({ order }) => order.identity.drugs))];
  const missing = undecided.flatMap((entry) => entry.missing);
  const what = [...new Set(missing.map((item) => item.what))];
  const summary = filled(words.summary, { drugs: listOf(drugs), missing: listOf(what) });
  return [
    {
      uuid: context.uuid(),
      summary: cut(summary, SUMMARY_LIMIT),
      detail: [words.detail, ...linesOf(undecided)].join('\n\n'),
      indicator: undecided.some((entry) => entry.indicator === 'critical') ? 'warning' : 'info',
      source: sourceOf(TOPIC, words.title, context),
      overrideReasons: overrideReasons(TOPIC, words.override, context),
    },
  ];
}

function linesOf(undecided: readonly Undecided[]): readonly string[] {
  const missing = undecided.flatMap((entry) => entry.missing);
  const unread = [...new Set(missing.map(({ what, why }) => `${what} (${why})`))];
  const gravest = [...undecided].sort(
    (a, b) => Number(b.indicator === 'critical') - Number(a.indicator === 'critical'),
  );
  const titles = [...new Set(gravest.map(({ card }) => card.title))];
  const more = titles.length - TITLES_AT_MOST;
  const named = titles.slice(0, TITLES_AT_MOST).join('; ');
  return [
    `**Could not be read:** ${unread.join('; ')}.`,
    `**Not checked:** ${named}${more > 0 ? `; and ${more} more` : ''}.`,
  ];
}
