/** What `card check` finds in a library that stands, once it is broken in one place. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { showMutants } from '../../tools/check-cards.js';
import { writeGenerated } from '../../tools/generated.js';
import { lockCards } from '../../tools/lock.js';
import { writeFiles } from '../library/support.js';
import {
  CARD,
  CASES,
  card,
  cases,
  checked,
  checkedWith,
  FACT_CASES,
  factCases,
  order,
  patient,
  said,
  standingFolders,
} from './support.js';

const linezolid = order('c', '190376');
const oneFault = (fault: unknown) => ({
  code: 1,
  said: [],
  faults: [fault, '1 fault(s); the cards do not stand'],
});

describe('a library that stands', () => {
  test('is counted, and the check ends with 0', () => {
    const { code, said, faults } = checked(standingFolders());
    expect({ code, faults }).toEqual({ code: 0, faults: [] });
    expect(said).toEqual([
      expect.stringMatching(
        /^1 cards, 4 facts, cases: 1 shown, 2 silent, 1 unknown; \d+ mutants, all killed$/,
      ),
      'facts: 4 cases of their own; 4 mutants, 4 killed, 0 the same',
      'codes: 2 snomed, 4 icd10cm, 2 loinc, 4 rxnorm, 2 atc; 14 code mutants, all killed',
    ]);
  });

  test.each(['draft', 'retired'])(
    'may hold a card that is %s, whose cases hold of it as active',
    (status) => {
      const folders = standingFolders();
      const twin = card.replace('65 years', '70 years').replace('status: active', `status: ${status}`);
      writeFiles(folders.cardsDir, {
        'relaxants/older.yaml': `replaces: [relaxants/baclofen]\n${twin}`,
        'relaxants/older.cases.yaml': cases
          .replaceAll('patients/65-today', 'patients/70-today')
          .replaceAll('patients/65-tomorrow', 'patients/70-tomorrow'),
      });
      writeFiles(folders.fixturesDir, {
        'patients/70-today.json': patient('1956-11-22'),
        'patients/70-tomorrow.json': patient('1956-11-23'),
      });
      said((terminal) => lockCards(folders, terminal));
      said((terminal) => writeGenerated(folders, terminal));
      const { faults, said: counts } = checked(folders);
      expect(faults).toEqual([]);
      expect(counts[0]).toMatch(/^2 cards \(1 not active, judged as if it were\), 4 facts, .* all killed$/);
    },
  );

  test('has no mutant that lives', () => {
    const said: string[] = [];
    const terminal = { log: (line: string) => said.push(line), error: (line: string) => said.push(line) };
    expect(showMutants(standingFolders(), terminal)).toBe(0);
    expect(said).toEqual([expect.stringMatching(/^1 cards, (\d+) mutants, \1 killed$/)]);
    expect(showMutants(standingFolders(), terminal, 'elsewhere')).toBe(1);
    expect(said[1]).toBe('no card is below "elsewhere"');
  });
});

describe('a library that cannot be loaded', () => {
  test('is told fault by fault, and nothing is judged', () => {
    expect(checkedWith({ [CARD]: card.replace('ordering: baclofen', 'ordering: baclofn') })).toEqual(
      oneFault(
        `${CARD}:5 no drug or class is named "baclofn" in vocabulary/drugs.yaml; did you mean "baclofen"?`,
      ),
    );
  });

  test('has no mutants to show', () => {
    const folders = standingFolders();
    writeFileSync(join(folders.cardsDir, CARD), '');
    const errors: string[] = [];
    expect(showMutants(folders, { log: () => undefined, error: (line) => errors.push(line) })).toBe(1);
    expect(errors.at(-1)).toBe('1 fault(s); the cards do not stand');
  });
});

describe('the cases of a card', () => {
  test('that are missing are asked for', () => {
    const folders = standingFolders();
    rmSync(join(folders.cardsDir, CASES));
    const { code, faults } = checked(folders);
    expect(code).toBe(1);
    expect(faults[0]).toBe(`${CARD}:1 has no cases: write ${CASES} with shown, silent and unknown`);
  });

  test('that lack a kind, or hold an unknown key, are told at their line', () => {
    expect(checkedWith({ [CASES]: cases.replace(/silent:[^]*unknown:/, 'unknown:') }).faults[0]).toMatch(
      /^relaxants\/baclofen\.cases\.yaml:1 silent: /,
    );
    expect(checkedWith({ [CASES]: cases.replace('unread:', 'unred:') }).faults[0]).toMatch(
      /^relaxants\/baclofen\.cases\.yaml:16 unknown\.0: .*unred/,
    );
  });

  test('that name a fixture which is not there are told the nearest one', () => {
    expect(checkedWith({ [CASES]: cases.replace('patients/65-tomorrow', 'patients/65-tomorow') })).toEqual(
      oneFault(`${CASES}:10 no fixture is named "patients/65-tomorow"; did you mean "patients/65-tomorrow"?`),
    );
  });

  test('that select an order which is not there are told so', () => {
    expect(
      checkedWith({
        [CASES]: cases.replace(
          'unread: [patient]',
          'unread: [patient]\n    hook: order-select\n    selections: [orders/nothing-like-it]',
        ),
      }),
    ).toEqual(oneFault(`${CASES}:18 no fixture is named "orders/nothing-like-it"`));
  });

  test('that rest on a fixture which is no JSON are told so', () => {
    const { faults } = checkedWith({}, { 'patients/65-tomorrow.json': '{' });
    expect(faults).toEqual([
      `${CASES}:10 fixture "patients/65-tomorrow" is not JSON`,
      `${FACT_CASES}:1 "aged at least": fixture "patients/65-tomorrow" is not JSON`,
      'fhir-fixtures/patients/65-tomorrow.json: is not JSON',
      '3 fault(s); the cards do not stand',
    ]);
  });

  test('that expect another state are told what the card is', () => {
    expect(checkedWith({ [CARD]: card.replace('65 years', '66 years') }).faults).toContain(
      `${CASES}:2 "65 today": expected shown, the card is silent`,
    );
    expect(checkedWith({ [CASES]: cases.replace('    unread: [patient]\n', '') }).faults).toContain(
      `${CASES}:14 "patient not sent": expected unknown, the card is shown`,
    );
  });

  test.each([
    ['indicator: warning', 'indicator: critical', 'expected indicator critical, got warning'],
    ['says: [Baclofen is ordered]', 'says: [Something else]', 'expected it to say "Something else"'],
    ['says not: [linezolid]', 'says not: [Baclofen]', 'expected it not to say "Baclofen"'],
    [
      'suggests: [Remove the baclofen order]',
      'suggests: []',
      'expected the suggestions [], got [Remove the baclofen order]',
    ],
  ])('that depart from "%s" are told how', (promised, other, fault) => {
    expect(checkedWith({ [CASES]: cases.replace(promised, other) })).toEqual(
      oneFault(expect.stringContaining(`${CASES}:2 "65 today": ${fault}`)),
    );
  });

  test('without an unknown one for a source the card needs are told which', () => {
    expect(checkedWith({ [CASES]: cases.replace(/unknown:[^]*$/, '') }).faults).toContain(
      `${CASES}:1 has no unknown case in which Patient is unread, which the card needs`,
    );
  });

  test('that no longer notice a changed limit are told the mutant', () => {
    const { code, faults } = checkedWith(
      {
        [CASES]: cases
          .replace('patients/65-tomorrow', 'patients/20')
          .replace(
            'patients/65-today, orders/cyclobenzaprine',
            'patients/65-tomorrow, orders/cyclobenzaprine',
          ),
      },
      { 'patients/20.json': '{"resourceType": "Patient", "id": "p1", "birthDate": "2006-01-01"}' },
    );
    expect(code).toBe(1);
    expect(faults[0]).toMatch(
      /"aged at least" 65 year moved by -1: no case notices; add one that differs in just this$/,
    );
  });
});

describe('what is left over', () => {
  test('a fixture that no case uses is told', () => {
    expect(checkedWith({}, { 'orders/linezolid.json': linezolid })).toEqual(
      oneFault('fhir-fixtures/orders/linezolid.json: no case uses it: remove it or use it'),
    );
  });

  test('a fact that no card asks is told', () => {
    const { faults } = checkedWith({
      [CARD]: card.replace('aged at least: 65 years', 'taking: linezolid'),
    });
    expect(faults).toContainEqual(
      expect.stringMatching(/^vocabulary\/facts\.yaml:\d+ no card asks "aged at least": remove it$/),
    );
  });
});

test('several faults come at once', () => {
  const { code, faults } = checkedWith(
    { [CASES]: cases.replace('indicator: warning', 'indicator: critical') },
    { 'orders/linezolid.json': linezolid },
  );
  expect(code).toBe(1);
  expect(faults).toHaveLength(3);
  expect(faults.at(-1)).toBe('2 fault(s); the cards do not stand');
});

describe('the cases of a fact', () => {
  test('that are missing are told', () => {
    expect(checkedWith({ [FACT_CASES]: '{}\n' })).toEqual(
      oneFault(`${FACT_CASES}:1 has no cases of the fact "aged at least"`),
    );
  });

  test('that are answered otherwise are told at their fact', () => {
    const wrong = factCases.replace('65-tomorrow', '65-today');
    const { faults } = checkedWith({ [FACT_CASES]: wrong });
    expect(faults[0]).toBe(
      `${FACT_CASES}:1 "aged at least": [patients/65-today, orders/baclofen] expected no, the answer is true`,
    );
  });

  test('of a misspelt fact are told the nearest one', () => {
    const { faults } = checkedWith({ [FACT_CASES]: factCases.replace('aged at least', 'aged at leest') });
    expect(faults).toContain(
      `${FACT_CASES}:1 "aged at leest": no fact has this name; did you mean "aged at least"?`,
    );
  });

  test('that never show it unknown are told, when it can be', () => {
    const known = factCases.replace(/ {2}unknown.*\n/, '');
    expect(checkedWith({ [FACT_CASES]: known })).toEqual(
      oneFault(`${FACT_CASES}:1 "aged at least": can be unknown, and no case shows it`),
    );
  });

  test('with a wrong argument, or without an order to ask it of, are told so', () => {
    const wordless = factCases.replace('65 years', '65');
    expect(checkedWith({ [FACT_CASES]: wordless }).faults[0]).toContain('limit: expected a duration');
    const orderless = factCases.replace('[[patients/65-today, orders/baclofen]]', '[[patients/65-today]]');
    expect(checkedWith({ [FACT_CASES]: orderless }).faults[0]).toContain(
      'holds no order or stop to ask it of',
    );
  });
});
