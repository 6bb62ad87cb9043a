/** Reads `vocabulary/facts.yaml`: every fact with its FHIRPath as text, and every fault in it. */

import { z } from 'zod';
import { medicationTypes, type RecordType } from '../cdshooks/record-type.js';
import { ANY_UNIT, parseDuration } from './argument.js';
import type { Key } from './card.js';
import {
  type Fact,
  type FactForm,
  factForm,
  type MedicationKind,
  type Source,
  SUM,
  type Sum,
} from './fact.js';
import { didYouMean, type Fault } from './fault.js';
import { readYamlFile, shapeOf, type YamlFile } from './yaml-file.js';

export const FACTS_FILE = 'vocabulary/facts.yaml';

/** Facts a card's key asks by itself; facts.yaml must define them, taking a drug (and a limit). */
export const keyFacts = {
  taking: 'taking',
  ended: 'ended within',
  continued: 'continued after discharge',
} as const;

/** The facts the key of a way asks by itself. */
export function factsOfKey(key: Key['kind']): readonly string[] {
  if (key === 'together') return [keyFacts.taking, keyFacts.ended];
  if (key === 'stopping') return [keyFacts.continued];
  return key === 'taking' ? [keyFacts.taking] : [];
}

export function loadFacts(cardsDir: string): { facts: ReadonlyMap<string, Fact>; faults: Fault[] } {
  const written = readYamlFile(cardsDir, FACTS_FILE);
  const { yaml, faults: unlike } = withLikes(written);
  const { value, faults } = shapeOf(yaml, z.record(z.string(), factForm));
  faults.push(...unlike);
  const facts = new Map<string, Fact>();
  for (const [name, form] of Object.entries(value ?? {})) {
    facts.set(name, toFact(name, form, yaml));
    faults.push(...faultsOf(name, form, yaml));
  }
  for (const name of value === undefined ? [] : Object.values(keyFacts)) {
    if (!facts.has(name))
      faults.push({
        file: FACTS_FILE,
        line: 1,
        message: `expected a fact named "${name}": the keys of cards ask it`,
      });
  }
  return { facts, faults };
}

/** A fact that is `like` another takes over everything it does not say itself. */
function withLikes(yaml: YamlFile): { yaml: YamlFile; faults: Fault[] } {
  const facts = yaml.value as Readonly<Record<string, unknown>> | undefined;
  if (typeof facts !== 'object' || facts === null) return { yaml, faults: [] };
  const faults: Fault[] = [];
  const merged = Object.entries(facts).map(([name, fact]) => {
    if (!isLike(fact)) return [name, fact] as const;
    const { like, ...own } = fact;
    const base = facts[String(like)];
    if (typeof base === 'object' && base !== null && !('like' in base))
      return [name, { ...base, ...own }] as const;
    const known = Object.entries(facts).flatMap(([other, one]) => (isLike(one) ? [] : [other]));
    const line = yaml.lineOf([name, 'like']);
    faults.push({
      file: yaml.file,
      line,
      message: `${name}: no fact that stands by itself is named "${String(like)}"${didYouMean(String(like), known)}`,
    });
    return [name, own] as const;
  });
  return { yaml: { ...yaml, value: Object.fromEntries(merged) }, faults };
}

function isLike(fact: unknown): fact is { readonly like: unknown } {
  return typeof fact === 'object' && fact !== null && 'like' in fact;
}

function toFact(name: string, form: FactForm, yaml: YamlFile): Fact {
  return {
    name,
    asks: form.asks,
    needs: form.needs,
    reads: readsOf(form),
    takes: form.takes,
    units: form.units,
    uses: form.uses,
    let: Object.fromEntries(Object.entries(form.let).map(([variable, sum]) => [variable, toSum(sum)])),
    pick: form.pick,
    counts: form.counts,
    only: form.only,
    find: form.find,
    unclear: form.unclear,
    doubt: form.doubt,
    distinct: form.distinct,
    whole: form.whole,
    symmetric: form.symmetric,
    line: yaml.lineOf([name]),
  };
}

