/** Mutants of a card: one condition dropped, one threshold moved by one, one name swapped, one promise taken back. */

import type { ArgumentValue } from '../src/library/argument.js';
import type { Card, Conditions, FactCall, Key, Way } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { boundSwaps, type Names, swapped } from './swaps.js';

export interface Mutant {
  readonly kind: 'condition' | 'threshold' | 'name' | 'promise';
  /** What was changed, in words. */
  readonly change: string;
  readonly card: Card;
}

type Change<T> = Omit<Mutant, 'card'> & { readonly to: T };

export function mutantsOf(card: Card, { vocabulary, facts }: Library): readonly Mutant[] {
  const names: Names = { vocabulary, facts, keys: card.ways.map(({ key }) => key) };
  const ways = inList(
    card.ways,
    'way',
    (way) => wayChanges(way, { ...names, keys: [way.key] }),
    card.ways.length > 1,
  );
  const indicators = inList(
    card.indicator.slice(0, -1),
    'indicator',
    (entry) => conditionChanges(entry, names),
    true,
  );
  const also = inList(
    card.also,
    'sentence',
    (sentence) => [...conditionChanges(sentence, names), ...unrecommended(sentence)],
    true,
  );
  const last = card.indicator.slice(-1);
  return [
    ...ways.map(({ to, ...rest }) => ({ ...rest, card: { ...card, ways: to } })),
    ...indicators.map(({ to, ...rest }) => ({ ...rest, card: { ...card, indicator: [...to, ...last] } })),
    ...also.map(({ to, ...rest }) => ({ ...rest, card: { ...card, also: to } })),
    ...promises(card),
  ];
}

/** Every change of one element of a list, and, when asked for, the list without it. */
function inList<T>(
  list: readonly T[],
  what: string,
  changes: (item: T) => readonly Change<T>[],
  dropping: boolean,
): readonly Change<readonly T[]>[] {
  return list.flatMap((item, index) => {
    const within = changes(item).map(({ to, ...rest }) => ({
      ...rest,
      change: `${what} ${index + 1}: ${rest.change}`,
      to: list.with(index, to),
    }));
    const dropped = {
      kind: 'condition' as const,
      change: `${what} ${index + 1} dropped`,
      to: list.toSpliced(index, 1),
    };
    return dropping ? [...within, dropped] : within;
  });
}

function wayChanges(way: Way, names: Names): readonly Change<Way>[] {
  const keys = keyChanges(way.key, names).map(({ to, ...rest }) => ({
    ...rest,
    to: { ...way, key: to },
  }));
  const plain =
    way.indicator === undefined
      ? []
      : [
          {
            kind: 'promise' as const,
            change: `indicator ${way.indicator} dropped`,
            to: { ...way, indicator: undefined },
          },
        ];
  return [...keys, ...plain, ...conditionChanges(way, names)];
}

function keyChanges(key: Key, names: Names): readonly Change<Key>[] {
  const drugs = swapped('drug', key.drug, names).map(({ name, change }) => ({
    kind: 'name' as const,
    change,
    to: { ...key, drug: name },
  }));
  if (!('other' in key)) return drugs;
  const others = swapped('drug', key.other, names).map(({ name, change }) => ({
    kind: 'name' as const,
    change,
    to: { ...key, other: name },
  }));
  if (key.kind === 'pair') return others.length > 0 ? [...drugs, ...others] : drugs;
  const { within } = key;
  const moved =
    within === undefined
      ? []
      : [-1, 1].map((by) => ({
          kind: 'threshold' as const,
          change: `within ${within.value} ${within.unit} moved by ${by}`,
          to: { ...key, within: { ...within, value: within.value + by } },
        }));
  const dropped =
    within === undefined
      ? []
      : [{ kind: 'condition' as const, change: 'within dropped', to: { ...key, within: undefined } }];
  const anyForm =
    key.notAs === undefined
      ? []
      : [{ kind: 'condition' as const, change: 'not as dropped', to: { ...key, notAs: undefined } }];
  return [...drugs, ...others, ...moved, ...dropped, ...anyForm];
}

function conditionChanges<T extends Conditions>(conditions: T, names: Names): readonly Change<T>[] {
  return (['all', 'any', 'unless'] as const).flatMap((part) =>
    inList(conditions[part], part, (call) => callChanges(call, names), true).map(({ to, ...rest }) => ({
      ...rest,
      to: { ...conditions, [part]: to },
    })),
  );
}

function callChanges(call: FactCall, names: Names): readonly Change<FactCall>[] {
  const isSymmetric = names.facts.get(call.fact)?.symmetric === true;
  return Object.entries(call.args).flatMap(([name, value]) =>
    argumentChanges(value, names)
      .filter(({ to }) => !(isSymmetric && 'name' in to && to.name in boundSwaps))
      .map(({ to, ...rest }) => ({
        ...rest,
        change: `"${call.fact}" ${rest.change}`,
        to: { ...call, args: { ...call.args, [name]: to } },
      })),
  );
}

function argumentChanges(value: ArgumentValue, names: Names): readonly Change<ArgumentValue>[] {
  switch (value.kind) {
    case 'duration':
      return [-1, 1].map((by) => ({
        kind: 'threshold',
        change: `${value.duration.value} ${value.duration.unit} moved by ${by}`,
        to: { ...value, duration: { ...value.duration, value: value.duration.value + by } },
      }));
    case 'number':
      return [-1, 1].map((by) => ({
        kind: 'threshold',
        change: `${value.amount.value} moved by ${by}`,
        to: { ...value, amount: { ...value.amount, value: value.amount.value + by } },
      }));
    case 'words':
      return value.words.map((word, index) => ({
        kind: 'name',
        change: `word ${word} dropped`,
        to: { ...value, words: value.words.toSpliced(index, 1) },
      }));
    case 'word':
      return [];
    default:
      return swapped(value.kind, value.name, names).map(({ name, change }) => ({
        kind: 'name',
        change,
        to: { ...value, name },
      }));
  }
}

function unrecommended(sentence: Card['also'][number]): readonly Change<Card['also'][number]>[] {
  return sentence.recommends === undefined
    ? []
    : [{ kind: 'condition', change: 'recommends dropped', to: { ...sentence, recommends: undefined } }];
}

function promises(card: Card): readonly Mutant[] {
  // Cases of other cards are judged without those that are not active: what it would replace is still shown there.
  const replaces = (card.status === 'active' ? card.replaces : []).map((path, index) => ({
    kind: 'promise' as const,
    change: `no longer replaces ${path}`,
    card: { ...card, replaces: card.replaces.toSpliced(index, 1) },
  }));
  const offers = card.suggest.map((_, index) => ({
    kind: 'promise' as const,
    change: `suggestion ${index + 1} dropped`,
    card: { ...card, suggest: card.suggest.toSpliced(index, 1) },
  }));
  const always = card.suggest.flatMap((entry, index) =>
    entry.at === undefined
      ? []
      : [
          {
            kind: 'promise' as const,
            change: `suggestion ${index + 1} at any indicator`,
            card: { ...card, suggest: card.suggest.with(index, { ...entry, at: undefined }) },
          },
        ],
  );
  return [...replaces, ...offers, ...always];
}
