/** Reads `evidence.yaml`: what the cards cite, and how sure we are of it. */

import { z } from 'zod';
import type { Card } from './card.js';
import { didYouMean, type Fault } from './fault.js';
import { readYamlFile, shapeOf } from './yaml-file.js';

const EVIDENCE_FILE = 'evidence.yaml';

const evidenceForm = z.strictObject({
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
  const cited = new Set(cards.flatMap((card) => card.evidence));
  for (const card of cards) {
    for (const key of card.evidence.filter((key) => !Object.hasOwn(value, key))) {
      faults.push({
        file: `${card.path}.yaml`,
        line: 1,
        message: `evidence "${key}" is not in ${EVIDENCE_FILE}${didYouMean(key, Object.keys(value))}`,
      });
    }
  }
  for (const key of Object.keys(value).filter((key) => !cited.has(key))) {
    faults.push({
      file: EVIDENCE_FILE,
      line: yaml.lineOf([key]),
      message: `"${key}" is cited by no card: remove it or cite it`,
    });
  }
  return { evidence: new Map(Object.entries(value)), faults };
}
