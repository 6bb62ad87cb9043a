/** What a decision says: the cards that hold, and the cards that could not be decided. */

import type { Indicator } from '../cdshooks/protocol.js';
import type { Card } from '../library/card.js';
import type { DraftOrder } from '../record/record.js';
import type { Missing, Witness } from './answer.js';

/** A card that holds, for the orders it is about. */
export interface Verdict {
  readonly card: Card;
  /** The order in focus first; more when drugs of the card are drafted together. */
  readonly orders: readonly DraftOrder[];
  readonly indicator: Indicator;
  /** Drug names for `{this}` and `{other}`. */
  readonly this: readonly string[];
  readonly other: readonly string[];
  readonly witnesses: readonly Witness[];
  /** The `also` sentences that hold. */
  readonly also: readonly string[];
}

/** A card, or a graver indicator of a shown card, that could not be decided for an order. */
export interface Undecided {
  readonly card: Card;
  readonly order: DraftOrder;
  readonly missing: readonly Missing[];
  /** The gravest it could have been. */
  readonly indicator: Indicator;
}

export interface Decision {
  readonly verdicts: readonly Verdict[];
  readonly undecided: readonly Undecided[];
  /** Cards that hold, and that a graver one says already. */
  readonly replaced: readonly Verdict[];
  /** Facts asked and resources handed to them: the shape of the work. */
  readonly counts: { readonly facts: number; readonly resources: number };
}
