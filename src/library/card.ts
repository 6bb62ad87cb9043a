/** A card of the library: one YAML form in plain words, read into values. */

import type { HookName, Indicator } from '../cdshooks/protocol.js';
import type { ArgumentValue, Duration } from './argument.js';

/** One question as a card asks it. */
export interface FactCall {
  readonly fact: string;
  readonly args: Readonly<Record<string, ArgumentValue>>;
  readonly line: number;
}

/** All of `all`, at least one of `any` (when there are any), none of `unless`. */
export interface Conditions {
  readonly all: readonly FactCall[];
  readonly any: readonly FactCall[];
  readonly unless: readonly FactCall[];
}

/** What makes a card reachable: a drug in the call, and what it binds. */
export type Key =
  | { readonly kind: 'ordering' | 'stopping' | 'taking'; readonly drug: string }
  | {
      readonly kind: 'together';
      readonly drug: string;
      readonly other: string;
      /** A course of `other` that ended within this time still counts. */
      readonly within: Duration | undefined;
      /** A form of `other` that does not count (eye drops, for example). */
      readonly notAs: string | undefined;
    }
  | { readonly kind: 'pair'; readonly drug: string; readonly other: string };

export interface Way extends Conditions {
  readonly key: Key;
  /** Indicator of this way; the gravest true way wins over the card's own. */
  readonly indicator: Indicator | undefined;
  readonly line: number;
}

/** A thing that is said, or an indicator that counts, only when its conditions hold. */
export interface Conditional<T> extends Conditions {
  readonly value: T;
}

/** A sentence of the detail that is said only when it is true. */
export interface AlsoSentence extends Conditional<string> {
  /** A drug the sentence speaks well of: said only when no critical card would show, or be undecided, were it ordered. */
  readonly recommends: string | undefined;
}

export type SuggestionForm =
  | { readonly kind: 'remove'; readonly drug: string }
  | { readonly kind: 'generic substitution only' }
  | { readonly kind: 'shorten to'; readonly days: number }
  | { readonly kind: 'start with'; readonly milligrams: number; readonly timesADay: number }
  | {
      readonly kind: 'taper';
      readonly drug: string;
      /** Written into the draft; the steps are the prescriber's. */
      readonly note: string;
      /** A form of the drug that a draft cannot taper. */
      readonly notAs: string | undefined;
    };

export interface CardSuggestion {
  readonly form: SuggestionForm;
  /** Offered only at these indicators; undefined = at any. */
  readonly at: readonly Indicator[] | undefined;
}

/** Names of the cases beside a card. */
export interface CaseNames {
  readonly shown: readonly string[];
  readonly silent: readonly string[];
  readonly unknown: readonly string[];
}

export interface Card {
  /** Path below `cards/` without ending: `cyclobenzaprine/with-maoi`. */
  readonly path: string;
  /** The path with `-` for `/`. */
  readonly topic: string;
  readonly title: string;
  readonly why: string;
  readonly evidence: readonly string[];
  /** Claims of the source text that the card carries (S01 to S42). */
  readonly claims: readonly string[];
  readonly ways: readonly Way[];
  /** First that holds; the last one has no conditions. */
  readonly indicator: readonly Conditional<Indicator>[];
  /** Words at each indicator the card can have. */
  readonly summary: Readonly<Record<Indicator, string>>;
  readonly detail: Readonly<Record<Indicator, string>>;
  readonly also: readonly AlsoSentence[];
  readonly suggest: readonly CardSuggestion[];
  readonly override: readonly string[];
  /** Paths of the milder cards that this one takes away for the same order. */
  readonly replaces: readonly string[];
  readonly hooks: readonly HookName[];
  readonly status: 'draft' | 'active' | 'retired';
  readonly version: string;
  readonly revised: string;
  readonly expires: string;
  /** Who signed this very card, and when; undefined = the publisher's reviewer. */
  readonly reviewer: { readonly name: string; readonly on: string } | undefined;
}

/** Calls of facts in a card, wherever they stand. */
export function factCallsOf(card: Card): readonly FactCall[] {
  const parts: readonly Conditions[] = [...card.ways, ...card.indicator, ...card.also];
  return parts.flatMap((part) => [...part.all, ...part.any, ...part.unless]);
}

/** Topic code of the card with this path. */
export function topicOf(path: string): string {
  return path.replaceAll('/', '-');
}

/** Code of a reason for not following a card, within its topic: stable as long as the reason says the same. */
export function reasonCode(reason: string): string {
  return reason
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The drugs or classes a key names. */
export function drugsOfKey(key: Key): readonly string[] {
  return 'other' in key ? [key.drug, key.other] : [key.drug];
}

/** Drugs, classes, problems, groups, laboratory groups and forms that a card names, each once. */
export function namesIn(card: Card): readonly string[] {
  const keys = card.ways.flatMap(({ key }) => drugsOfKey(key));
  const args = factCallsOf(card).flatMap((call) => Object.values(call.args));
  return [...new Set([...keys, ...args.flatMap((value) => ('name' in value ? [value.name] : []))])];
}
