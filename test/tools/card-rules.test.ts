/** What `card check` holds of words, governance, versions, codes and fixtures, each broken in one place. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lockCards } from '../../tools/lock.js';
import { base } from '../library/base-library.js';
import { cardText } from '../library/support.js';
import { CARD, card, checked, checkedWith, parts, said, standingFolders } from './support.js';

const LOCK = 'versions.lock.json';
const CODES = 'vocabulary/codes.cases.yaml';
const codeCases = base[CODES] ?? '';
const locked = ({ cardsDir }: { readonly cardsDir: string }) =>
  JSON.parse(readFileSync(join(cardsDir, LOCK), 'utf8')) as Record<string, unknown>;
const faultsOfCard = (more: Parameters<typeof cardText>[0]) =>
  checkedWith({ [CARD]: cardText({ ...parts, ...more }) }).faults;

describe('the words of a card', () => {
  test.each([
    ['an abbreviation', 'Look at the CrCl and the BP.', 'uses the abbreviation BP; write it out'],
    ['a command', 'You must look.', 'says "must": offer, do not command'],
    ['a dash', 'Look – then order.', 'has a dash essay: write two sentences'],
    [
      'what the label does not say',
      'It is identical to another.',
      'says "identical": the labels say closely related',
    ],
    ['a certainty nobody has', 'A proven way.', 'says "proven": the exact mechanism is not fully known'],
  ])('may not hold %s', (_, detail, fault) => {
    expect(faultsOfCard({ detail })).toContain(`${CARD}:1 ${fault}`);
    expect(faultsOfCard({ override: `[seen, '${detail}']` })).toContain(`${CARD}:1 ${fault}`);
  });

  test('may hold the abbreviations a prescriber reads as words', () => {
    expect(faultsOfCard({ detail: 'An MAOI, two SSRIs, the eGFR.' })).not.toContainEqual(
      expect.stringContaining('abbreviation'),
    );
  });

  test('may not abbreviate a country, in its reason and title either', () => {
    const fault = `${CARD}:1 uses the abbreviation US; write it out`;
    expect(faultsOfCard({ detail: 'The US label.' })).toContain(fault);
    expect(faultsOfCard({ title: 'The US label' })).toContain(fault);
  });

  test('read well for one drug and for several', () => {
    const several = ['- pair: [baclofen, cyclobenzaprine]'];
    const fault = (words: string) =>
      `${CARD}:1 says "${words}", which is wrong for one drug or for two: say it without the verb`;
    expect(faultsOfCard({ when: several, summary: "'{this} is ordered.'" })).toContain(fault('{this} is'));
    expect(faultsOfCard({ when: ['- ordering: relaxant'], detail: "'{this} makes two.'" })).toContain(
      fault('{this} makes'),
    );
    expect(faultsOfCard({ when: several, summary: "'{this} with {other}.'" })).not.toContainEqual(
      expect.stringContaining('say it without the verb'),
    );
    expect(faultsOfCard({ summary: "'{this} is ordered.'" })).not.toContainEqual(
      expect.stringContaining('say it without the verb'),
    );
  });

  test('fit the summary with the longest names filled in', () => {
    const summary = (length: number) => `'{this} ${'x'.repeat(length)}'`;
    const tooLong = (length: number) =>
      faultsOfCard({ when: ['- ordering: relaxant'], summary: summary(length) }).filter((fault) =>
        fault.includes('summary'),
      );
    expect(tooLong(123)).toEqual([]);
    expect(tooLong(124)).toContainEqual(
      expect.stringMatching(
        /^relaxants\/baclofen\.yaml:1 has a summary 1 characters too long when filled in: "cyclo/,
      ),
    );
  });

  test('fit the summary with both drugs of a pair either way round', () => {
    const faults = faultsOfCard({
      when: ['- pair: [baclofen, cyclobenzaprine]'],
      summary: `'{other}: ${'x'.repeat(123)}'`,
    });
    expect(faults).toContainEqual(expect.stringContaining('1 characters too long when filled in: "cyclo'));
  });
});

describe('who answers for a card', () => {
  const governed = (text: string) =>
    checkedWith({
      [CARD]: card.replace(/governance: .*/, `governance: {version: 1.0.0, status: active, ${text}}`),
    }).faults;

  test('is asked again on the day the review is due, and not before', () => {
    const folders = standingFolders();
    expect(checked({ ...folders, today: '2027-11-21' }).faults).toEqual([]);
    expect(checked({ ...folders, today: '2027-11-22' }).faults).toEqual([
      `${CARD}:1 its review was due by 2027-11-22: read it again, then set revised and expires`,
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('sets an end after the day it was revised', () => {
    expect(governed('revised: 2027-11-22, expires: 2027-11-22')).toContain(
      `${CARD}:1 expires 2027-11-22, which is not after it was revised (2027-11-22)`,
    );
  });

  test('is another person than its author', () => {
    const reviewed = (name: string) =>
      governed(`revised: 2026-11-22, expires: 2027-11-22, reviewer: {name: ${name}, on: 2026-11-22}`);
    expect(reviewed('an author')).toContain(`${CARD}:1 its reviewer is its author: another person signs`);
    expect(reviewed('somebody else')).not.toContainEqual(expect.stringContaining('reviewer'));
  });
});

describe('two cards of one folder', () => {
  const twin = (text: string) => checkedWith({ 'relaxants/twin.yaml': text }).faults;
  const fault = 'relaxants/twin.yaml:1 shows whenever relaxants/baclofen does: make them one card';

  test('with the same conditions are one card', () => {
    expect(twin(card.replace('title: A card', 'title: Its twin'))).toContain(fault);
  });

  test('with another limit or another indicator are two', () => {
    expect(twin(card.replace('65 years', '66 years'))).not.toContain(fault);
    expect(twin(card.replace('indicator: warning', 'indicator: info'))).not.toContain(fault);
  });
});

describe('the versions of the cards', () => {
  const changed = card.replace('65 years', '66 years');
  const raised = (text: string) => text.replace('version: 1.0.0', 'version: 2.0.0');
  const foldersWith = (text: string) => {
    const folders = standingFolders();
    writeFileSync(join(folders.cardsDir, CARD), text);
    return folders;
  };

  test('are raised when a card does something else', () => {
    expect(checked(foldersWith(changed)).faults).toContain(
      `${CARD}:1 does or says something else than version 1.0.0 did: raise its version (see cards/README.md), then run npm run card lock`,
    );
  });

  test('need not be raised for dates, signatures and evidence', () => {
    const signed = card
      .replace('evidence: [label]', 'evidence: [label]\nclaims: [S01]')
      .replace('expires: 2027-11-22', 'expires: 2027-11-23, reviewer: {name: Somebody, on: 2026-11-22}');
    expect(checked(foldersWith(signed)).faults).not.toContainEqual(expect.stringContaining('version'));
  });

  test('that were raised are locked before they stand', () => {
    const folders = foldersWith(raised(changed));
    expect(checked(folders).faults).toContain(`${CARD}:1 is locked as version 1.0.0: run npm run card lock`);
    expect(said((terminal) => lockCards(folders, terminal))).toEqual({ code: 0, said: ['1 cards locked'] });
    expect(checked(folders).faults).not.toContainEqual(expect.stringContaining('locked'));
  });

  test('that were not raised are not locked', () => {
    expect(said((terminal) => lockCards(foldersWith(changed), terminal))).toEqual({
      code: 1,
      said: [`${CARD}:1 changed but is still version 1.0.0: raise it`],
    });
  });

  test('tell a card that is new and one that is gone', () => {
    const folders = standingFolders();
    rmSync(join(folders.cardsDir, LOCK));
    expect(checked(folders).faults).toContain(`${CARD}:1 is not in ${LOCK}: run npm run card lock`);
    const gone = { version: '1.0.0', behaviour: 'abc', history: [] };
    writeFileSync(join(folders.cardsDir, LOCK), JSON.stringify({ 'relaxants/gone': gone }));
    expect(checked(folders).faults).toContain(
      `${LOCK}:1 holds relaxants/gone, which is gone: run npm run card lock`,
    );
  });

  test('keep their history when a new one is locked', () => {
    const folders = foldersWith(raised(changed).replace('revised: 2026-11-22', 'revised: 2026-12-01'));
    lockCards(folders, { log: () => undefined, error: () => undefined });
    lockCards(folders, { log: () => undefined, error: () => undefined });
    expect(locked(folders)['relaxants/baclofen']).toMatchObject({
      version: '2.0.0',
      history: [
        { version: '1.0.0', revised: '2026-11-22' },
        { version: '2.0.0', revised: '2026-12-01' },
      ],
    });
  });
});

describe('codes written down a second time', () => {
  test('have a line for every code of the vocabulary', () => {
    expect(
      checkedWith({ [CODES]: codeCases.replace('  snomed 24700007: [multiple sclerosis]\n', '') }).faults,
    ).toEqual([
      `${CODES}:1 has no line for snomed 24700007: nobody would notice if it were another code`,
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('hold for what the vocabulary says', () => {
    expect(
      checkedWith({ [CODES]: codeCases.replace('icd10cm I69: [stroke]', 'icd10cm I69: [stroke, back pain]') })
        .faults,
    ).toEqual([
      `${CODES}:1 icd10cm I69 means [stroke], expected [stroke, back pain]`,
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('that mean nothing have no line of their own', () => {
    expect(
      checkedWith({ [CODES]: codeCases.replace('atc M03BX01: [baclofen]', 'atc M03BX01: []') }).faults,
    ).toEqual([
      `${CODES}:1 atc M03BX01 means [baclofen], expected []`,
      `${CODES}:1 has no line for atc M03BX01: nobody would notice if it were another code`,
      '2 fault(s); the cards do not stand',
    ]);
  });

  test('name the system and the code', () => {
    expect(checkedWith({ [CODES]: codeCases.replace('loinc 33914-3', 'loink 33914-3') }).faults).toEqual([
      expect.stringMatching(
        /^vocabulary\/codes\.cases\.yaml:\d+ labs\.loink 33914-3: expected a system and a code with what it means, such as /,
      ),
      '1 fault(s); the cards do not stand',
    ]);
  });
});

describe('a fixture', () => {
  test('that is not FHIR R4 is told with its element', () => {
    const wrong =
      '{"resourceType": "Patient", "id": "p1", "birthDate": "1961-11-23", "birthday": "1961-11-23"}';
    expect(checkedWith({}, { 'patients/65-tomorrow.json': wrong }).faults).toEqual([
      expect.stringMatching(/^fhir-fixtures\/patients\/65-tomorrow\.json: is not FHIR R4: .*birthday/),
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('may hold a flag that is false', () => {
    const living = '{"resourceType": "Patient", "id": "p1", "birthDate": "1961-11-23", "active": false}';
    expect(checkedWith({}, { 'patients/65-tomorrow.json': living }).faults).toEqual([]);
  });
});

test('a detail that is too long to be read is told by the case that shows it', () => {
  const { faults } = checkedWith({ [CARD]: card.replace('Look again.', 'Look again. '.repeat(70)) });
  expect(faults).toContainEqual(
    expect.stringMatching(
      /^relaxants\/baclofen\.cases\.yaml "65 today": expected at most 120 words of detail, it has \d+$/,
    ),
  );
});
