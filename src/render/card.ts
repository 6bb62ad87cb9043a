/** Renders a verdict as a CDS Hooks card in the words of its library. The folder's public file. */

import { flatMap } from '../flat-map.js';
import type { Card, Coding } from '../cdshooks/protocol.js';
import type { Verdict } from '../decide/verdict.js';
import { reasonCode } from '../library/card.js';
import type { CodeIndex } from '../library/code-index.js';
import type { Library } from '../library/library.js';
import type { DraftOrder } from '../record/record.js';
import { suggestionsOf } from './suggestions.js';
import { coursesFound, type FoundCourses, orderInWords, witnessInWords } from './witness.js';
import { capitalised, cut, filled, fitted, listOf, wordsIn } from './words.js';

/** CDS Hooks 2.0: a summary is one sentence of less than 140 characters. */
export const SUMMARY_LIMIT = 139;

/** More words than this nobody reads while ordering. */
export const DETAIL_WORDS = 120;

export interface RenderContext {
  readonly library: Library;
  readonly codes: CodeIndex;
  /** Base of `source.url`; without a trailing slash. */
  readonly publicUrl: string;
  /** Base of topic and override-reason systems; without a trailing slash. */
  readonly canonicalUrl: string;
  readonly today: string;
  readonly uuid: () => string;
  /** What the call itself stops, and what it orders. */
  readonly stopped: ReadonlySet<unknown>;
  readonly ordered: ReadonlySet<unknown>;
  /** False for a draft without which its drug would be stopped at once, and is not to be. */
  readonly mayRemove: (order: DraftOrder) => boolean;
  /** False for a drug whose order would bring a critical card. */
  readonly mayAdd: (drug: string) => boolean;
}

export function renderCard(verdict: Verdict, context: RenderContext): Card {
  const { card } = verdict;
  const names = {
    this: listOf(verdict.this),
    other: listOf(verdict.other),
    order: listOf(verdict.orders[0]?.identity.drugs ?? []),
  };
  const suggestions = suggestionsOf(verdict, context);
  const uuid = context.uuid();
  const summary = cut(filled(card.summary[verdict.indicator], names), SUMMARY_LIMIT);
  const detail = detailOf(verdict, names, context);
  const { indicator } = verdict;
  const source = sourceOf(card.topic, card.title, context);
  const reasons = overrideReasons(card.topic, card.override, context);
  // Two literals: V8 puts a spread one together name by name.
  if (suggestions.length === 0) return { uuid, summary, detail, indicator, source, overrideReasons: reasons };
  return {
    uuid,
    summary,
    detail,
    indicator,
    source,
    suggestions,
    selectionBehavior: 'at-most-one',
    overrideReasons: reasons,
  };
}

export function sourceOf(
  topic: string,
  title: string,
  { library, publicUrl, canonicalUrl }: RenderContext,
): Card['source'] {
  return {
    label: library.publisher.label,
    url: `${publicUrl}/cards/${topic}`,
    topic: { system: `${canonicalUrl}/topics`, code: topic, display: title },
  };
}

/** The reasons of a card are the same for every call. */
const codedBefore = new WeakMap<readonly string[], ReasonsOfTopic>();

interface ReasonsOfTopic {
  readonly topic: string;
  readonly canonicalUrl: string;
  readonly coded: readonly Coding[];
}

export function overrideReasons(
  topic: string,
  reasons: readonly string[],
  { canonicalUrl }: Pick<RenderContext, 'canonicalUrl'>,
): readonly Coding[] {
  const known = codedBefore.get(reasons);
  if (known?.topic === topic && known.canonicalUrl === canonicalUrl) return known.coded;
  const coded = codedReasons(topic, reasons, canonicalUrl);
  codedBefore.set(reasons, { topic, canonicalUrl, coded });
  return coded;
}

function codedReasons(topic: string, reasons: readonly string[], canonicalUrl: string): readonly Coding[] {
  return reasons.map((reason) => ({
    system: `${canonicalUrl}/override-reasons`,
    code: `${topic}-${reasonCode(reason)}`,
    display: capitalised(reason),
  }));
}

function headingOf(orders: Verdict['orders']): string {
  const heading = orders.every((order) => order.listed === true) ? 'Medication' : 'Order';
  return orders.length > 1 ? `${heading}s` : heading;
}

const NO_COURSES: FoundCourses = new Map();

function detailOf(verdict: Verdict, names: Readonly<Record<string, string>>, context: RenderContext): string {
  const { card, orders, also } = verdict;
  const said = [card.detail[verdict.indicator], ...also].map((sentence) => filled(sentence, names)).join(' ');
  const own = new Set<unknown>(orders.map((order) => order.resource));
  const found = verdict.witnesses.filter(
    (witness) => !own.has(witness.resource) || witness.elements.length > 0,
  );
  const witnesses = [...new Set(flatMap(found, (witness) => witnessInWords(witness, context)))];
  const byName =
    orders.some((order) => order.identity.byNameOnly) ||
    verdict.witnesses.some((witness) => witness.identity?.byNameOnly === true);
  const closing = byName ? ['Recognised by name only, without a known code.'] : [];
  const room = DETAIL_WORDS - wordsIn([said, ...closing].join(' '));
  const courses = orders.some(({ stop }) => stop) ? coursesFound(verdict.witnesses, own) : NO_COURSES;
  const ordered = orders.map((order) => orderInWords(order, context, courses));
  return [said, ...facts(headingOf(orders), ordered, witnesses, room), ...closing].join('\n\n');
}

/** The orders and the record, in at most `room` words; the record gives way first, the first of each never. */
function facts(
  heading: string,
  orders: readonly string[],
  witnesses: readonly string[],
  room: number,
): readonly string[] {
  const about = `**${heading}:** `;
  const record = '**In the record:** ';
  const least = witnesses.length === 0 ? 0 : wordsIn(`${record}${fitted(witnesses, 0)}`);
  const ordered = `${about}${fitted(orders, room - wordsIn(about) - least)}.`;
  if (witnesses.length === 0) return [ordered];
  return [ordered, `${record}${fitted(witnesses, room - wordsIn(ordered) - wordsIn(record))}.`];
}
