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
    expect(faultsOfCard({ detail })).toContain(`${CARD}:10 ${fault}`);
    expect(faultsOfCard({ override: `[seen, '${detail}']` })).toContain(`${CARD}:11 ${fault}`);
  });

  test('may hold the abbreviations a prescriber reads as words', () => {
    expect(faultsOfCard({ detail: 'An MAOI, two SSRIs, the eGFR.' })).not.toContainEqual(
      expect.stringContaining('abbreviation'),
    );
  });

  test('may not abbreviate a country, in its reason and title either', () => {
    const fault = 'uses the abbreviation US; write it out';
    expect(faultsOfCard({ detail: 'The US label.' })).toContain(`${CARD}:10 ${fault}`);
    expect(faultsOfCard({ title: 'The US label' })).toContain(`${CARD}:1 ${fault}`);
  });

  test('read well for one drug and for several', () => {
    const several = ['- pair: [baclofen, cyclobenzaprine]'];
    const fault = (line: number, words: string) =>
      `${CARD}:${line} says "${words}", which is wrong for one drug or for two: say it without the verb`;
    expect(faultsOfCard({ when: several, summary: "'{this} is ordered.'" })).toContain(fault(8, '{this} is'));
    expect(faultsOfCard({ when: ['- ordering: relaxant'], detail: "'{this} makes two.'" })).toContain(
      fault(9, '{this} makes'),
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
        /^relaxants\/baclofen\.yaml:8 has a summary 1 characters too long when filled in: "cyclo/,
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
      `${CARD}:13 its review was due by 2027-11-22: read it again, then set revised and expires`,
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('sets an end after the day it was revised', () => {
    expect(governed('revised: 2027-11-22, expires: 2027-11-22')).toContain(
      `${CARD}:13 expires 2027-11-22, which is not after it was revised (2027-11-22)`,
    );
  });

  test('is another person than its author', () => {
    const reviewed = (name: string) =>
      governed(`revised: 2026-11-22, expires: 2027-11-22, reviewer: {name: ${name}, on: 2026-11-22}`);
    expect(reviewed('an author')).toContain(`${CARD}:13 its reviewer is its author: another person signs`);
    expect(reviewed('somebody else')).not.toContainEqual(expect.stringContaining('reviewer'));
  });
});

describe('two cards', () => {
  const twin = (text: string, path = 'relaxants/twin.yaml') => checkedWith({ [path]: text }).faults;
  const fault = 'relaxants/twin.yaml:4 shows whenever relaxants/baclofen does: make them one card';

  test('with the same conditions are one card', () => {
    expect(twin(card.replace('title: A card', 'title: Its twin'))).toContain(fault);
  });

  test('with the same conditions in two folders are one card', () => {
    expect(twin(card, 'sedatives/baclofen.yaml')).toContain(
      'sedatives/baclofen.yaml:4 shows whenever relaxants/baclofen does: make them one card',
    );
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
      `${CARD}:13 does or says something else than version 1.0.0 did: raise its version (see cards/README.md), then run npm run card lock`,
    );
  });

  test('need not be raised for dates, signatures and evidence', () => {
    const signed = card
      .replace('evidence: [label]', 'evidence: [label]\nclaims: [S01]')
      .replace('expires: 2027-11-22', 'expires: 2027-11-23, reviewer: {name: Somebody, on: 2026-11-22}');
    expect(checked(foldersWith(signed)).faults).not.toContainEqual(expect.stringContaining('version'));
  });

  test('need not be raised for the words of a question, which only pages print', () => {
    const folders = standingFolders();
    const facts = join(folders.cardsDir, 'vocabulary/facts.yaml');
    const asks = 'The patient is {limit} or older today.';
    writeFileSync(facts, readFileSync(facts, 'utf8').replace(asks, 'Today the patient is {limit} or older.'));
    expect(checked(folders).faults).toEqual([
      'docs/cards/relaxants-baclofen.md: is not what the library makes: run npm run card docs',
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('that were raised are locked before they stand', () => {
    const folders = foldersWith(raised(changed));
    expect(checked(folders).faults).toContain(`${CARD}:13 is locked as version 1.0.0: run npm run card lock`);
    expect(said((terminal) => lockCards(folders, terminal))).toEqual({ code: 0, said: ['1 cards locked'] });
    expect(checked(folders).faults).not.toContainEqual(expect.stringContaining('locked'));
  });

  test('that were not raised are not locked', () => {
    expect(said((terminal) => lockCards(foldersWith(changed), terminal))).toEqual({
      code: 1,
      said: [`${CARD}:13 changed and is version 1.0.0: raise it above 1.0.0`],
    });
  });

  test('that got a version given out before, or an earlier one, are not locked', () => {
    for (const version of ['1.0.0', '0.9.0', '1.9.0']) {
      const folders = foldersWith(raised(changed));
      lockCards(folders, { log: () => undefined, error: () => undefined });
      writeFileSync(join(folders.cardsDir, CARD), changed.replace('version: 1.0.0', `version: ${version}`));
      expect(checked(folders).faults).toContain(
        `${CARD}:13 is version ${version}, and 2.0.0 was given out: raise it above`,
      );
      expect(said((terminal) => lockCards(folders, terminal)).code).toBe(1);
    }
  });

  test('tell a card that is new and one that is gone', () => {
    const folders = standingFolders();
    rmSync(join(folders.cardsDir, LOCK));
    expect(checked(folders).faults).toContain(`${CARD}:13 is not in ${LOCK}: run npm run card lock`);
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
      `${CODES}:5 icd10cm I69 means [stroke], expected [stroke, back pain]`,
      '1 fault(s); the cards do not stand',
    ]);
  });

  test('that mean nothing have no line of their own', () => {
    expect(
      checkedWith({ [CODES]: codeCases.replace('atc M03BX01: [baclofen]', 'atc M03BX01: []') }).faults,
    ).toEqual([
      `${CODES}:14 atc M03BX01 means [baclofen], expected []`,
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

  const told = (more: Readonly<Record<string, unknown>>) =>
    checkedWith(
      {},
      Object.fromEntries(Object.entries(more).map(([file, value]) => [file, JSON.stringify(value)])),
    ).faults.slice(0, -1);

  test('inside a hook call in R4 or R4B is told as well, in another version not', () => {
    const call = {
      context: { draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [] } },
      prefetch: { patient: { resourceType: 'Patient', birthday: '1961-11-23' }, problems: null },
    };
    const fault = 'is not FHIR R4: Patient.birthday: Unexpected property';
    expect(
      told({
        'requests/whole-call.json': call,
        'versions/r4/call.json': call,
        'versions/r4b/call.json': call,
        'versions/stu3/call.json': call,
      }),
    ).toEqual([
      `fhir-fixtures/requests/whole-call.json: ${fault}`,
      `fhir-fixtures/versions/r4/call.json: ${fault}`,
      `fhir-fixtures/versions/r4b/call.json: ${fault}`,
    ]);
  });

  test('may leave out what a draft that is only begun does not say yet', () => {
    const begun = { context: { resourceType: 'MedicationRequest', status: 'draft' } };
    expect(told({ 'requests/order-without-a-medication.json': begun })).toEqual([]);
    expect(told({ 'requests/another.json': begun })).toContainEqual(
      expect.stringMatching(/another\.json: is not FHIR R4: MedicationRequest\.subject: Missing property$/),
    );
  });

  test.each([
    ['1986-13-45', false],
    ['1986-1-5', false],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['1986-12', true],
    ['1986', true],
    ['1986-12-24T25:00:00Z', false],
    ['1986-12-24T23:00:00.000+01:00', true],
    ['1986-12-24T23:00', false],
  ])('with the date %s is right: %j', (day, isDay) => {
    const resource = {
      resourceType: 'MedicationRequest',
      id: '2160-0',
      status: 'draft',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
      medicationCodeableConcept: { coding: [{ code: '2160-0' }] },
      authoredOn: day,
    };
    expect(told({ 'requests/whole-call.json': { context: { resource } } })).toEqual(
      isDay
        ? []
        : [
            `fhir-fixtures/requests/whole-call.json: MedicationRequest.authoredOn: ${day} is no date of the calendar`,
          ],
    );
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
      /^relaxants\/baclofen\.cases\.yaml:2 "65 today": expected at most 120 words of detail, it has \d+$/,
    ),
  );
});
