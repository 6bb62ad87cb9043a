/**
 * Turns the syntax tree of an expression into closures that say the same as the interpreter, only sooner. What they do not
 * know for certain (`unsure`), and what they cannot say at all (`undefined` at the start), the interpreter is asked.
 */

import { flatMap } from '../../flat-map.js';
import type { NamedKind } from '../../library/argument.js';
import {
  argumentFunctions,
  type Each,
  eachFunctions,
  isTrue,
  ofType,
  plainFunctions,
  substring,
} from './functions.js';
import { type Item, type Items, no, nothing, unsure, yes } from './items.js';
import { itemFrom, memberOf, rootNode, valuesOf } from './navigate.js';
import { operators } from './operators.js';
import type { PlaceOf } from './places.js';
import { childrenOf, isTruth, nameIn, type Syntax, type Term, termOf, textIn } from './syntax.js';

/** What an expression is asked of: `$this` where it stands, and the variables. */
interface Scope {
  readonly self: Items;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One step of an expression: what comes out of a collection. */
type Step = (input: Items, scope: Scope) => Items;

/** A function of the closed table: gets the input collection; one that takes a name says true or false. */
export interface TableFunction {
  readonly takes: 'nothing' | 'a name';
  /** Of what in the vocabulary the name is. */
  readonly names?: NamedKind;
  readonly call: (input: readonly unknown[], name: string) => readonly unknown[];
}

export interface Compiling {
  readonly placeOf: PlaceOf;
  readonly table: Readonly<Record<string, TableFunction>>;
}

/** Values and elements as the record holds them. */
export type Closure = (resource: object, variables: Scope['variables']) => readonly unknown[];

/** @returns undefined when the expression says something closures do not know */
export function compileClosure(syntax: Syntax, compiling: Compiling): Closure | undefined {
  const step = stepOf(syntax, compiling);
  if (step === undefined) return undefined;
  return (resource, variables) => {
    const self = [rootNode(resource, compiling.placeOf)];
    return valuesOf(step(self, { self, variables }));
  };
}

function stepOf(syntax: Syntax, compiling: Compiling): Step | undefined {
  const { type, children } = termOf(syntax);
  switch (type) {
    case 'InvocationExpression':
      return inTurn(children, compiling);
    case 'MemberInvocation':
      return memberStep(nameIn(children[0]));
    case 'FunctionInvocation':
      return functionStep(children[0], compiling);
    case 'ThisInvocation':
      return (_input, { self }) => self;
    case 'ExternalConstantTerm':
      return variableStep(nameIn(children[0]), compiling);
    default:
      return constantStep(syntax) ?? operatorStep(termOf(syntax), compiling);
  }
}

function inTurn(children: readonly Syntax[], compiling: Compiling): Step | undefined {
  const [first, second] = allOf(children, compiling) ?? [];
  if (first === undefined || second === undefined) return undefined;
  return (input, scope) => second(first(input, scope), scope);
}

function allOf(children: readonly Syntax[], compiling: Compiling): readonly Step[] | undefined {
  const steps = children.map((child) => stepOf(child, compiling)).filter((step) => step !== undefined);
  return steps.length === children.length ? steps : undefined;
}

function memberStep(name: string): Step {
  const member = memberOf(name);
  return (input) => {
    if (input.length === 1) return member(input[0] as Item);
    return input.length === 0 ? nothing : flatMap(input, member);
  };
}

function variableStep(name: string, { placeOf }: Compiling): Step {
  return (_input, { variables }) => {
    const value = variables[name];
    return Array.isArray(value) ? value.map((one) => itemFrom(one, placeOf)) : [itemFrom(value, placeOf)];
  };
}

function constantStep(syntax: Syntax): Step | undefined {
  const constant = constantOf(syntax);
  return constant === undefined ? undefined : () => constant;
}

/** Literals, and lists of them: `('a'|'b')`. */
function constantOf(syntax: Syntax): Items | undefined {
  const { type, children } = termOf(syntax);
  if (type === 'LiteralTerm') return literalOf(children[0]);
  if (type !== 'UnionExpression') return undefined;
  const [left, right] = children.map(constantOf);
  const all = left === undefined || right === undefined ? [] : [...left, ...right];
  return all.length > 0 && all.every((item) => typeof item === 'string') ? [...new Set(all)] : undefined;
}

function literalOf(literal: Syntax | undefined): Items | undefined {
  switch (literal?.type) {
    case 'StringLiteral':
      return textIn(literal);
    case 'BooleanLiteral':
      return literal.text === 'true' ? yes : no;
    case 'NumberLiteral':
      return [Number(literal.text)];
    default:
      return undefined;
  }
}

/** Both sides stand for themselves: they are asked of `$this`, whatever the input is. */
function operatorStep({ type, text = '', children }: Term, compiling: Compiling): Step | undefined {
  const operator = type.endsWith('Expression') ? operators.get(text) : undefined;
  const [left, right] = operator === undefined ? [] : (allOf(children, compiling) ?? []);
  const isLogical = type === 'AndExpression' || type === 'OrExpression';
  if (operator === undefined || left === undefined || right === undefined) return undefined;
  if (isLogical && !children.every((child) => isTruth(child, compiling.table))) return undefined;
  return (_input, scope) => operator(left(scope.self, scope), right(scope.self, scope));
}

function functionStep(called: Syntax | undefined, compiling: Compiling): Step | undefined {
  const [named, list] = childrenOf(called);
  const name = nameIn(named);
  const given = childrenOf(list);
  if (Object.hasOwn(compiling.table, name)) return tableStep(compiling.table[name], given, compiling);
  if (name === 'iif') return choiceStep(given, compiling);
  if (name === 'ofType') return typeStep(given[0]);
  const each = eachFunctions.get(name);
  if (each !== undefined && given.length === 1) return eachStep(each, name, given[0] as Syntax, compiling);
  const plain = plainFunctions.get(name);
  if (plain !== undefined && given.length === 0) return (input) => plain(input);
  const [first, second, third] = allOf(given, compiling) ?? [];
  const withArgument = argumentFunctions.get(name);
  if (first === undefined || withArgument === undefined || third !== undefined) return undefined;
  if (second === undefined) return (input, scope) => withArgument(input, first(scope.self, scope));
  if (name !== 'substring') return undefined;
  return (input, scope) => substring(input, first(scope.self, scope), second(scope.self, scope));
}

/** `$this` is the item at hand. */
function eachStep(
  each: (input: Items, each: Each) => Items,
  name: string,
  criterion: Syntax,
  compiling: Compiling,
): Step | undefined {
  const step = stepOf(criterion, compiling);
  if (step === undefined || (name !== 'select' && !isTruth(criterion, compiling.table))) return undefined;
  return (input, { variables }) =>
    each(input, (item) => {
      const self = [item];
      return step(self, { self, variables });
    });
}

/** `iif`: all of the input is `$this`, and only what is chosen is asked. */
function choiceStep(given: readonly Syntax[], compiling: Compiling): Step | undefined {
  const [condition, then, otherwise = () => nothing] = allOf(given, compiling) ?? [];
  if (condition === undefined || then === undefined || !isTruth(given[0], compiling.table)) return undefined;
  return (input, { variables }) => {
    const scope = { self: input, variables };
    return isTrue(condition(input, scope)) ? then(input, scope) : otherwise(input, scope);
  };
}

/** Types of FHIRPath itself, which values are turned into. */
const ofSystem: ReadonlySet<string> = new Set(
  'Boolean String Integer Long Decimal Date DateTime Time'.split(' '),
);

function typeStep(specifier: Syntax | undefined): Step | undefined {
  const type = specifier?.text ?? '';
  return /^\w+$/.test(type) && !ofSystem.has(type) ? (input) => ofType(input, type) : undefined;
}

function tableStep(
  called: TableFunction | undefined,
  given: readonly Syntax[],
  compiling: Compiling,
): Step | undefined {
  const steps = allOf(given, compiling);
  if (called === undefined || steps?.length !== (called.takes === 'nothing' ? 0 : 1)) return undefined;
  const [argument] = steps;
  return (input, scope) => {
    const [name] = argument === undefined ? [''] : argument(scope.self, scope);
    if (typeof name !== 'string') return unsure();
    return called.call(valuesOf(input), name).map((value) => itemFrom(value, compiling.placeOf));
  };
}
