/** Whether what cards replace can be left out: a graver card says it already, and no card is silenced for good. */

import type { Card } from './card.js';
import { didYouMean, type Fault } from './fault.js';
import { compareIndicators, gravestOf, indicatorsOf, mildestOf } from './indicators.js';
import type { YamlFile } from './yaml-file.js';

/** A card and the file it was read from. */
export interface ReadCard {
  readonly card: Card;
  readonly yaml: YamlFile;
}

/**
 * @param read the cards whose form is sound
 * @param paths of all cards
 */
export function replacingFaults(read: readonly ReadCard[], paths: readonly string[]): readonly Fault[] {
  const byPath = new Map(read.map(({ card }) => [card.path, card]));
  return read.flatMap(({ card, yaml }) =>
    card.replaces.flatMap((replaced, index) => {
      const message = paths.includes(replaced)
        ? wrongWith(card, byPath.get(replaced), byPath)
        : `no card is named "${replaced}"${didYouMean(replaced, paths)}`;
      return message === undefined
        ? []
        : [{ file: yaml.file, line: yaml.lineOf(['replaces', index]), message }];
    }),
  );
}

/** @param replaced undefined when its form is not sound, which is told of itself */
function wrongWith(
  card: Card,
  replaced: Card | undefined,
  byPath: ReadonlyMap<string, Card>,
): string | undefined {
  if (replaced === undefined) return undefined;
  if (replaced === card) return 'replaces itself, and so would never be shown: take it out';
  if (reached(replaced, byPath).has(card.path))
    return `replaces "${replaced.path}", which in turn replaces this card: neither would be shown; keep one of the two`;
  const mildest = mildestOf(indicatorsOf(card));
  const gravest = gravestOf(indicatorsOf(replaced));
  return compareIndicators(mildest, gravest) >= 0
    ? undefined
    : `replaces "${replaced.path}", which can be ${gravest}, while this card can be as mild as ${mildest}: expected one that is always at least as grave`;
}

/** Paths of what a card replaces, and of what those replace. */
function reached(from: Card, byPath: ReadonlyMap<string, Card>): ReadonlySet<string> {
  const paths = new Set(from.replaces);
  // What is added while a set is walked through is walked through as well.
  for (const path of paths) for (const next of byPath.get(path)?.replaces ?? []) paths.add(next);
  return paths;
}
