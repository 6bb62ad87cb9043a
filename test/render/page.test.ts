/** The page of a card: what it says, when, why and what it rests on, in words. */

import { describe, expect, test } from '@jest/globals';
import { conditionsInWords, keyInWords } from '../../src/render/card-in-words.js';
import { cardPage } from '../../src/render/page.js';
import { capitalised, cut, filled, listOf } from '../../src/render/words.js';
import { namesIn } from '../../src/library/card.js';
import { loadLibrary } from '../../src/library/library.js';
import { base } from '../library/base-library.js';
import { cardText, libraryOf, withFact } from '../library/support.js';

const says = {
  'vocabulary/drugs.yaml': `${base['vocabulary/drugs.yaml']}says: {maoi: an MAOI, relaxant: baclofen or cyclobenzaprine, sublingual: a sublingual tablet}\n`,
  'vocabulary/problems.yaml': `${base['vocabulary/problems.yaml']}says: {stroke: a stroke, fits baclofen: what baclofen is for}\n`,
};
const library = libraryOf({
  ...says,
  'relaxants/baclofen.yaml': cardText({
    when: [
      '- ordering: baclofen',
      '  all: [{taking: maoi}, continuous]',
      '  any: [{aged at least: 65 years}, {has problem: stroke}]',
      '  unless: [{newest result under: {lab: eGFR, limit: 30 mL/min}}]',
      '- ordering: cyclobenzaprine',
    ],
    indicator: '[{critical: [continuous]}, info]',
    summary: '{critical: Stop., info: Look.}',
    detail: '{critical: Do stop., info: Do look.}',
    override: '[seen, agreed]',
    card: ['also:', '  - {say: It goes on., all: [continuous]}', '  - {say: Always.}'],
  }),
});

