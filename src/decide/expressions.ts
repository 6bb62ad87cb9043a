/** The one place that knows fhirpath.js: text in, a compiled question out. */

import type { Resource } from 'fhir/r4.js';
import { isRead, namesOf } from '../library/argument.js';
import { didYouMean } from '../library/fault.js';
import type { Vocabulary } from '../library/vocabulary.js';
import fhirpath, { type Model } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { compileClosure, type TableFunction } from './closures/compile.js';
import { Unsure } from './closures/items.js';
import { createPlaces } from './closures/places.js';
import { childrenOf, nameIn, type Syntax, textIn } from './closures/syntax.js';

export type { TableFunction } from './closures/compile.js';

export type Question = (
  resource: Resource,
  variables: Readonly<Record<string, unknown>>,
) => readonly unknown[];

type Bans = readonly (readonly [names: string, why: string])[];

const outside = 'reaches outside the record: use inRecord()';

/** Names no expression of the library may call or read, and why (docs/architecture.md, "Functions beyond FHIRPath"). */
const bannedFunctions = byName([
  ['today now timeOfDay', 'reads the server clock: use %today'],
  ['matches matchesFull replaceMatches', 'runs a regular expression over client data'],
  ['descendants repeat children', 'walks the whole resource'],
  ['resolve memberOf conformsTo', outside],
]);
const bannedVariables = byName([
  [
    'day days week weeks month months year years hour hours minute minutes second seconds',
    'names a variable like a unit, which does not parse',
  ],
  ['terminologies', outside],
]);

function byName(bans: Bans): ReadonlyMap<string, string> {
  return new Map(bans.flatMap(([names, why]) => names.split(' ').map((name) => [name, why] as const)));
}

/** Functions of FHIRPath that facts may use. */
const functions = new Set(
  'all allTrue anyTrue as combine contains count distinct empty endsWith exclude exists first iif indexOf intersect is last length lower not ofType select single skip startsWith substring tail take toDate toDateTime toDecimal toInteger toQuantity toString trim union upper where'.split(
    ' ',
  ),
);

/** Names that are neither functions nor operators ("in (", "and (", "or ("). */
const operators = new Set(['and', 'or', 'xor', 'implies', 'in', 'contains', 'div', 'mod', 'is', 'as']);

interface Known {
  readonly table: Readonly<Record<string, TableFunction>>;
  readonly vocabulary: Vocabulary;
  readonly variables: ReadonlySet<string>;
}

/**
 * Faults of an expression that can be seen without running it; empty when it may be used.
 * @param known the functions of the table, the names they may be given, and the variables that are bound when it is asked
 */
export function expressionFaults(expression: string, known: Known): readonly string[] {
  const code = expression.replace(/'(?:[^'\\]|\\.)*'/g, "''");
  const faults = [
    ...namesIn(code, /\b([A-Za-z]\w*)\s*\(/g).flatMap((name) => callFault(name, known.table)),
    ...namesIn(code, /%(\w+)/g).flatMap((name) => variableFault(name, known.variables)),
    ...(/coding\.code\s+in\s/.test(code) ? ['throws on two codings: write coding.exists(code in …)'] : []),
    ...faultsOfSyntax(expression, known),
  ];
  return [...new Set(faults)].map((fault) => `"${expression}" ${fault}`);
}

function namesIn(code: string, pattern: RegExp): readonly string[] {
  return [...code.matchAll(pattern)].map(([, name = '']) => name);
}

function callFault(name: string, table: Known['table']): readonly string[] {
  const ban = bannedFunctions.get(name);
  if (ban !== undefined) return [ban];
  if (functions.has(name) || Object.hasOwn(table, name) || operators.has(name)) return [];
  return [
    `calls ${name}(), which is no function facts may use${didYouMean(name, [...functions, ...Object.keys(table)])}`,
  ];
}

function variableFault(name: string, bound: ReadonlySet<string>): readonly string[] {
  const ban = bannedVariables.get(name);
  if (ban !== undefined) return [ban];
  return bound.has(name) ? [] : [`names %${name}, which is not bound${didYouMean(name, bound)}`];
}

function faultsOfSyntax(expression: string, known: Known): readonly string[] {
  try {
    const syntax = fhirpath.parse(expression) as Syntax;
    parsed.set(expression, syntax);
    return misnamedIn(syntax, known);
  } catch (error) {
    return [`is not FHIRPath: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`];
  }
}

/** Names of the vocabulary that a function of the table is given as they are, and that are none. */
function misnamedIn(part: Syntax, known: Known): readonly string[] {
  const within = childrenOf(part).flatMap((child) => misnamedIn(child, known));
  const kind = part.type === 'Functn' ? known.table[nameIn(part)]?.names : undefined;
  const literal = childrenOf(childrenOf(part)[1])[0];
  const [name] = (literal?.text?.startsWith("'") ? textIn(literal) : undefined) ?? [];
  if (kind === undefined || name === undefined || !isRead(kind, known.vocabulary)) return within;
  const names = namesOf(kind, known.vocabulary);
  if (names.includes(name)) return within;
  return [
    ...within,
    `asks ${nameIn(part)}('${name}'), and no ${kind} is named so in cards/vocabulary${didYouMean(name, names)}`,
  ];
}

/** From the look for faults until it is compiled: parsing takes longer than compiling. */
const parsed = new Map<string, Syntax>();

export const placeOf = createPlaces(r4);

/**
 * Compiles an expression over one R4 resource. Closures answer what they are sure of, which is nearly all of it; the
 * interpreter answers the rest (test/decide/closures.test.ts holds the two against each other).
 */
export function compileQuestion(
  expression: string,
  table: Readonly<Record<string, TableFunction>>,
): Question {
  const closure = compileClosure(syntaxOf(expression), { placeOf, table });
  if (closure === undefined) return compileInterpreted(expression, table);
  // Most are never needed, and each takes the start a millisecond or two.
  let interpreted: Question | undefined;
  return (resource, variables) => {
    try {
      return closure(resource, variables);
    } catch (error) {
      if (!(error instanceof Unsure)) throw error;
      interpreted ??= compileInterpreted(expression, table);
      return interpreted(resource, variables);
    }
  };
}

export function syntaxOf(expression: string): Syntax {
  const syntax = parsed.get(expression) ?? (fhirpath.parse(expression) as Syntax);
  parsed.delete(expression);
  return syntax;
}

/**
 * By the interpreter of fhirpath.js. The answer holds plain values and elements, never engine nodes.
 * `resolveInternalTypes: false` keeps fhirpath.js from writing into its input.
 */
export function compileInterpreted(
  expression: string,
  table: Readonly<Record<string, TableFunction>>,
): Question {
  const userInvocationTable = Object.fromEntries(
    Object.entries(table).map(([name, { takes, call }]) => [
      name,
      {
        fn: (input: readonly unknown[], argument?: string) => call(input, argument ?? '') as unknown[],
        arity: takes === 'nothing' ? { 0: [] } : { 1: ['String' as const] },
      },
    ]),
  );
  const compiled = fhirpath.compile(expression, r4 as Model, {
    resolveInternalTypes: false,
    userInvocationTable,
  });
  // A copy: those of a fact may be the same object in every call.
  return (resource, variables) => (compiled(resource, { ...variables }) as unknown[]).map(plain);
}

function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'fhirNodeDataType' in value && 'data' in value
    ? value.data
    : value;
}
