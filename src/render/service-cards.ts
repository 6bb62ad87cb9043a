/** The cards the service writes about its own work: what was not checked, not identified, or not shown in full. */

import { flatMap } from '../flat-map.js';
import type { Card, Indicator } from '../cdshooks/protocol.js';
import type { Undecided, Verdict } from '../decide/verdict.js';
import type { ServiceName, ServiceTopic } from '../library/service-cards.js';
import { overrideReasons, type RenderContext, sourceOf, SUMMARY_LIMIT } from './card.js';
import { cut, filled, listOf } from './words.js';

const TITLES_AT_MOST = 6;
const MISSING_AT_MOST = 3;

const UNKNOWN_DRUG = "an order's medication";

/**
 * @param undecided of the orders the library is about
 * @param unknown for each order whose drug nothing tells: why its medication could not be read
 * @returns no card when there are neither
 */
export function renderNotChecked(
  undecided: readonly Undecided[],
  context: RenderContext,
  unknown: readonly string[] = [],
): readonly Card[] {
  if (undecided.length + unknown.length === 0) return [];
  const missing = [
    ...flatMap(undecided, (entry) => entry.missing),
    ...unknown.map((why) => ({ what: UNKNOWN_DRUG, why })),
  ];
  const what = [...new Set(missing.map((item) => item.what))];
  const unread = [...new Set(missing.map((item) => `${item.what} (${item.why})`))];
  const gravest = [...undecided].sort((a, b) => gravity(b) - gravity(a));
  const titles = [...new Set(gravest.map(({ card }) => card.title))];
  if (unknown.length > 0) titles.push('all cards for the order whose medication could not be read');
  const drugs = [...new Set(flatMap(undecided, ({ order }) => order.identity.drugs))];
  if (unknown.length > 0) drugs.push('an order');
  return serviceCard('not-checked', context, {
    names: { drugs: listOf(drugs), missing: listOf(atMost(what, MISSING_AT_MOST)) },
    lines: [
      `**Could not be read:** ${unread.join('; ')}.`,
      `**Not checked:** ${atMost(titles, TITLES_AT_MOST).join('; ')}.`,
    ],
    indicator: undecided.some((entry) => entry.indicator === 'critical') ? 'warning' : 'info',
  });
}

function gravity({ indicator }: Undecided): number {
  return Number(indicator === 'critical');
}

/** @param resembled the names that the words of unidentified orders resemble */
export function renderNotIdentified(resembled: readonly string[], context: RenderContext): readonly Card[] {
  if (resembled.length === 0) return [];
  return serviceCard('not-identified', context, {
    names: { resembled: listOf([...new Set(resembled)]) },
    lines: [],
    indicator: 'info',
  });
}

/** @param drugs of the orders that name another patient */
export function renderOtherPatient(drugs: readonly string[], context: RenderContext): readonly Card[] {
  if (drugs.length === 0) return [];
  return serviceCard('other-patient', context, {
    names: { drugs: listOf([...new Set(drugs)]) },
    lines: [],
    indicator: 'warning',
  });
}

/** @param cut verdicts beyond the greatest number of cards for an order: named, never dropped */
export function renderMoreCards(cut: readonly Verdict[], context: RenderContext): readonly Card[] {
  return listOfCards('more-cards', cut, context);
}

/** @param again verdicts that the prescriber has overridden not long ago: named, never dropped */
export function renderRepeated(again: readonly Verdict[], context: RenderContext): readonly Card[] {
  return listOfCards('overridden-before', again, context);
}

function listOfCards(
  topic: 'more-cards' | 'overridden-before',
  verdicts: readonly Verdict[],
  context: RenderContext,
): readonly Card[] {
  if (verdicts.length === 0) return [];
  const named = verdicts.map(
    ({ card, indicator }) => `- [${card.title}](${context.publicUrl}/cards/${card.topic}) (${indicator})`,
  );
  return serviceCard(topic, context, {
    names: { count: String(verdicts.length) },
    lines: [[...new Set(named)].join('\n')],
    indicator: 'info',
  });
}

function serviceCard<Topic extends ServiceTopic>(
  topic: Topic,
  context: RenderContext,
  content: {
    readonly names: Readonly<Record<ServiceName<Topic>, string>>;
    readonly lines: readonly string[];
    readonly indicator: Indicator;
  },
): readonly Card[] {
  const words = context.library.serviceCards[topic];
  return [
    {
      uuid: context.uuid(),
      summary: cut(filled(words.summary, content.names), SUMMARY_LIMIT),
      detail: [filled(words.detail, content.names), ...content.lines].join('\n\n'),
      indicator: content.indicator,
      source: sourceOf(topic, words.title, context),
      overrideReasons: overrideReasons(topic, words.override, context),
    },
  ];
}

function atMost(items: readonly string[], limit: number): readonly string[] {
  const more = items.length - limit;
  return more > 0 ? [...items.slice(0, limit), `${more} more`] : items;
}
