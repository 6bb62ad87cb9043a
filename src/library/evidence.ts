/** Reads `evidence.yaml`: what the cards cite, and how sure we are of it. */

import { z } from 'zod';
import type { Card } from './card.js';
import { didYouMean, type Fault } from './fault.js';
import { cardPaths } from './card-files.js';
import { form } from './strict-form.js';
import { readYamlFile, shapeOf } from './yaml-file.js';

const EVIDENCE_FILE = 'evidence.yaml';

const evidenceForm = form({
  citation: z.string().min(1),
  used: z.string().min(1),
  certainty: z.string().min(1),
  edition: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceForm>;

/** Evidence by key. A key a card cites must exist, and every entry must be cited. */
export function loadEvidence(
  cardsDir: string,
  cards: readonly Card[],
): { evidence: ReadonlyMap<string, Evidence>; faults: Fault[] } {
  const yaml = readYamlFile(cardsDir, EVIDENCE_FILE);
  const { value, faults } = shapeOf(yaml, z.record(z.string(), evidenceForm));
  if (value === undefined) return { evidence: new Map(), faults };
  faults.push(...cards.flatMap((card) => uncitable(card, Object.keys(value), cardsDir)));
  const cited = new Set(cards.flatMap((card) => card.evidence));
  // A card that could not be read may cite what no other does.
  const uncited = cards.length < cardPaths(cardsDir).length ? [] : Object.keys(value);
  for (const key of uncited.filter((key) => !cited.has(key))) {
    faults.push({
      file: EVIDENCE_FILE,
      line: yaml.lineOf([key]),
      message: `"${key}" is cited by no card: remove it or cite it`,
    });
  }
  return { evidence: new Map(Object.entries(value)), faults };
}

function uncitable(card: Card, known: readonly string[], cardsDir: string): readonly Fault[] {
  const file = `${card.path}.yaml`;
  return card.evidence.flatMap((key, index) => {
    if (known.includes(key)) return [];
    const message = `evidence "${key}" is not in ${EVIDENCE_FILE}${didYouMean(key, known)}`;
    return [{ file, line: readYamlFile(cardsDir, file).lineOf(['evidence', index]), message }];
  });
}
