/** The one place that knows fhirpath.js: text in, a compiled question out. */

import type { Resource } from 'fhir/r4.js';
import { didYouMean } from '../library/fault.js';
import fhirpath, { type Model } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

/** A function of the closed table: gets the input collection and its arguments, returns a collection. */
export interface TableFunction {
  readonly takes: 'nothing' | 'a name';
  readonly call: (input: readonly unknown[], name: string) => readonly unknown[];
}

export type Question = (
  resource: Resource,
  variables: Readonly<Record<string, unknown>>,
) => readonly unknown[];

/** What no expression of the library may contain, and why (docs/architecture.md, "FHIRPath rules"). */
const banned: readonly (readonly [RegExp, string])[] = [
  [/\b(today|now|timeOfDay)\s*\(/, 'reads the server clock: use %today'],
  [
    /%(days?|weeks?|months?|years?|hours?|minutes?|seconds?)\b/,
    'names a variable like a unit, which does not parse',
  ],
  [/coding\.code\s+in\s/, 'throws on two codings: write coding.exists(code in …)'],
  [/\b(matches|matchesFull|replaceMatches)\s*\(/, 'runs a regular expression over client data'],
  [/\b(descendants|repeat|children)\s*\(/, 'walks the whole resource'],
  [/\b(resolve|memberOf|conformsTo)\s*\(|%terminologies/, 'reaches outside the record: use inRecord()'],
];

/** Functions of FHIRPath that facts may use. */
const functions = new Set(
  'all allTrue anyTrue as combine contains count distinct empty endsWith exclude exists first iif indexOf intersect is last length lower not ofType select single skip startsWith substring tail take toDate toDateTime toDecimal toInteger toQuantity toString trim union upper where'.split(
    ' ',
  ),
);

/** Names that are neither functions nor operators ("in (", "and (", "or ("). */
const operators = new Set(['and', 'or', 'xor', 'implies', 'in', 'contains', 'div', 'mod', 'is', 'as']);

/**
 * Faults of an expression that can be seen without running it; empty when it may be used.
 * @param known the functions of the table and the variables that are bound when it is asked
 */
export function expressionFaults(
  expression: string,
  known: { readonly functions: ReadonlySet<string>; readonly variables: ReadonlySet<string> },
): readonly string[] {
  const faults = banned
    .filter(([pattern]) => pattern.test(expression))
    .map(([, reason]) => `"${expression}" ${reason}`);
  const code = expression.replace(/'(?:[^'\\]|\\.)*'/g, "''");
  for (const [, name = ''] of code.matchAll(/\b([A-Za-z]\w*)\s*\(/g)) {
    if (functions.has(name) || known.functions.has(name) || operators.has(name)) continue;
    faults.push(
      `"${expression}" calls ${name}(), which is no function facts may use${didYouMean(name, [...functions, ...known.functions])}`,
    );
  }
  for (const [, name = ''] of code.matchAll(/%(\w+)/g)) {
    if (!known.variables.has(name))
      faults.push(`"${expression}" names %${name}, which is not bound${didYouMean(name, known.variables)}`);
  }
  try {
    fhirpath.parse(expression);
  } catch (error) {
    faults.push(
      `"${expression}" is not FHIRPath: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`,
    );
  }
  return faults;
}

/**
 * Compiles an expression over one R4 resource. The answer holds plain values and elements, never engine nodes.
 * `resolveInternalTypes: false` keeps fhirpath.js from writing into its input.
 */
export function compileQuestion(
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
  return (resource, variables) =>
    (compiled(resource, variables as Record<string, unknown>) as unknown[]).map(plain);
}

function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'fhirNodeDataType' in value && 'data' in value
    ? value.data
    : value;
}
