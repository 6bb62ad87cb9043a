/** How grave a card can be. */

import type { Indicator } from '../cdshooks/protocol.js';
import type { Card, Way } from './card.js';

const gravity: Readonly<Record<Indicator, number>> = { info: 0, warning: 1, critical: 2 };

/** Positive when `a` is graver than `b`. */
export function compareIndicators(a: Indicator, b: Indicator): number {
  return gravity[a] - gravity[b];
}

export function gravestOf(indicators: readonly Indicator[]): Indicator {
  return indicators.reduce(
    (gravest, next) => (compareIndicators(next, gravest) > 0 ? next : gravest),
    'info',
  );
}

export function mildestOf(indicators: readonly Indicator[]): Indicator {
  return indicators.reduce(
    (mildest, next) => (compareIndicators(next, mildest) < 0 ? next : mildest),
    'critical',
  );
}

/** Those that a card can have by one of its ways: the way's, or its own where the way has none. */
export function indicatorsOfWay(way: Way, { indicator }: Pick<Card, 'indicator'>): readonly Indicator[] {
  return way.indicator === undefined ? indicator.map(({ value }) => value) : [way.indicator];
}

/** Every one that a card can have, each once. */
export function indicatorsOf(card: Pick<Card, 'ways' | 'indicator'>): readonly Indicator[] {
  return [...new Set(card.ways.flatMap((way) => indicatorsOfWay(way, card)))];
}