function toSum(text: string): Sum {
  const [, sum = '', of = ''] = SUM.exec(text) ?? [];
  return { sum: sum as Sum['sum'], of };
}

/** The types a source stands for; orders and stops come with the call itself. */
const typesOfSource: Readonly<Record<Exclude<Source, 'medications'>, readonly RecordType[]>> = {
  patient: ['Patient'],
  order: [],
  orders: [],
  stops: [],
  problems: ['Condition'],
  results: ['Observation'],
  allergies: ['AllergyIntolerance'],
};

function readsOf(form: FactForm): readonly RecordType[] {
  const own = form.needs === 'medications' ? medicationTypesOf(form.find) : typesOfSource[form.needs];
  const also = form['also needs'].flatMap((source) =>
    source === 'medications' ? medicationTypes : typesOfSource[source],
  );
  return [...new Set([...own, ...also])];
}

function medicationTypesOf(find: FactForm['find']): readonly RecordType[] {
  if (typeof find === 'string') return medicationTypes;
  return medicationTypes.filter((type) => Object.hasOwn(find, type));
}

function faultsOf(name: string, form: FactForm, yaml: YamlFile): Fault[] {
  const at = (key: string, message: string): Fault => ({
    file: yaml.file,
    line: yaml.lineOf([name, key]),
    message: `${name}: ${message}`,
  });
  const faults: Fault[] = [];
  for (const said of ['asks', 'doubt'] as const) {
    for (const [, used = ''] of (form[said] ?? '').matchAll(/\{(\w+)\}/g)) {
      if (!Object.hasOwn(form.takes, used))
        faults.push(at(said, `${said} speaks of {${used}}, which it does not take`));
    }
  }
  for (const [variable, text] of Object.entries(form.let)) {
    const { sum, of } = toSum(text);
    const wanted = sum === 'newest' ? 'lab' : 'duration';
    const literal = wanted === 'duration' && parseDuration(of) !== undefined;
    if (!literal && form.takes[of] !== wanted)
      faults.push(at('let', `${variable}: "${text}" needs an argument ${of} of kind ${wanted}`));
  }
  if ((form.unclear === undefined) !== (form.doubt === undefined))
    faults.push(at('unclear', 'unclear and doubt go together'));
  if (typeof form.find !== 'string' && form.needs !== 'medications')
    faults.push(at('find', 'one expression for each kind of entry goes with needs: medications only'));
  if (form.pick !== undefined && form.needs !== 'results')
    faults.push(at('pick', 'pick: newest goes with needs: results only'));
  if (form.distinct !== undefined && form.takes[form.distinct] !== 'number')
    faults.push(at('distinct', `expected the name of an argument of kind number, got "${form.distinct}"`));
  faults.push(...unitFaults(form, at));
  return faults;
}

/** A unit is one of a number; without one, an expression that names it would compare with any. */
function unitFaults(form: FactForm, at: (key: string, message: string) => Fault): readonly Fault[] {
  const { takes, units } = form;
  const strangers = Object.keys(units).filter((argument) => takes[argument] !== 'number');
  const texts = [form.find, form.unclear, form.counts, form.only].flatMap(expressionsOf);
  const unsaid = Object.keys(takes).filter(
    (argument) =>
      takes[argument] === 'number' &&
      units[argument] === undefined &&
      texts.some(([, text]) => text.includes(`%${argument}Unit`)),
  );
  return [
    ...strangers.map((argument) =>
      at('units', `units: expected the name of an argument of kind number, got "${argument}"`),
    ),
    ...unsaid.map((argument) =>
      at('takes', `names %${argument}Unit: say under units in which unit ${argument} is, or ${ANY_UNIT}`),
    ),
  ];
}

/** The expressions of a fact with the kind of entry each is for (`undefined` = the fact's one source). */
export function expressionsOf(
  expression: Fact['find'] | undefined,
): readonly (readonly [MedicationKind | undefined, string])[] {
  if (expression === undefined) return [];
  if (typeof expression === 'string') return [[undefined, expression]];
  return Object.entries(expression) as [MedicationKind, string][];
}
