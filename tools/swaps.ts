/** What the name in a question or a key is swapped for, to see whether some case notices. */

import { drugsNamed, fillName, type NamedKind, namesOf, problemsNamed } from '../src/library/argument.js';
import { drugsOfKey, type Key } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';

/** What there is to swap a name for, and the keys that bind `{this}` and `{other}` where it stands. */
export interface Names extends Pick<Library, 'vocabulary' | 'facts'> {
  readonly keys: readonly Key[];
}

/** What a name bound by a key is swapped for: the other drug of the pair. */
export const boundSwaps: Readonly<Record<string, string>> = {
  '{this}': '{other}',
  '{other}': '{this}',
  'fits {this}': 'fits {other}',
  'fits {other}': 'fits {this}',
};

/**
 * Another name of the same kind that shares nothing with it; for a name bound by a key also the other bound one, and none
 * that shares anything with either: to a fact that is the same for both the two would be one.
 */
export function swapped(
  kind: NamedKind,
  name: string,
  names: Names,
): readonly { readonly name: string; readonly change: string }[] {
  const members = membersOf(kind, name, names);
  const other = namesOf(kind, names.vocabulary).find((candidate) =>
    membersOf(kind, candidate, names).every((member) => !members.includes(member)),
  );
  const swaps = [boundSwaps[name], other].filter((swap) => swap !== undefined);
  return swaps.map((swap) => ({ name: swap, change: `${name} swapped for ${swap}` }));
}

function membersOf(kind: NamedKind, name: string, names: Names): readonly string[] {
  const { vocabulary, keys } = names;
  if (name in boundSwaps)
    return keys.flatMap((key) => {
      const [first = '', second = ''] = drugsOfKey(key);
      return [fillName(name, first, second), fillName(name, second, first)].flatMap((one) =>
        membersOf(kind, one, names),
      );
    });
  if (kind === 'drug') return drugsNamed(name, vocabulary);
  return kind === 'problem' ? problemsNamed(name, vocabulary) : [name];
}
