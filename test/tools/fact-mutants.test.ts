/** Mutants of facts: each loses one clause or moves one boundary, and is to be noticed by some case. */

import { describe, expect, test } from '@jest/globals';
import { showMutants } from '../../tools/check-cards.js';
import { syntaxOf } from '../../src/decide/expressions.js';
import { loadLibrary } from '../../src/library/library.js';
import { rewritingsOf } from '../../tools/fact-mutants.js';
import { textOf } from '../../tools/fhirpath-text.js';
import { writeFiles } from '../library/support.js';
import { checkedWith, FACT_CASES, factCases, said, standingFolders } from './support.js';

const { facts } = loadLibrary('cards', () => []);
const written = [...facts.values()].flatMap(({ find, unclear, only, counts }) =>
  [find, unclear, only, counts].flatMap((expression) =>
    typeof expression === 'object' ? Object.values(expression) : (expression ?? []),
  ),
);

const rewritten = (expression: string) => rewritingsOf(expression).map(({ text }) => text);

describe('an expression is rewritten', () => {
  test.each([
    ['where(a and b)', ['where(b)', 'where(a)']],
    ['where(a or b and c)', ['where(b and c)', 'where(a)', 'where(a or c)', 'where(a or b)']],
    ['where(a or b or c)', ['where(a or b)', 'where(b or c)', 'where(a or c)']],
    ["where(status in ('x'|'y'))", ['where(true)', "where(status in ('y'))", "where(status in ('x'))"]],
    ["where(status = 'x'|'y')", ['where(true)', "where(status = 'y')", "where(status = 'x')"]],
    ["where(status = 'x')", ['where(true)']],
    ['(a | b.c).exists()', ['(b.c).exists()', '(a).exists()']],
    [
      'iif(a or b, c | d, e)',
      ['(c|d)', '(e)', 'iif(b, c|d, e)', 'iif(a, c|d, e)', 'iif(a or b, d, e)', 'iif(a or b, c, e)'],
    ],
    ['a.combine(b).exists()', ['a.exists()', '(b).exists()']],
    ['a.exists(b).not()', ['a.exists(b)', 'a.exists(true).not()']],
    ['a.lower().first()', ['a.lower()', 'a.first()']],
    ['where(x >= 1)', ['where(true)', 'where(x > 1)']],
    ['where(x < 1)', ['where(true)', 'where(x <= 1)']],
  ])('%s', (expression, expected) => {
    expect(rewritten(expression)).toEqual(expected);
  });

  test('but never within quotes', () => {
    expect(rewritten("where(text = 'a and b > c | (d')")).toEqual(['where(true)']);
    expect(rewritten("where(text = 'it\\'s and' and b)")).toEqual(['where(b)', "where(text = 'it\\'s and')"]);
  });

  test('not at all when there is nothing to lose', () => {
    expect(rewritten('where(true)')).toEqual([]);
    expect(rewritten('where(priorPrescription.exists())')).toEqual(['where(true)']);
  });

  test.each(written)('from its syntax tree, which is written as it was: %s', (expression) => {
    expect(textOf(syntaxOf(expression))).toBe(expression.replace(/ \| /g, '|'));
  });

  test('and what facts are not written with is told', () => {
    expect(() => textOf(syntaxOf('a + b'))).toThrow(
      'AdditiveExpression: no fact has had one, and textOf() does not know how it is written.',
    );
  });
});

const boundary = 'find: birthDate <= %bornBy.toDate(): <= → <';
describe('a mutant of a fact', () => {
  test('that no case notices is told', () => {
    const blind = factCases.replace(
      ', [{of: patients/65-today, set: {birthDate: null}}, orders/baclofen]',
      '',
    );
    const lost = '"aged at least" unclear dropped: no case notices; add one that differs in just this';
    expect(checkedWith({ [FACT_CASES]: blind }).faults).toEqual([lost, '1 fault(s); the cards do not stand']);
  });

  test('is shown by itself', () => {
    const folders = standingFolders();
    expect(said((terminal) => showMutants(folders, terminal, 'vocabulary/facts'))).toEqual({
      code: 0,
      said: ['1 facts, 4 mutants, 4 killed'],
    });
    writeFiles(folders.cardsDir, { [FACT_CASES]: factCases.replace('65-tomorrow', '65-today') });
    expect(said((terminal) => showMutants(folders, terminal, 'vocabulary/facts'))).toMatchObject({
      code: 1,
      said: [
        expect.stringContaining('expected no, the answer is true'),
        '1 fault(s); the cards do not stand',
      ],
    });
  });

  test('that is said to mean the same, and does not, is told', () => {
    const same = `  same: {'${boundary}': it does not}\n`;
    expect(checkedWith({ [FACT_CASES]: factCases + same }).faults).toEqual([
      `"aged at least" ${boundary}: a case notices, or there is no such mutant`,
      '1 fault(s); the cards do not stand',
    ]);
  });
});

describe('a twin of a fixture', () => {
  test('has the elements that are written, and is held against FHIR R4', () => {
    const twin = factCases.replace('birthDate: null', 'birthDate: born long ago');
    const { faults } = checkedWith({ [FACT_CASES]: twin });
    expect(faults[0]).toContain(
      `${FACT_CASES}:1 "aged at least": patients/65-today {"birthDate":"born long ago"} is not FHIR R4: `,
    );
  });

  test('is one case for each of its statuses', () => {
    const twins = factCases.replace(
      'no: [[patients/65-tomorrow, orders/baclofen]]',
      'no: [[patients/65-tomorrow, {of: orders/baclofen, statuses: [draft, active]}]]',
    );
    expect(checkedWith({ [FACT_CASES]: twins }).said[1]).toBe(
      'facts: 5 cases of their own; 4 mutants, 4 killed, 0 the same',
    );
  });

  test('of a fixture that is not there is told', () => {
    const twin = factCases.replace('of: patients/65-today', 'of: patients/65-toay');
    expect(checkedWith({ [FACT_CASES]: twin }).faults[0]).toBe(
      `${FACT_CASES}:1 "aged at least": no fixture is named "patients/65-toay"; did you mean "patients/65-today"?`,
    );
  });
});
