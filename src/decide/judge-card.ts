/** Judges one card for every order it can be about: each way in three values, the gravest true way's indicator. */

import { flatMap } from '../flat-map.js';
import type { Indicator } from '../cdshooks/protocol.js';
import type { Card, Conditional, Conditions, FactCall, Way } from '../library/card.js';
import { compareIndicators, gravestOf, indicatorsOf, indicatorsOfWay } from '../library/indicators.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder } from '../record/record.js';
import { allOf, type Answer, anyOf, both, type Missing, noneOf, type Witness, yes } from './answer.js';
import type { Asker, Binding } from './ask.js';
import { bindingsOf, type BoundWay, namesOf, partnersOf } from './bindings.js';
import type { Undecided, Verdict } from './verdict.js';

export interface Judging {
  readonly asker: Asker;
  readonly vocabulary: Vocabulary;
  readonly recommended: (drug: string) => boolean;
  /** Ways below this indicator are not asked (a hypothetical order is judged for critical cards only). */
  readonly least: Indicator;
}

interface JudgedWay {
  readonly bound: BoundWay;
  readonly answer: Answer;
  readonly partners: readonly Witness[];
  /** Of this way if it is true; the gravest possible if it is unknown. */
  readonly indicator: Indicator;
}

interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly undecided: readonly Undecided[];
}

const nothingHolds: Judged = { verdicts: [], undecided: [] };

export function judgeCard(card: Card, judging: Judging): Judged {
  const ways = flatMap(card.ways, (way) =>
    flatMap(bindingsOf(way, judging.asker.index), (bound) => judgeWay(card, bound, judging) ?? []),
  );
  if (ways.length === 0) return nothingHolds;
  const verdicts: Verdict[] = [];
  const undecided: Undecided[] = [];
  for (const [order, ofOrder] of byOrder(ways)) {
    const verdict = verdictOf(card, ofOrder, judging);
    if (verdict !== undefined) verdicts.push(verdict);
    const open = openWays(ofOrder, verdict?.indicator);
    if (open.length > 0)
      undecided.push({
        card,
        order,
        missing: missingOf(open),
        indicator: gravestOf(open.map((way) => way.indicator)),
      });
  }
  return { verdicts, undecided };
}

function byOrder(ways: readonly JudgedWay[]): ReadonlyMap<DraftOrder, readonly JudgedWay[]> {
  const groups = new Map<DraftOrder, JudgedWay[]>();
  for (const way of ways) {
    const { order } = way.bound.binding;
    const group = groups.get(order);
    if (group === undefined) groups.set(order, [way]);
    else group.push(way);
  }
  return groups;
}

/** The gravest that some way of the card could make it. */
export function gravestPossible(card: Card): Indicator {
  return gravestOf(indicatorsOf(card));
}

function gravestOfWay(way: Way, card: Card): Indicator {
  return gravestOf(indicatorsOfWay(way, card));
}

function judgeWay(card: Card, bound: BoundWay, judging: Judging): JudgedWay | undefined {
  const { asker } = judging;
  const gravest = gravestOfWay(bound.way, card);
  if (compareIndicators(gravest, judging.least) < 0) return undefined;
  const partners = partnersOf(bound, asker);
  if (partners.is === 'false') return undefined;
  const answer = both(partners, holds(bound.way, bound.binding, asker));
  if (answer.is === 'false') return undefined;
  const found = partners.is === 'true' ? partners.witnesses : [];
  if (answer.is === 'unknown') return { bound, answer, partners: found, indicator: gravest };
  if (bound.way.indicator !== undefined)
    return { bound, answer, partners: found, indicator: bound.way.indicator };
  const { indicator, witnesses } = indicatorOf(card.indicator, bound.binding, asker);
  return { bound, answer: yes([...answer.witnesses, ...witnesses]), partners: found, indicator };
}

