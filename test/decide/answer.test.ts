/** Yes, no and unknown, put together: false decides "all" before unknown, true decides "any" before unknown. */

import { describe, expect, test } from '@jest/globals';
import { allOf, type Answer, anyOf, no, noneOf, yes } from '../../src/decide/answer.js';

const unknown: Answer = { is: 'unknown', missing: [{ what: 'allergies', why: 'not sent' }] };
const answers = { true: yes(), false: no, unknown };
type Name = keyof typeof answers;
const itself = (answer: Answer): Answer => answer;
const named = (names: readonly Name[]) => names.map((name) => answers[name]);

/** Parts, then what all, any and none of them answer. */
const table: readonly (readonly [readonly Name[], Name, Name, Name])[] = [
  [[], 'true', 'false', 'true'],
  [['true'], 'true', 'true', 'false'],
  [['false'], 'false', 'false', 'true'],
  [['unknown'], 'unknown', 'unknown', 'unknown'],
  [['true', 'true'], 'true', 'true', 'false'],
  [['true', 'false'], 'false', 'true', 'false'],
  [['false', 'true'], 'false', 'true', 'false'],
  [['false', 'false'], 'false', 'false', 'true'],
  [['true', 'unknown'], 'unknown', 'true', 'false'],
  [['unknown', 'true'], 'unknown', 'true', 'false'],
  [['false', 'unknown'], 'false', 'unknown', 'unknown'],
  [['unknown', 'false'], 'false', 'unknown', 'unknown'],
  [['unknown', 'unknown'], 'unknown', 'unknown', 'unknown'],
  [['unknown', 'true', 'false'], 'false', 'true', 'false'],
];

describe.each(table)('of %j', (parts, all, any, none) => {
  test(`all is ${all}`, () => {
    expect(allOf(named(parts), itself).is).toBe(all);
  });

  test(`any is ${any}`, () => {
    expect(anyOf(named(parts)).is).toBe(any);
  });

  test(`none is ${none}`, () => {
    expect(noneOf(named(parts), itself).is).toBe(none);
  });
});

describe('what an answer carries', () => {
  const witness = (id: string) => ({
    resource: { resourceType: 'Patient' as const, id },
    identity: undefined,
    elements: [],
  });

  test('all and any carry the witnesses of every true part', () => {
    const parts = [yes([witness('a')]), yes([witness('b')])];
    expect(allOf(parts, itself)).toEqual(yes([witness('a'), witness('b')]));
    expect(anyOf([no, ...parts])).toEqual(yes([witness('a'), witness('b')]));
  });

  test('none carries no witness', () => {
    expect(noneOf([no], itself)).toEqual(yes([]));
  });

  test('unknown carries what every unknown part lacked', () => {
    const other: Answer = { is: 'unknown', missing: [{ what: 'dispenses', why: 'not sent' }] };
    const missing = [
      { what: 'allergies', why: 'not sent' },
      { what: 'dispenses', why: 'not sent' },
    ];
    expect(allOf([unknown, yes([witness('a')]), other], itself)).toEqual({ is: 'unknown', missing });
    expect(anyOf([unknown, no, other])).toEqual({ is: 'unknown', missing });
    expect(noneOf([unknown, no, other], itself)).toEqual({ is: 'unknown', missing });
  });

  test('all asks no further once one is false, none once one is true', () => {
    const asked: string[] = [];
    const answering = (answer: Answer) => (name: string) => {
      asked.push(name);
      return answer;
    };
    allOf(['first', 'second'], answering(no));
    noneOf(['first', 'second'], answering(yes()));
    expect(asked).toEqual(['first', 'first']);
  });
});
