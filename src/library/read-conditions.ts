/** Reads the questions of a card ("aged at least: 65 years") against the facts that exist. */

import { type ArgumentValue, isRead, namesOf, parseArgument, unitFault } from './argument.js';
import type { FactCall } from './card.js';
import type { FactCallForm } from './card-form.js';
import type { Fact } from './fact.js';
import { didYouMean, type Fault } from './fault.js';
import type { Vocabulary } from './vocabulary.js';
import type { YamlFile } from './yaml-file.js';

/** What reading a card needs to know, and where it leaves its faults. */
export interface Reader {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly vocabulary: Vocabulary;
  readonly yaml: YamlFile;
  readonly faults: Fault[];
}

export function conditionsOf(
  calls: readonly FactCallForm[],
  path: readonly PropertyKey[],
  reader: Reader,
): readonly FactCall[] {
  // facts.yaml could not be read and says so itself: its names are not held against the card.
  if (reader.facts.size === 0) return [];
  return calls.flatMap((call, index) => {
    const line = reader.yaml.lineOf([...path, index]);
    const read = readCall(call, line, reader);
    if (typeof read !== 'string') return [read];
    reader.faults.push({ file: reader.yaml.file, line, message: read });
    return [];
  });
}

export function faultAt(reader: Reader, path: readonly PropertyKey[], message: string): Fault {
  return { file: reader.yaml.file, line: reader.yaml.lineOf(path), message };
}

/** A fault for each name at `path` that is no drug or class. */
export function drugFaults(
  names: readonly string[],
  path: readonly PropertyKey[],
  reader: Reader,
): readonly Fault[] {
  if (!isRead('drug', reader.vocabulary)) return [];
  const known = namesOf('drug', reader.vocabulary);
  return names
    .filter((name) => !known.includes(name))
    .map((name) =>
      faultAt(
        reader,
        path,
        `no drug or class is named "${name}" in vocabulary/drugs.yaml${didYouMean(name, known)}`,
      ),
    );
}

/** A fault when the form at `path` is none of the vocabulary. */
export function formFaults(
  name: string | undefined,
  path: readonly PropertyKey[],
  reader: Reader,
): readonly Fault[] {
  const known = namesOf('form', reader.vocabulary);
  if (name === undefined || !isRead('form', reader.vocabulary) || known.includes(name)) return [];
  const message = `no form is named "${name}" in vocabulary/drugs.yaml${didYouMean(name, known)}`;
  return [faultAt(reader, path, message)];
}

function readCall(call: FactCallForm, line: number, reader: Reader): FactCall | string {
  const [name, written] =
    typeof call === 'string' ? [call, undefined] : (Object.entries(call)[0] ?? ['', undefined]);
  const fact = reader.facts.get(name);
  if (fact === undefined)
    return `no fact is named "${name}" in vocabulary/facts.yaml${didYouMean(name, reader.facts.keys())}`;
  const takes = Object.keys(fact.takes);
  const given = byName(written, takes);
  const unknown = Object.keys(given).find((argument) => !takes.includes(argument));
  if (unknown !== undefined)
    return `"${name}" takes no ${unknown}; it takes ${takes.join(', ') || 'nothing'}`;
  const args: Record<string, FactCall['args'][string]> = {};
  for (const [argument, kind] of Object.entries(fact.takes)) {
    if (given[argument] === undefined) return `"${name}" needs ${argument} (a ${kind})`;
    const value = argumentOf(fact, argument, given[argument], reader.vocabulary);
    if (typeof value === 'string') return `"${name}": ${value}`;
    args[argument] = value;
  }
  return { fact: name, args, line };
}

/** Reads one argument of a fact as written, with the unit the fact compares in; a string says what is wrong with it. */
export function argumentOf(
  { takes, units }: Fact,
  name: string,
  written: unknown,
  vocabulary: Vocabulary,
): ArgumentValue | string {
  const value = parseArgument(takes[name] ?? 'word', written, vocabulary);
  if (typeof value === 'string' || value.kind !== 'number') return value;
  return unitFault(value.amount, units[name]) ?? value;
}

/** One bare argument belongs to the only thing the fact takes. */
function byName(written: unknown, takes: readonly string[]): Readonly<Record<string, unknown>> {
  if (written === undefined) return {};
  if (typeof written === 'object' && written !== null && !Array.isArray(written)) {
    return written as Readonly<Record<string, unknown>>;
  }
  return { [takes[0] ?? 'argument']: written };
}
