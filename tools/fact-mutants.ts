/** Mutants of a fact: in each, one clause of one of its expressions is lost, or one comparison takes its boundary in or out. */

import type { Expression, Fact, MedicationKind } from '../src/library/fact.js';

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

/** @returns mutants with names of their own: of several changes in the same words each but the first is numbered */
export function factMutantsOf(fact: Fact): readonly FactMutant[] {
  const named = new Map<string, number>();
  return changesOf(fact).map(({ change, fact: mutant }) => {
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

/** What stands in brackets, or the whole. */
interface Brackets {
  readonly start: number;
  readonly end: number;
  /** What stands before them. */
  readonly name: string;
  readonly commas: readonly number[];
}

/** One argument in brackets, or all that stands in them: never across a quote. */
interface Group {
  readonly start: number;
  readonly end: number;
  /** What stands before its brackets, when it is the only argument there. */
  readonly name: string;
}

/** What stands between two places gives way to other words. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by?: string;
}

const separators = [' or ', ' and ', '|'] as const;
const boundaries: Readonly<Record<string, string>> = { '>=': '>', '<=': '<', '>': '>=', '<': '<=' };

export function rewritingsOf(text: string): readonly Rewritten[] {
  // Of the same length, so that places are those of the text.
  const code = text.replace(/'(?:[^'\\]|\\.)*'/g, (quoted) => "'".padEnd(quoted.length - 1, '_') + "'");
  const brackets = bracketsOf(code);
  const groups = brackets.flatMap(argumentsIn);
  const lost = [
    ...groups.flatMap((group) => operandsOf(code, group)),
    ...groups.filter((group) => isLoneCondition(code, group)).map((group) => ({ ...group, by: 'true' })),
    ...groups
      .filter(({ name }) => name === 'combine')
      .map(({ start, end }) => ({ start: start - '.combine('.length, end: end + 1 })),
  ].map((edit) => rewritten(text, edit, text.slice(edit.start, edit.end).trim()));
  const inContext = [...boundariesIn(code, groups), ...stepsIn(code), ...branchesIn(text, brackets)].map(
    (edit) =>
      rewritten(text, edit, `${around(text, edit.start)}: ${text.slice(edit.start, edit.end).trim()}`),
  );
  return [...lost, ...inContext];
}

function rewritten(text: string, { start, end, by = '' }: Edit, what: string): Rewritten {
  const change = by === '' ? `${what} dropped` : `${what} → ${by.trim()}`;
  return { change, text: text.slice(0, start) + by + text.slice(end) };
}

function around(text: string, at: number): string {
  return `…${text.slice(Math.max(0, at - 40), at + 24)}…`;
}

function boundariesIn(code: string, groups: readonly Group[]): readonly Edit[] {
  // Whether a comparison can be made at all does not hang on its sign.
  const asked = groups.filter(({ end, name }) => name === '' && code.startsWith(').empty()', end));
  return [...code.matchAll(/ (>=|<=|>|<) /g)]
    .filter(({ index }) => !asked.some(({ start, end }) => start <= index && index < end))
    .map(({ index, 0: sign }) => ({
      start: index,
      end: index + sign.length,
      by: ` ${boundaries[sign.trim()]} `,
    }));
}

/** What turns an answer around, makes values alike, or takes one of many. */
function stepsIn(code: string): readonly Edit[] {
  return [...code.matchAll(/\.(?:not|first|trim|lower)\(\)/g)].map(({ index, 0: step }) => ({
    start: index,
    end: index + step.length,
  }));
}

/** Either branch of a choice, whatever its condition says. */
function branchesIn(text: string, brackets: readonly Brackets[]): readonly Edit[] {
  return brackets
    .filter(({ name, commas }) => name === 'iif' && commas.length === 2)
    .flatMap(({ start, end, commas: [first = 0, second = 0] }) => {
      const whole = { start: start - 'iif('.length, end: end + 1 };
      return [text.slice(first + 1, second), text.slice(second + 1, end)].map((by) => ({
        ...whole,
        by: by.trim(),
      }));
    });
}

/** All brackets of an expression, the innermost first, and the whole. */
function bracketsOf(code: string): readonly Brackets[] {
  const closed: Brackets[] = [];
  const open: { start: number; name: string; commas: number[] }[] = [{ start: 0, name: '', commas: [] }];
  const close = (end: number): void => {
    const last = open.pop();
    if (last !== undefined) closed.push({ ...last, end });
  };
  for (let at = 0; at < code.length; at += 1) {
    const character = code[at];
    if (character === '(') {
      open.push({ start: at + 1, name: /\w*$/.exec(code.slice(0, at))?.[0] ?? '', commas: [] });
    } else if (character === ')') close(at);
    else if (character === ',') open.at(-1)?.commas.push(at);
  }
  close(code.length);
  return closed;
}

function argumentsIn({ start, end, name, commas }: Brackets): readonly Group[] {
  const starts = [start, ...commas.map((comma) => comma + 1)];
  const ends = [...commas, end];
  return starts.map((from, at) => ({
    start: from,
    end: ends[at] ?? end,
    name: commas.length === 0 ? name : '',
  }));
}

/** Operands of "or", then those of "and" within each, or the alternatives of a union: what to cut out for each. */
function operandsOf(code: string, group: Group): readonly Edit[] {
  const split = (start: number, end: number, [separator, ...others]: readonly string[]): Edit[] => {
    if (separator === undefined) return [];
    const found = piecesOf(code, start, end, separator);
    const cuts =
      found.length < 2
        ? []
        : found.map(([from, to], at): Edit => {
            const [, before = 0] = found[at - 1] ?? [];
            const [after = 0] = found[at + 1] ?? [];
            return at === 0 ? { start: from, end: after } : { start: before, end: to };
          });
    return [...cuts, ...found.flatMap(([from, to]) => split(from, to, others))];
  };
  return split(group.start, group.end, separators);
}

/** Outside of brackets. */
function piecesOf(
  code: string,
  start: number,
  end: number,
  separator: string,
): readonly (readonly [number, number])[] {
  const pieces: [number, number][] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < end; at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth -= 1;
    else if (depth === 0 && code.startsWith(separator, at) && at + separator.length < end) {
      pieces.push([from, at]);
      from = at + separator.length;
    }
  }
  return [...pieces, [from, end]];
}

/** A condition of one operand is lost when everything meets it. */
function isLoneCondition(code: string, { start, end, name }: Group): boolean {
  const inside = code.slice(start, end);
  return (
    ['where', 'exists', 'all'].includes(name) &&
    !['', 'true'].includes(inside) &&
    separators.every((separator) => piecesOf(code, start, end, separator).length === 1)
  );
}
