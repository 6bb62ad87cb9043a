/** The texts of whole hook calls: where they stand, and what becomes of them in what a prescriber reads. */

import { readdirSync, readFileSync } from 'node:fs';
import type { Card } from '../../src/cdshooks/protocol.js';

const folders = ['requests', 'versions/dstu2', 'versions/stu3', 'versions/r4', 'versions/r5'];
export const calls = folders
  .map((name) => `fhir-fixtures/${name}`)
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Call);

export interface Call {
  hook: string;
  [member: string]: unknown;
}

/** Members without which a call is another one: who, which hook, what kind of thing. */
const structural = /^(hook|resourceType|reference|patientId|url|selections|fhirServer)$/;

/** @returns the places of all texts in a value, as a list of paths */
export function textsIn(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'string') return structural.test(String(path.at(-1))) ? [] : [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => textsIn(inside, [...path, name]));
}

export function withText(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  change: (text: string) => string,
): unknown {
  if (step === undefined) return change(String(value));
  const inside = (value as Record<string | number, unknown>)[step];
  const changed = withText(inside, rest, change);
  return Array.isArray(value) ? value.with(Number(step), changed) : { ...(value as object), [step]: changed };
}

/** All that a prescriber gets to read, and all that can be followed. */
export const wordsOf = (card: Card): string =>
  JSON.stringify({
    ...card,
    suggestions: card.suggestions?.map(({ label, actions }) => [
      label,
      actions.map(({ description }) => description),
    ]),
  });
