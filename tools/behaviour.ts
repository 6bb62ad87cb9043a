/** What a card does and says, as one hash: its form, the facts it asks, and the codes its names stand for. */

import { createHash } from 'node:crypto';
import { drugsNamed, problemsNamed } from '../src/library/argument.js';
import { type Card, namesIn } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { factsAsked } from './asked-of.js';

/** Two equal hashes: the card shows in the same situations and says the same. Dates, signatures and words of its page do not count. */
export function behaviourOf(card: Card, library: Library): string {
  const {
    version: _,
    revised: __,
    expires: ___,
    reviewer: ____,
    evidence: _____,
    claims: ______,
    why: _______,
    ...does
  } = card;
  const { facts, vocabulary } = library;
  const asked = [...factsAsked(card)].sort();
  const names = [...namesIn(card)].sort();
  const parts = {
    does,
    facts: asked.map((name) => ({ ...facts.get(name), line: 0, uses: [], asks: '', units: undefined })),
    drugs: names.flatMap((name) => drugsNamed(name, vocabulary)).map((name) => vocabulary.drugs.get(name)),
    classNames: names.flatMap((name) => vocabulary.classNames.get(name) ?? []),
    problems: names
      .flatMap((name) => problemsNamed(name, vocabulary))
      .map((name) => vocabulary.problems.get(name)),
    labs: names.map((name) => vocabulary.labs.get(name)),
    forms: names.map((name) => vocabulary.forms.get(name)),
    // Absent for most cards, whose hash does not change for it.
    routes: names.map((name) => vocabulary.routes.get(name)).find((codes) => codes !== undefined),
  };
  return createHash('sha256').update(JSON.stringify(parts, withoutLines)).digest('hex').slice(0, 16);
}

function withoutLines(key: string, value: unknown): unknown {
  return key === 'line' ? undefined : value;
}