/** The conditions of a way, an indicator or a sentence; asks no more than the answer needs. */
export function holds(conditions: Conditions, binding: Binding, asker: Asker): Answer {
  const ask = (call: FactCall): Answer => asker.ask(call, binding);
  const all = allOf(conditions.all, ask);
  if (all.is === 'false') return all;
  const some = conditions.any.length === 0 ? all : both(all, anyOf(conditions.any.map(ask)));
  return some.is === 'false' ? some : both(some, noneOf(conditions.unless, ask));
}

/** First that holds; when one cannot be told, the graver of it and what follows: never understated. */
function indicatorOf(
  entries: readonly Conditional<Indicator>[],
  binding: Binding,
  asker: Asker,
): { readonly indicator: Indicator; readonly witnesses: readonly Witness[] } {
  const possible: Indicator[] = [];
  for (const entry of entries) {
    const answer = holds(entry, binding, asker);
    if (answer.is !== 'false') possible.push(entry.value);
    if (answer.is === 'true') return { indicator: gravestOf(possible), witnesses: answer.witnesses };
  }
  return { indicator: gravestOf(possible), witnesses: [] };
}

function verdictOf(card: Card, ways: readonly JudgedWay[], judging: Judging): Verdict | undefined {
  const held = ways.filter((way) => way.answer.is === 'true');
  const first = held[0];
  if (first === undefined) return undefined;
  const witnesses = flatMap(held, (way) => (way.answer.is === 'true' ? way.answer.witnesses : []));
  const also = saidAlso(card, first.bound.binding, judging);
  const indicator = gravestOf(held.map((way) => way.indicator));
  // What makes the card as grave as it is; the others stand among its witnesses.
  const gravest = held.filter((way) => way.indicator === indicator);
  const names = namesOfAll(gravest, judging.vocabulary);
  return {
    card,
    orders: [first.bound.binding.order],
    indicator,
    this: names.this,
    other: names.other,
    witnesses: unique([...witnesses, ...flatMap(also, (sentence) => sentence.witnesses)]),
    also: also.map((sentence) => sentence.text),
  };
}

/** A pair is named as its first true way binds it; other keys name every partner found. */
function namesOfAll(held: readonly JudgedWay[], vocabulary: Vocabulary): Pick<Verdict, 'this' | 'other'> {
  const counted = held[0]?.bound.way.key.kind === 'pair' ? held.slice(0, 1) : held;
  const names = counted.map(({ bound, partners }) => namesOf(bound, partners, vocabulary));
  return {
    this: [...new Set(flatMap(names, (name) => name.this))],
    other: [...new Set(flatMap(names, (name) => name.other))],
  };
}

function saidAlso(
  card: Card,
  binding: Binding,
  judging: Judging,
): readonly { text: string; witnesses: readonly Witness[] }[] {
  return flatMap(card.also, (sentence) => {
    const answer = holds(sentence, binding, judging.asker);
    if (answer.is !== 'true') return [];
    if (sentence.recommends !== undefined && !judging.recommended(sentence.recommends)) return [];
    return [{ text: sentence.value, witnesses: answer.witnesses }];
  });
}

/** One witness for each resource, with every element any fact returned of it. */
function unique(witnesses: readonly Witness[]): readonly Witness[] {
  const byResource = new Map<unknown, Witness>();
  for (const witness of witnesses) {
    const earlier = byResource.get(witness.resource);
    // Most have none: thousands of them shall cost nothing.
    const all = [...(earlier?.elements ?? []), ...witness.elements];
    byResource.set(
      witness.resource,
      all.length === 0 ? witness : { ...witness, elements: [...new Set(all)] },
    );
  }
  return [...byResource.values()];
}

/** Unknown ways that would make the card show, or show graver than it does. */
function openWays(ways: readonly JudgedWay[], shown: Indicator | undefined): readonly JudgedWay[] {
  return ways.filter(
    (way) =>
      way.answer.is === 'unknown' && (shown === undefined || compareIndicators(way.indicator, shown) > 0),
  );
}

function missingOf(ways: readonly JudgedWay[]): readonly Missing[] {
  const missing = flatMap(ways, (way) => (way.answer.is === 'unknown' ? way.answer.missing : []));
  return [...new Map(missing.map((item) => [`${item.what}|${item.why}`, item])).values()];
}
