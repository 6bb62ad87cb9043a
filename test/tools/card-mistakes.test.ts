/** A pharmacist's mistakes come all at once, each at its line, whatever else is wrong. */

import { describe, expect, test } from '@jest/globals';
import { newCard } from '../../tools/new-card.js';
import {
  CARD,
  CASES,
  card,
  cases,
  checked,
  checkedWith,
  FACT_CASES,
  factCases,
  standingFolders,
} from './support.js';

const TWIN = 'relaxants/twin.yaml';
const tired = card
  .replace('Look again.', 'You must look again.')
  .replace('expires: 2027-11-22', 'expires: 2026-11-22');
const ended = 'its review was due by 2026-11-22: read it again, then set revised and expires';

describe('beside a card that cannot be read', () => {
  const { faults } = checkedWith({
    [CARD]: tired,
    [CASES]: cases.replace(/unknown:[^]*$/, 'unknown: []\n').replace('65-tomorrow', '65-tomorow'),
    [TWIN]: card.replace('status: active', 'status: activ'),
    'relaxants/twin.cases.yaml': cases.replace('case: 65 today\n', 'case:\n'),
    'relaxants/bacloffen.cases.yaml': cases,
  });

  test('the card is told', () => {
    expect(faults).toContain(
      `${TWIN}:13 governance.status: expected draft, active or retired; did you mean "active"?`,
    );
  });

  test('the words and reviews of the others are told', () => {
    expect(faults).toContain(`${CARD}:10 says "must": offer, do not command`);
    expect(faults).toContain(`${CARD}:13 ${ended}`);
  });

  test('the files of cases are told', () => {
    expect(faults).toContain('relaxants/twin.cases.yaml:2 shown.0.case: is empty; expected words');
    expect(faults).toContain(
      `${CASES}:10 no fixture is named "patients/65-tomorow"; did you mean "patients/65-tomorrow"?`,
    );
    expect(faults).toContain(
      `${CASES}:13 has no unknown case in which Patient is unread, which the card needs`,
    );
  });

  test('cases of no card are told the nearest one', () => {
    expect(faults).toContain(
      'relaxants/bacloffen.cases.yaml:1 belongs to no card: relaxants/bacloffen.yaml is not there; did you mean "relaxants/baclofen"?',
    );
  });

  test('nothing else is told', () => {
    expect(faults).toHaveLength(9);
  });
});

describe('beside a case that names no fixture', () => {
  const twin = card.replace('65 years', '66 years');
  const { faults } = checkedWith(
    {
      [CARD]: tired,
      [CASES]: cases.replace('65-tomorrow', '65-tomorow'),
      [TWIN]: twin,
      'relaxants/twin.cases.yaml': cases.replace(
        'patients/65-today, orders/baclofen]\n    ind',
        'patients/90, orders/baclofen]\n    ind',
      ),
    },
    { 'patients/90.json': '{"resourceType": "Patient", "id": "p1", "birthDate": "1936-01-01"}' },
  );

  test('words, reviews and versions are told', () => {
    expect(faults).toContain(`${CARD}:10 says "must": offer, do not command`);
    expect(faults).toContain(`${CARD}:13 ${ended}`);
    expect(faults).toContainEqual(
      expect.stringMatching(/^relaxants\/twin\.yaml:13 is not in versions\.lock\.json/),
    );
  });

  test('mutants of the cards whose cases hold are told', () => {
    expect(faults).toContain(
      'relaxants/twin: way 1: all 1: "aged at least" 66 year moved by 1: no case notices; add one that differs in just this',
    );
    expect(faults).not.toContainEqual(expect.stringMatching(/^relaxants\/baclofen: way/));
  });

  test('no fixture is called unused, for that one may have been meant', () => {
    expect(faults).not.toContainEqual(expect.stringContaining('no case uses it'));
  });
});

test('a card that is just begun is told what to fill in, in plain words', () => {
  const folders = standingFolders();
  newCard(folders, { log: () => undefined, error: () => undefined }, ['baclofen/something']);
  const { faults } = checked(folders);
  expect(faults).toEqual([
    'baclofen/something.yaml:3 why: is empty; expected words',
    'baclofen/something.yaml:4 evidence: expected at least one key of evidence.yaml',
    'baclofen/something.yaml:10 card.summary: expected words, or words for each of info, warning and critical',
    'baclofen/something.yaml:11 card.detail: expected words, or words for each of info, warning and critical',
    'baclofen/something.yaml:12 card.override: expected at least one reason for not following the card',
    'baclofen/something.cases.yaml:2 shown.0.case: is empty; expected words',
    'baclofen/something.cases.yaml:3 shown.0.given: expected at least one',
    'baclofen/something.cases.yaml:5 silent.0.case: is empty; expected words',
    'baclofen/something.cases.yaml:6 silent.0.given: expected at least one',
    '9 fault(s); the cards do not stand',
  ]);
});

test('a summary that is too long is told once', () => {
  const summary = `summary: '{this} ${'x'.repeat(140)}'`;
  const { faults } = checkedWith({ [CARD]: card.replace("summary: '{this} is ordered.'", summary) });
  expect(faults.filter((fault) => fault.includes('too long'))).toEqual([
    expect.stringMatching(/^relaxants\/baclofen\.yaml:9 has a summary 10 characters too long/),
  ]);
});

test('a fixture that cases of a fact misname is told with the nearest one', () => {
  const { faults } = checkedWith({ [FACT_CASES]: factCases.replace('65-tomorrow', '65-tomorow') });
  expect(faults).toContain(
    `${FACT_CASES}:1 "aged at least": no fixture is named "patients/65-tomorow"; did you mean "patients/65-tomorrow"?`,
  );
});

test('cards are not called alike when what they ask could not be read', () => {
  const facts = 'taking: {asks: It is taken., needs: medications}\n';
  const twin = card.replace('65 years', '66 years');
  const { faults } = checkedWith({ 'vocabulary/facts.yaml': facts, 'relaxants/twin.yaml': twin });
  expect(faults[0]).toMatch(/^vocabulary\/facts\.yaml:1 taking\.find: is missing; expected FHIRPath, /);
  expect(faults).not.toContainEqual(expect.stringContaining('make them one card'));
  const misspelt = {
    [CARD]: card.replace('aged at least', 'aged at lest'),
    'relaxants/twin.yaml': card.replace('aged at least', 'aged at laest'),
  };
  expect(checkedWith(misspelt).faults).not.toContainEqual(expect.stringContaining('make them one card'));
});

test('fixtures without their folder are told with its name', () => {
  const folders = { ...standingFolders(), fixturesDir: '/nowhere' };
  const told = 'fhir-fixtures: no folder is there; expected that of the fixtures: name it in FIXTURES_DIR';
  expect(checked(folders).faults).toEqual([told, '1 fault(s); the cards do not stand']);
});

test('a library without its folder is told as missing', () => {
  const folders = { ...standingFolders(), cardsDir: '/nowhere' };
  expect(checked(folders).faults[0]).toMatch(/^cards:1 is not there; expected the folder of the cards/);
});
