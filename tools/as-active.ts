/** A card that is not active yet, or no longer, in the place it has or had among the others. */

import type { Pipeline } from '../src/pipeline.js';

const known = new WeakMap<Pipeline, Map<string, Pipeline>>();

/** The same pipeline, in which the card at `path` is active: what its cases say is said of it so. */
export function asActive(pipeline: Pipeline, path: string): Pipeline {
  const { cards } = pipeline.library;
  const card = cards.find((one) => one.path === path);
  if (card === undefined || card.status === 'active') return pipeline;
  const made = known.get(pipeline) ?? new Map<string, Pipeline>();
  known.set(pipeline, made);
  const active = { ...card, status: 'active' as const };
  const changed = made.get(path) ?? pipeline.withCards(cards.map((one) => (one === card ? active : one)));
  made.set(path, changed);
  return changed;
}
