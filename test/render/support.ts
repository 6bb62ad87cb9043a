/** Verdicts of the base library and what is needed to render them. */

import { createCodeIndex } from '../../src/library/code-index.js';
import type { Library } from '../../src/library/library.js';
import type { Verdict } from '../../src/decide/verdict.js';
import type { RenderContext } from '../../src/render/card.js';
import { draft } from '../decide/support.js';
import { cardText, type Files, libraryOf } from '../library/support.js';

export function contextOf(library: Library): RenderContext {
  return {
    library,
    codes: createCodeIndex(library.vocabulary),
    publicUrl: 'http://127.0.0.1:3000',
    canonicalUrl: 'https://cards.example',
    today: '2026-11-22',
    uuid: () => '00000000-0000-4000-8000-000000000001',
    stopped: new Set(),
    ordered: new Set(),
    mayRemove: () => true,
    mayAdd: () => true,
  };
}

/** A verdict of a card written as `parts`, about an order of baclofen. */
export function verdictOf(
  card: Parameters<typeof cardText>[0] = {},
  verdict: Partial<Verdict> = {},
  files: Files = {},
): { verdict: Verdict; context: RenderContext } {
  const library = libraryOf({ 'relaxants/baclofen.yaml': cardText(card), ...files });
  const found = library.cards.find(({ path }) => path === 'relaxants/baclofen');
  if (found === undefined) throw new Error('the card is not in the library');
  return {
    verdict: {
      card: found,
      orders: [draft('baclofen')],
      indicator: 'warning',
      this: ['baclofen'],
      other: ['cyclobenzaprine'],
      witnesses: [],
      also: [],
      ...verdict,
    },
    context: contextOf(library),
  };
}
