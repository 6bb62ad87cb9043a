/** What the key of a way binds: the order in focus, the two drugs, and the question the key itself asks. */

import { drugsNamed } from '../library/argument.js';
import type { FactCall, Way } from '../library/card.js';
import { keyFacts } from '../library/load-facts.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder, DrugIdentity } from '../record/record.js';
import { type Answer, anyOf, type Missing, no, type Witness, yes } from './answer.js';
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

export function bindingsOf(way: Way, index: RecordIndex, vocabulary: Vocabulary): readonly BoundWay[] {
  const { key } = way;
  const orders = index.record.drafts.filter((draft) => draft.judged && !draft.stop);
  const about = (drafts: readonly DraftOrder[], name: string): readonly DraftOrder[] =>
    drafts.filter((draft) => isOf(draft.identity, name, vocabulary));
  switch (key.kind) {
    case 'ordering':
      return about(orders, key.drug).map((order) => bind(way, order, key.drug, ''));
    case 'stopping':
      return about(index.stops(), key.drug).map((order) => bind(way, order, key.drug, ''));
    case 'pair':
      return [
        ...about(orders, key.drug).map((order) => bind(way, order, key.drug, key.other)),
        ...about(orders, key.other).map((order) => bind(way, order, key.other, key.drug)),
      ];
    case 'together':
      return [
        ...about(orders, key.drug).map((order) => bind(way, order, key.drug, key.other, key.other)),
        ...about(orders, key.other).map((order) => ({
          ...bind(way, order, key.drug, key.other, key.drug),
          flipped: true,
        })),
      ];
  }
}

function bind(way: Way, order: DraftOrder, first: string, second: string, partner?: string): BoundWay {
  return { way, binding: { order, this: first, other: second }, partner, flipped: false };
}

function isOf(identity: DrugIdentity, name: string, vocabulary: Vocabulary): boolean {
  return drugsNamed(name, vocabulary).some((drug) => identity.drugs.includes(drug));
}

/** The key's own question: is the partner taken, or (for the second drug) did it end within the time given. */
export function partnersOf(bound: BoundWay, asker: Asker): Answer {
  const { way, binding, partner, flipped } = bound;
  if (partner === undefined || way.key.kind !== 'together') return yes();
  const { within, notAs } = way.key;
  if (notAs !== undefined && flipped && binding.order.identity.forms.includes(notAs)) return no;
  const drug = { kind: 'drug', name: partner } as const;
  const taking: FactCall = { fact: keyFacts.taking, args: { drug }, line: way.line };
  const asked = [asker.ask(taking, binding)];
  if (within !== undefined && !flipped) {
    const limit = { kind: 'duration', duration: within } as const;
    asked.push(asker.ask({ fact: keyFacts.ended, args: { drug, limit }, line: way.line }, binding));
  }
  const answer = anyOf(asked);
  if (notAs === undefined || flipped) return answer;
  return without(notAs, answer, asker.missing(taking, binding));
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
  const found = partners.flatMap((partner) => partner.identity ?? []);
  const theirs = drugsWithin(found, flipped ? binding.this : binding.other, vocabulary);
  return flipped ? { this: theirs, other: own } : { this: own, other: theirs };
}

function drugsWithin(
  identities: readonly DrugIdentity[],
  name: string,
  vocabulary: Vocabulary,
): readonly string[] {
  const wanted = drugsNamed(name, vocabulary);
  return [...new Set(identities.flatMap((identity) => identity.drugs))].filter((drug) =>
    wanted.includes(drug),
  );
}
