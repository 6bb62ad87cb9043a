/** One question on its way through the engine: the fact, its arguments, and what it is asked of. */

import type { ArgumentValue } from '../library/argument.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder } from '../record/record.js';
import type { CompiledFact } from './compile-facts.js';
import type { RecordIndex } from './record-index.js';

/** What the key of a card has bound: the order it is about, and the two drugs it speaks of. */
export interface Binding {
  readonly order: DraftOrder;
  /** Drug or class names standing for `{this}` and `{other}`. */
  readonly this: string;
  readonly other: string;
}

export type Arguments = Readonly<Record<string, ArgumentValue>>;

export interface Asking {
  readonly compiled: CompiledFact;
  readonly args: Arguments;
  readonly binding: Binding;
  readonly index: RecordIndex;
  readonly vocabulary: Vocabulary;
  readonly onFault: (fact: string, error: unknown) => void;
  readonly counts: { resources: number };
}
