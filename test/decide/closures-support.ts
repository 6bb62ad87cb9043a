/** Holds two ways of asking a question against each other. */

import type { Resource } from 'fhir/r4.js';
import type { Closure } from '../../src/decide/closures/compile.js';
import { Unsure } from '../../src/decide/closures/items.js';
import type { Question } from '../../src/decide/expressions.js';

export type Variables = Readonly<Record<string, unknown>>;

interface TwoWays {
  readonly question: Question;
  readonly interpreted: Question;
}

/** Elements are compared by identity: cards print the very ones that were found. Empty when both say the same. */
export function differenceOf(
  { question, interpreted }: TwoWays,
  resource: Record<string, unknown>,
  variables: Variables,
): string {
  const said = valuesOf(question, resource, variables);
  const wanted = valuesOf(interpreted, resource, variables);
  if (said === undefined || wanted === undefined ? said === wanted : areAlike(said, wanted)) return '';
  return JSON.stringify({ resource, closure: said ?? 'threw', interpreter: wanted ?? 'threw' }, undefined, 1);
}

/** What is thrown is the same for the service, whatever it is. */
function valuesOf(question: Question, resource: Record<string, unknown>, variables: Variables) {
  try {
    return question(resource as unknown as Resource, variables);
  } catch {
    return undefined;
  }
}

function areAlike(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((value, at) => isAlike(value, others[at]));
}

/** Days and numbers of the interpreter are objects of its own, new each time. */
function isAlike(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (isOfEngine(a) && isOfEngine(b) && a.asStr === b.asStr);
}

function isOfEngine(value: unknown): value is { readonly asStr: string } {
  return typeof value === 'object' && value !== null && 'asStr' in value && typeof value.asStr === 'string';
}

/** Whether the closure answers by itself. */
export function isSure(closure: Closure, resource: Record<string, unknown>, variables: Variables): boolean {
  try {
    closure(resource, variables);
    return true;
  } catch (error) {
    if (error instanceof Unsure) return false;
    throw error;
  }
}
