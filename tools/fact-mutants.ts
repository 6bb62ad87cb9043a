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

export function factMutantsOf(fact: Fact): readonly FactMutant[] {
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

/** An argument of a function, what stands in brackets, or the whole: never across a quote. */
interface Group {
  readonly start: number;
  readonly end: number;
  /** What stands before its bracket, when it is the only argument there. */
  readonly name: string;
}

const separators = [' or ', ' and ', '|'] as const;
const boundaries: Readonly<Record<string, string>> = { '>=': '>', '<=': '<', '>': '>=', '<': '<=' };

export function rewritingsOf(text: string): readonly Rewritten[] {
  // Of the same length, so that places are those of the text.
  const code = text.replace(/'(?:[^'\\]|\\.)*'/g, (quoted) => "'".padEnd(quoted.length - 1, '_') + "'");
  const without = (start: number, end: number, by = ''): Rewritten => ({
    change:
      by === '' ? `${text.slice(start, end).trim()} dropped` : `${text.slice(start, end).trim()} → ${by}`,
    text: text.slice(0, start) + by + text.slice(end),
  });
  const groups = groupsOf(code);
  const operands = groups.flatMap((group) =>
    operandsOf(code, group).map(([start, end]) => without(start, end)),
  );
  const conditions = groups
    .filter((group) => isLoneCondition(code, group))
    .map(({ start, end }) => without(start, end, 'true'));
  const combined = groups
    .filter(({ name }) => name === 'combine')
    .map(({ start, end }) => without(start - '.combine('.length, end + 1));
  // Whether a comparison can be made at all does not hang on its sign.
  const asked = groups.filter(({ end }) => code.startsWith(').empty()', end));
  const isAsked = (at: number): boolean => asked.some(({ start, end }) => start <= at && at < end);
  const moved = [...code.matchAll(/ (>=|<=|>|<) /g)]
    .filter(({ index }) => !isAsked(index))
    .map(({ index, 1: sign = '' }) => ({
      change: `${around(text, index)}: ${sign} is ${boundaries[sign]}`,
      text: `${text.slice(0, index)} ${boundaries[sign]} ${text.slice(index + sign.length + 2)}`,
    }));
  const turned = [...code.matchAll(/\.not\(\)/g)].map(({ index }) => ({
    change: `${around(text, index)}: not() dropped`,
    text: text.slice(0, index) + text.slice(index + '.not()'.length),
  }));
  return [...operands, ...conditions, ...combined, ...moved, ...turned];
}

function around(text: string, at: number): string {
  return `…${text.slice(Math.max(0, at - 40), at + 24)}…`;
}

/** All groups of an expression, the innermost first. */
function groupsOf(code: string): readonly Group[] {
  const groups: Group[] = [];
  const open: { start: number; name: string; commas: number[] }[] = [{ start: 0, name: '', commas: [] }];
  const close = (end: number): void => {
    const { start, name, commas } = open.pop() ?? { start: 0, name: '', commas: [] };
    let from = start;
    for (const to of [...commas, end]) {
      groups.push({ start: from, end: to, name: commas.length === 0 ? name : '' });
      from = to + 1;
    }
  };
  for (const [at, character] of [...code].entries()) {
    if (character === '(') {
      open.push({ start: at + 1, name: /\w*$/.exec(code.slice(0, at))?.[0] ?? '', commas: [] });
    } else if (character === ')') close(at);
    else if (character === ',') open.at(-1)?.commas.push(at);
  }
  close(code.length);
  return groups;
}

/** Operands of "or", then those of "and" within each, or the alternatives of a union: what to cut out for each. */
function operandsOf(code: string, group: Group): readonly (readonly [number, number])[] {
  const split = (
    start: number,
    end: number,
    [separator, ...others]: readonly string[],
  ): [number, number][] => {
    if (separator === undefined) return [];
    const found = piecesOf(code, start, end, separator);
    const cuts =
      found.length < 2
        ? []
        : found.map(([from, to], at): [number, number] => {
            const [, before = 0] = found[at - 1] ?? [];
            const [after = 0] = found[at + 1] ?? [];
            return at === 0 ? [from, after] : [before, to];
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