describe('the page of a card', () => {
  test('says everything that the card file says', () => {
    const page = cardPage('relaxants-baclofen', library);
    expect(page?.split('\n').filter((line) => line !== '')).toEqual(
      expect.arrayContaining([
        '# A card',
        'A reason.',
        '## What it says',
        'Indicator: critical (The order is meant to go on without an end.), else info.',
        '**Look.**',
        '**Stop.**',
        'Do look.',
        'Do stop.',
        '- It goes on. (The order is meant to go on without an end.)',
        '- Always. (always)',
        '## When it shows',
        '1. Baclofen is ordered. The patient is taking an MAOI. The order is meant to go on without an end. At least one: The patient is 65 years or older today. The problem list holds a stroke. Not when: The newest eGFR is under 30 mL/min.',
        '2. Cyclobenzaprine is ordered.',
        '## When not to follow it',
        '- Seen.',
        '- Agreed.',
        '## Evidence',
        '- label: A label (certainty: high)',
      ]),
    );
    expect(page).toContain('1.0.0');
    expect(page).toContain('active, ');
    expect(page).toContain('revised 2026-11-22');
    expect(page).toContain('to be reviewed by 2027-11-22');
    expect(page).toContain('Owner: an owner.');
    expect(page).toContain('Reviewer: pending.');
  });

  const lines = (parts: Parameters<typeof cardText>[0]) =>
    cardPage('relaxants-baclofen', libraryOf({ ...says, 'relaxants/baclofen.yaml': cardText(parts) }))?.split(
      '\n',
    );

  test('names both drugs of a pair, one way round for the two', () => {
    const page = lines({
      when: ['- pair: [baclofen, cyclobenzaprine]', "  all: [{taking: '{other}'}]"],
      indicator: "[{info: [{has problem: 'fits {this}'}]}, warning]",
      summary: "'{this} with {other}.'",
      card: ["also: [{say: 'Not {other}.', all: [{taking: '{this}'}]}]"],
    });
    expect(page).toEqual(
      expect.arrayContaining([
        'Indicator: info (The problem list holds what baclofen is for.), else warning.',
        '**Baclofen with cyclobenzaprine.**',
        'The same is said with the two drugs exchanged.',
        '- Not cyclobenzaprine. (The patient is taking baclofen.)',
        '1. Baclofen is ordered (likewise with the two drugs exchanged). The patient is taking cyclobenzaprine.',
        '- What baclofen is for: multiple sclerosis, a stroke.',
      ]),
    );
    expect(lines({ when: ['- pair: [baclofen, cyclobenzaprine]'], summary: 'Both.' })).not.toContain(
      'The same is said with the two drugs exchanged.',
    );
  });

  test('names at each indicator what its own ways bind, and nothing for one the card never is', () => {
    const page = lines({
      when: [
        '- {together: [relaxant, phenelzine], indicator: critical}',
        '- together: [relaxant, maoi]',
        '- together: [cyclobenzaprine, linezolid]',
      ],
      indicator: 'warning',
      summary: "'{this} with {other}: {order}.'",
    });
    expect(page).toEqual(
      expect.arrayContaining([
        'At critical:',
        '**Baclofen or cyclobenzaprine with phenelzine: baclofen or cyclobenzaprine.**',
        'At warning:',
        '**Baclofen or cyclobenzaprine with an MAOI or linezolid: baclofen or cyclobenzaprine.**',
        '- An MAOI: phenelzine, linezolid.',
      ]),
    );
    expect(page).not.toContain('At info:');
    expect(page).not.toContainEqual(expect.stringMatching(/^- Baclofen or cyclobenzaprine:/));
  });

  test('of the real cards leaves no name open', () => {
    const real = loadLibrary('cards');
    const open = real.cards.filter(({ topic }) => /\{\w+\}/.test(cardPage(topic, real) ?? ''));
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  test('of the real cards says every class and group in words of its own', () => {
    const { cards, vocabulary } = loadLibrary('cards');
    const lists = new Set([...vocabulary.classes.keys(), ...vocabulary.problemGroups.keys()]);
    const silent = cards.flatMap(namesIn).filter((name) => lists.has(name) && !vocabulary.says.has(name));
    expect(silent).toEqual([]);
  });

  test('names the cards it takes the place of, the claims it rests on and the cases that prove it', () => {
    const proven = libraryOf({
      'relaxants/baclofen.yaml': cardText({ more: ['replaces: [relaxants/other]', 'claims: [S01, S02]'] }),
      'relaxants/other.yaml': cardText(),
      'relaxants/baclofen.cases.yaml': 'shown: [{case: at 65}, {case: at 80}]\nsilent: [{case: at 64}]\n',
    });
    const page = cardPage('relaxants-baclofen', proven);
    expect(page).toContain('It takes the place of: relaxants/other.');
    expect(page).toContain('Claims of the source text: S01, S02.');
    expect(page).toContain('## Cases\n\nShown:\n\n- at 65\n- at 80\n\nSilent:\n\n- at 64');
    expect(page).not.toContain('Not checked:');
  });

  test('has the history of the lock, and the reviewer who signed the card', () => {
    const reviewed = libraryOf({
      'relaxants/baclofen.yaml': cardText().replace(
        'expires: 2027-11-22',
        'expires: 2027-11-22, reviewer: {name: A pharmacist, on: 2026-11-20}',
      ),
      'versions.lock.json': JSON.stringify({
        'relaxants/baclofen': {
          version: '1.0.0',
          behaviour: 'abc',
          history: [
            { version: '0.9.0', revised: '2026-10-01' },
            { version: '1.0.0', revised: '2026-11-22' },
          ],
        },
      }),
    });
    const page = cardPage('relaxants-baclofen', reviewed);
    expect(page).toContain('- 0.9.0, revised 2026-10-01\n- 1.0.0, revised 2026-11-22');
    expect(page).toContain('Reviewer: A pharmacist, 2026-11-20.');
  });

  test('says which attributes of the patient its facts use', () => {
    const { text } = withFact(
      'is old:',
      '  asks: The patient is old.',
      '  needs: patient',
      '  uses: [date of birth]',
      '  find: where(true)',
    );
    const using = libraryOf({
      'relaxants/baclofen.yaml': cardText({ when: ['- ordering: baclofen', '  all: [is old]'] }),
      'vocabulary/facts.yaml': text,
    });
    const page = cardPage('relaxants-baclofen', using);
    expect(page).toContain('Use of date of birth: yes.');
    expect(page).toContain('Use of race: no.');
  });

  test('of the service itself says why there is such a card', () => {
    expect(cardPage('not-checked', library)).toBe(
      '# Checks that could not be made\n\nSomething was not readable.\n\nCheck these yourself.\n\n',
    );
  });

  test.each(['', 'nothing', 'relaxants/baclofen', '__proto__'])('of "%s" is none', (topic) => {
    expect(cardPage(topic, library)).toBeUndefined();
  });
});

describe('a key in words', () => {
  const together = { kind: 'together', drug: 'cyclobenzaprine', other: 'maoi' } as const;

  test.each([
    [{ kind: 'ordering', drug: 'baclofen' } as const, 'Baclofen is ordered.'],
    [
      { kind: 'stopping', drug: 'baclofen' } as const,
      'Baclofen is stopped, replaced by another drug, or not continued at discharge.',
    ],
    [{ kind: 'taking', drug: 'baclofen' } as const, 'The chart is opened of a patient who takes baclofen.'],
    [
      { kind: 'pair', drug: 'baclofen', other: 'cyclobenzaprine' } as const,
      'Baclofen is ordered (likewise with the two drugs exchanged).',
    ],
    [
      { ...together, within: undefined, notAs: undefined },
      'Cyclobenzaprine is ordered while an MAOI is taken, or an MAOI is ordered while cyclobenzaprine is taken.',
    ],
    [
      { ...together, within: { value: 14, unit: 'day' } as const, notAs: 'sublingual' },
      'Cyclobenzaprine is ordered while an MAOI is taken or within 14 days after it ended, or an MAOI is ordered while cyclobenzaprine is taken. An MAOI given as a sublingual tablet does not count.',
    ],
  ])('of %j', (key, words) => {
    expect(keyInWords(key, library.vocabulary)).toBe(words);
  });
});

test('a question of an unknown fact, or without its argument, is printed as it stands', () => {
  const none = { all: [], any: [], unless: [] };
  const call = (fact: string) => ({ ...none, all: [{ fact, args: {}, line: 1 }] });
  expect(conditionsInWords(call('something else'), library, [])).toEqual(['Something else']);
  expect(conditionsInWords(call('taking'), library, [])).toEqual(['The patient is taking {drug}.']);
});

test('evidence that is not listed leaves its words out', () => {
  const cards = library.cards.map((card) => ({ ...card, evidence: ['elsewhere'] }));
  expect(cardPage('relaxants-baclofen', { ...library, cards })).toContain('- elsewhere:  (certainty: )');
});

describe('words', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j is listed as "%s"', (items, text) => {
    expect(listOf(items)).toBe(text);
  });

  test('are filled in, and a placeholder nobody fills stays', () => {
    expect(filled('{this} and {that}', { this: 'baclofen' })).toBe('Baclofen and {that}');
  });

  test('that are filled in are not filled in again', () => {
    expect(filled('{this}', { this: '{other}', other: 'x' })).toBe('{other}');
  });

  test('get a capital and are cut at a word', () => {
    expect(capitalised('')).toBe('');
    expect(cut('one two three', 9)).toBe('one two…');
    expect(cut('one two', 7)).toBe('one two');
    expect(cut('onetwothree', 4)).toBe('one…');
  });
});
