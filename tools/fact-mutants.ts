/** Mutants of a fact: in each, one clause of one of its expressions is lost, or one comparison takes its boundary in or out. */

import { childrenOf, nameIn, type Syntax } from '../src/decide/closures/syntax.js';
import { syntaxOf } from '../src/decide/expressions.js';
import type { Expression, Fact, MedicationKind } from '../src/library/fact.js';
import { textOf } from './fhirpath-text.js';

export interface FactMutant {
  /** What was changed, in words. */
  readonly change: string;
  readonly fact: Fact;
}

interface Rewritten {
  readonly change: string;
  readonly text: string;
}

const parts = ['find', 'unclear', 'only', 'counts'] as const;
/** What else decides how a fact is answered, and what it is without. */
const terms = { pick: undefined, distinct: undefined, whole: false } as const;

/** @returns mutants with names of their own: of several changes in the same words each but the first is numbered */
export function factMutantsOf(fact: Fact): readonly FactMutant[] {
  const named = new Map<string, number>();
  return [...changesOf(fact), ...withoutTerms(fact)].map(({ change, fact: mutant }) => {
    const count = (named.get(change) ?? 0) + 1;
    named.set(change, count);
    return { change: count === 1 ? change : `${change} (${count})`, fact: mutant };
  });
}

function changesOf(fact: Fact): readonly FactMutant[] {
  return parts.flatMap((part) => {
    const expression = fact[part];
    if (expression === undefined) return [];
    if (typeof expression === 'string') {
      const dropped =
        part === 'find' ? [] : [{ change: `${part} dropped`, fact: { ...fact, [part]: undefined } }];
      const changed = rewritingsOf(expression).map(({ change, text }) => ({
        change: `${part}: ${change}`,
        fact: { ...fact, [part]: text },
      }));
      return [...dropped, ...changed];
    }
    return mutantsByKind(expression).map(({ change, to }) => ({
      change: `${part}, ${change}`,
      fact: { ...fact, [part]: to },
    }));
  });
}

function withoutTerms(fact: Fact): readonly FactMutant[] {
  return (Object.keys(terms) as (keyof typeof terms)[])
    .filter((term) => fact[term] !== terms[term])
    .map((term) => ({ change: `${term} dropped`, fact: { ...fact, [term]: terms[term] } }));
}

function mutantsByKind(
  expression: Exclude<Expression, string>,
): readonly { readonly change: string; readonly to: Expression }[] {
  return (Object.entries(expression) as [MedicationKind, string][]).flatMap(([kind, written]) => {
    const { [kind]: _, ...others } = expression;
    return [
      { change: `${kind} dropped`, to: others },
      ...rewritingsOf(written).map(({ change, text }) => ({
        change: `${kind}: ${change}`,
        to: { ...expression, [kind]: text },
      })),
    ];
  });
}

const boundaries: Readonly<Record<string, string>> = { '>=': '>', '<=': '<', '>': '>=', '<': '<=' };
const gathering: ReadonlySet<string> = new Set(['AndExpression', 'OrExpression', 'UnionExpression']);
const conditional: ReadonlySet<string> = new Set(['where', 'exists', 'all']);
/** What turns an answer around, makes values alike, or takes one of many. */
const steps: ReadonlySet<string> = new Set(['not', 'first', 'trim', 'lower']);
const everything = syntaxOf('true');

export function rewritingsOf(text: string): readonly Rewritten[] {
  return changesIn(syntaxOf(text)).map(({ change, to }) => ({ change, text: textOf(to) }));
}

interface Change {
  readonly change: string;
  /** What comes in place of the part that is changed. */
  readonly to: Syntax;
}

/** Of a part itself, and of what it is made of. */
function changesIn(part: Syntax): readonly Change[] {
  const children = childrenOf(part);
  const within = children.flatMap((child, at) =>
    changesIn(child).map(({ change, to }) => ({ change, to: { ...part, children: children.with(at, to) } })),
  );
  const [first, second] = children;
  return [...(first === undefined ? [] : changesOfPart(part, first, second)), ...within];
}

function changesOfPart(part: Syntax, first: Syntax, second: Syntax | undefined): readonly Change[] {
  if (second !== undefined && gathering.has(part.type)) return operandLost(part, first, second);
  if (part.type === 'InequalityExpression') return boundaryMoved(part);
  if (part.type === 'InvocationTerm') return branchTaken(first);
  if (part.type === 'Functn') return conditionLost(part, first, second);
  if (second !== undefined && part.type === 'InvocationExpression') return stepLost(first, second);
  return [];
}

/** A chain of the same operator loses each operand once. */
function operandLost({ type }: Syntax, left: Syntax, right: Syntax): readonly Change[] {
  const rightLost = { change: `${textOf(right)} dropped`, to: left };
  return left.type === type ? [rightLost] : [{ change: `${textOf(left)} dropped`, to: right }, rightLost];
}

function boundaryMoved(comparison: Syntax): readonly Change[] {
  const { text = '' } = comparison;
  const moved = boundaries[text];
  if (moved === undefined) return [];
  return [{ change: `${textOf(comparison)}: ${text} → ${moved}`, to: { ...comparison, text: moved } }];
}

/** Either branch of a choice, whatever its condition says. */
function branchTaken(call: Syntax): readonly Change[] {
  const [condition, ...branches] = argumentsOf(call);
  if (nameIn(call) !== 'iif' || condition === undefined || branches.length !== 2) return [];
  return branches.map((branch) => ({
    change: `iif(${textOf(condition)}) → ${textOf(branch)}`,
    to: { type: 'ParenthesizedTerm', children: [branch] },
  }));
}

/** A condition of one operand is lost when everything meets it. */
function conditionLost(call: Syntax, name: Syntax, list: Syntax | undefined): readonly Change[] {
  const [condition, ...others] = childrenOf(list);
  if (condition === undefined || others.length > 0 || !conditional.has(textOf(name))) return [];
  if (gathering.has(condition.type) || textOf(condition) === textOf(everything)) return [];
  return [{ change: `${textOf(condition)} → true`, to: { ...call, children: [name, everything] } }];
}

function stepLost(before: Syntax, call: Syntax): readonly Change[] {
  if (call.type !== 'FunctionInvocation') return [];
  const name = nameIn(call);
  const [added] = argumentsOf(call);
  const lost = { change: `${endOf(textOf(before))}: .${textOf(call)} dropped`, to: before };
  if (steps.has(name)) return [lost];
  if (name !== 'combine' || added === undefined) return [];
  const alone = { type: 'ParenthesizedTerm', children: [added] };
  return [lost, { change: `${textOf(before)} dropped before .${textOf(call)}`, to: alone }];
}

function argumentsOf(call: Syntax): readonly Syntax[] {
  const [named] = childrenOf(call);
  const [, list] = childrenOf(named);
  return childrenOf(list);
}

/** What names a place, and no more than can be read at a glance. */
function endOf(text: string): string {
  return text.length <= 60 ? text : `…${text.slice(-60)}`;
}
