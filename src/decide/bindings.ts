/** What the key of a way binds: the order in focus, the two drugs, and the question the key itself asks. */

import { flatMap } from '../flat-map.js';
import { drugsNamed, type Duration } from '../library/argument.js';
import type { FactCall, Way } from '../library/card.js';
import { isAskedAt } from '../library/hooks-of-keys.js';
import { keyFacts } from '../library/load-facts.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder, DrugIdentity } from '../record/record.js';
import { type Answer, anyOf, both, type Missing, no, noneOf, type Witness, yes } from './answer.js';
import type { Asker, Binding } from './ask.js';
import type { RecordIndex } from './record-index.js';

export interface BoundWay {
  readonly way: Way;
  readonly binding: Binding;
  /** The partner's drug or class a `together` key looks for; undefined for keys that ask nothing. */
  readonly partner: string | undefined;
  /** The order in focus is the second drug of the key. */
  readonly flipped: boolean;
}

export function bindingsOf(way: Way, index: RecordIndex): readonly BoundWay[] {
  const { key } = way;
  if (!isAskedAt(key.kind, index.hook)) return [];
  switch (key.kind) {
    case 'ordering':
      return index.ordersOf(key.drug).map((order) => bind(way, order, key.drug, ''));
    case 'stopping':
      return index.stopsOf(key.drug).map((order) => bind(way, order, key.drug, ''));
    case 'taking':
      return index.takenOf(key.drug).map((order) => bind(way, order, key.drug, ''));
    case 'pair':
      return [
        ...index.ordersOf(key.drug).map((order) => bind(way, order, key.drug, key.other)),
        ...index.ordersOf(key.other).map((order) => bind(way, order, key.other, key.drug)),
      ];
    case 'together':
      return [
        ...index.ordersOf(key.drug).map((order) => bind(way, order, key.drug, key.other, key.other)),
        ...index.ordersOf(key.other).map((order) => ({
          ...bind(way, order, key.drug, key.other, key.drug),
          flipped: true,
        })),
      ];
  }
}

function bind(way: Way, order: DraftOrder, first: string, second: string, partner?: string): BoundWay {
  return { way, binding: { order, this: first, other: second }, partner, flipped: false };
}

/** Whether the key of a way asks a question of its own. */
export function asksItself({ way: { key }, partner }: BoundWay, hook: RecordIndex['hook']): boolean {
  if (key.kind === 'stopping') return hook === 'encounter-discharge';
  return key.kind === 'taking' || (key.kind === 'together' && partner !== undefined);
}

/** The key's own question: is the partner taken, or (for the second drug) did it end within the time given. */
export function partnersOf(bound: BoundWay, asker: Asker): Answer {
  const { way, binding, partner, flipped } = bound;
  if (!asksItself(bound, asker.index.hook)) return yes();
  if (way.key.kind === 'taking') return isTaken(bound, asker);
  if (way.key.kind === 'stopping') return endsAtDischarge(bound, asker);
  if (partner === undefined || way.key.kind !== 'together') return yes();
  const { within, notAs } = way.key;
  if (notAs !== undefined && flipped && binding.order.identity.forms.includes(notAs)) return no;
  const taking = asking(keyFacts.taking, partner, way);
  const asked = [asker.ask(taking, binding)];
  if (within !== undefined && !flipped) {
    asked.push(asker.ask(asking(keyFacts.ended, partner, way, within), binding));
  }
  const answer = anyOf(asked);
  if (notAs === undefined || flipped) return answer;
  return without(notAs, answer, asker.missing(taking, binding));
}

/** Whether the entry in focus is one that is taken. */
function isTaken({ way, binding }: BoundWay, asker: Asker): Answer {
  const answer = asker.ask(asking(keyFacts.taking, binding.this, way), binding);
  if (answer.is !== 'true') return answer;
  const own = answer.witnesses.filter(({ resource }) => resource === binding.order.resource);
  return own.length === 0 ? no : yes(own);
}

/** Nothing of the drug goes on after discharge. */
function endsAtDischarge({ way, binding }: BoundWay, asker: Asker): Answer {
  const ends = noneOf([asking(keyFacts.continued, binding.this, way)], (call) => asker.ask(call, binding));
  return binding.order.unsure === true ? both(ends, establishedUntold) : ends;
}

const establishedUntold: Answer = {
  is: 'unknown',
  missing: [{ what: 'when an earlier course was stopped or put on hold', why: 'is missing' }],
};

/** The questions of keys, which are the same in every call. */
const ofKeys = new WeakMap<Way, FactCall[]>();

function asking(fact: string, drug: string, way: Way, limit?: Duration): FactCall {
  const known = ofKeys.get(way) ?? [];
  const before = known.find((call) => call.fact === fact && isAbout(call, drug));
  if (before !== undefined) return before;
  const args = { drug: { kind: 'drug', name: drug } } as const;
  const made: FactCall = {
    fact,
    args: limit === undefined ? args : { ...args, limit: { kind: 'duration', duration: limit } },
    line: way.line,
  };
  ofKeys.set(way, [...known, made]);
  return made;
}

function isAbout({ args }: FactCall, drug: string): boolean {
  return args['drug']?.kind === 'drug' && args['drug'].name === drug;
}

/** The answer without the witnesses of a form that does not count; `missing` is what kept others from being found. */
function without(form: string, answer: Answer, missing: readonly Missing[]): Answer {
  if (answer.is !== 'true') return answer;
  const witnesses = answer.witnesses.filter(({ identity }) => identity?.forms.includes(form) !== true);
  if (witnesses.length > 0) return yes(witnesses);
  return missing.length > 0 ? { is: 'unknown', missing } : no;
}

/** Drug names for `{this}` and `{other}` in a card's words. */
export function namesOf(
  { way, binding, flipped }: BoundWay,
  partners: readonly Witness[],
  vocabulary: Vocabulary,
): { readonly this: readonly string[]; readonly other: readonly string[] } {
  const { key } = way;
  if (key.kind === 'pair') return { this: [binding.this], other: [binding.other] };
  const own = drugsWithin([binding.order.identity], flipped ? binding.other : binding.this, vocabulary);
  if (key.kind !== 'together') return { this: own, other: [] };
  const found = flatMap(partners, (partner) => partner.identity ?? []);
  const theirs = drugsWithin(found, flipped ? binding.this : binding.other, vocabulary);
  return flipped ? { this: theirs, other: own } : { this: own, other: theirs };
}

function drugsWithin(
  identities: readonly DrugIdentity[],
  name: string,
  vocabulary: Vocabulary,
): readonly string[] {
  const wanted = drugsNamed(name, vocabulary);
  return [...new Set(flatMap(identities, (identity) => identity.drugs))].filter((drug) =>
    wanted.includes(drug),
  );
}
