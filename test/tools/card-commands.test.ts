/** `card explain`, `card try` and `card new` at a terminal, each also with a wrong name. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { explainCard } from '../../tools/explain-card.js';
import { newCard } from '../../tools/new-card.js';
import { tryCard } from '../../tools/try-card.js';
import { cardText } from '../library/support.js';
import { callOf, card, checked, fileOf, foldersOf, order, said, standingFolders } from './support.js';

const CARD = 'relaxants/baclofen.yaml';

describe('a card that is explained', () => {
  const explained = (text: string, typed?: string) =>
    said((terminal) =>
      explainCard(foldersOf({ [CARD]: text }), terminal, typed === undefined ? [] : [typed]),
    );

  test.each(['relaxants/baclofen', 'relaxants-baclofen'])('is found as %s', (typed) => {
    const {
      code,
      said: [page],
    } = explained(card, typed);
    expect(code).toBe(0);
    expect(page).toMatch(/^# A card\n/);
  });

  test('says which facts it asks, with their FHIRPath', () => {
    expect(explained(card, 'relaxants/baclofen').said[1]).toBe(
      [
        '## Facts it asks',
        '- aged at least: The patient is {limit} or older today.',
        '    asked with limit = 65 years',
        '    find: where(birthDate <= %bornBy.toDate())',
        '    unclear: where((birthDate <= %bornBy.toDate()).empty())',
      ].join('\n'),
    );
  });

  test('says which codes it knows, those of a problem and a laboratory group among them', () => {
    const asking = cardText({
      when: [
        '- ordering: baclofen',
        '  all: [{has problem: fits baclofen}, {newest result under: {lab: eGFR, limit: 30 mL/min}}, continuous]',
      ],
    });
    expect(explained(asking, 'relaxants/baclofen').said[2]).toBe(
      [
        '\n## Codes it knows',
        '- baclofen',
        '    baclofen: RxNorm 1292 baclofen; ATC M03BX01',
        '- fits baclofen',
        '    multiple sclerosis: SNOMED CT 24700007 Multiple sclerosis (disorder); ICD-10-CM G35 Multiple sclerosis',
        '    stroke: SNOMED CT none; ICD-10-CM I63 Cerebral infarction, I69 Sequelae of cerebrovascular disease',
        '- eGFR',
        '    LOINC 33914-3 Glomerular filtration rate',
      ].join('\n'),
    );
  });

  test('says what its key asks by itself, kind by kind of entry', () => {
    const together = cardText({ when: ['- together: [baclofen, maoi]'] });
    expect(explained(together, 'relaxants/baclofen').said.slice(1)).toEqual([
      expect.stringMatching(
        /^## Facts it asks\n- taking: .*\n {4}find in MedicationRequest: .*\n {4}find in MedicationStatement: [^]*\n- ended within: /,
      ),
      expect.stringContaining('- maoi\n    phenelzine: RxNorm 8123 phenelzine; ATC none\n    linezolid: '),
    ]);
  });

  test('by a wrong name is not found, and the nearest is named', () => {
    expect(explained(card, 'relaxants/baclofn')).toEqual({
      code: 2,
      said: ['no card is named "relaxants/baclofn"; did you mean "relaxants/baclofen"?'],
    });
    expect(explained(card)).toEqual({
      code: 2,
      said: ['expected the path of a card, such as cyclobenzaprine/with-maoi'],
    });
  });
});

describe('a card that is tried on a call', () => {
  const tried = (args: readonly string[], text = card) =>
    said((terminal) => tryCard(foldersOf({ [CARD]: text }), terminal, args));
  const triedOn = (body: unknown, text = card) =>
    tried(['relaxants/baclofen', '--request', fileOf(body)], text);
  const patient = { resourceType: 'Patient', id: 'p1', birthDate: '1940-01-01' };

  test('shows, with every condition and what it found', () => {
    expect(triedOn(callOf('1292', { prefetch: { patient } }))).toEqual({
      code: 0,
      said: [
        expect.stringMatching(
          /^Way 1, about the order of baclofen \(baclofen\):\n {2}yes {5}all {4}aged at least \(limit 65 years\): age \d+$/,
        ),
        expect.stringMatching(/^\nShown, warning: Baclofen is ordered\.\n\nLook again\./),
      ],
    });
  });

  test('does not show when a condition does not hold', () => {
    const child = { ...patient, birthDate: new Date().toISOString().slice(0, 10) };
    expect(triedOn(callOf('1292', { prefetch: { patient: child } })).said).toEqual([
      expect.stringMatching(/ {2}no {6}all {4}aged at least \(limit 65 years\)$/),
      '\nNot shown.',
    ]);
  });

  test('is not decided when something was not sent', () => {
    expect(triedOn(callOf('1292')).said).toEqual([
      expect.stringMatching(/ {2}unknown all {4}aged at least \(limit 65 years\): patient details not sent/),
      '\nNot decided: the not-checked card names it.',
    ]);
  });

  test.each(['draft', 'retired'])('that is %s is not shown for that, and what it would say is', (status) => {
    const text = cardText({ when: ['- ordering: baclofen'], status });
    expect(triedOn(callOf('1292'), text).said.at(-1)).toMatch(
      new RegExp(
        `^\nNot shown: its status is ${status}\\. Were it active:\nShown, warning: Baclofen is ordered\\.\n`,
      ),
    );
    expect(triedOn(callOf('8123'), text).said.at(-1)).toBe(
      `\nNot shown: its status is ${status}. Were it active:\nNot shown.`,
    );
  });

  test('is not bound by an order of another drug', () => {
    expect(triedOn(callOf('8123')).said).toEqual([
      'No way of the card is bound: no judged order or stop in the call is for its drugs.',
      '\nNot shown.',
    ]);
  });

  test('says what its key asks of both drugs', () => {
    const together = cardText({ when: ['- together: [baclofen, maoi]', '  unless: [continuous]'] });
    const body = callOf('1292');
    body.context.draftOrders.entry.push({ resource: JSON.parse(order('b', '8123')) as unknown });
    expect(triedOn(body, together).said[0]).toMatch(
      /^Way 1, about the order of baclofen \(baclofen and maoi\):\n {2}yes {5}key {4}the partner is taken: phenelzine, ordered in the same call\n {2}no {6}unless continuous$/,
    );
  });

  test('by a wrong name is not found, and the nearest is named', () => {
    expect(tried(['relaxants/baclofn', '--request', fileOf(callOf('1292'))])).toEqual({
      code: 2,
      said: ['no card is named "relaxants/baclofn"; did you mean "relaxants/baclofen"?'],
    });
  });

  test.each([
    ['of no hook', { hook: 'order-dispatch' }, 'expected hook to be one of medication-prescribe, '],
    ['that is no JSON', '{', 'JSON'],
    ['of another shape', { hook: 'order-sign' }, 'hookInstance'],
  ])('asks for another file instead of one %s', (_, body, fault) => {
    expect(triedOn(body)).toEqual({ code: 2, said: [expect.stringContaining(fault)] });
  });

  test('asks for a file when none is named, or it is not there', () => {
    expect(tried(['relaxants/baclofen'])).toEqual({
      code: 2,
      said: [expect.stringMatching(/^expected --request and the file of a hook call, such as /)],
    });
    expect(tried(['relaxants/baclofen', '--request', 'no/such.json'])).toEqual({
      code: 2,
      said: [expect.stringMatching(/^no\/such\.json: .*ENOENT/)],
    });
  });
});

describe('a new card', () => {
  test('is begun with its cases, and does not stand until its gaps are filled', () => {
    const folders = standingFolders();
    expect(said((terminal) => newCard(folders, terminal, ['baclofen/with-something']))).toEqual({
      code: 0,
      said: [
        expect.stringMatching(/baclofen\/with-something\.yaml and its cases are begun; fill the gaps, /),
      ],
    });
    expect(readFileSync(join(folders.cardsDir, 'baclofen/with-something.yaml'), 'utf8')).toContain(
      'governance: {version: 1.0.0, status: draft, revised: 2026-11-22, expires: 2027-11-22}',
    );
    expect(checked(folders)).toMatchObject({
      code: 1,
      faults: expect.arrayContaining([
        expect.stringMatching(/^baclofen\/with-something\.yaml:\d+ why: /),
        expect.stringMatching(/^baclofen\/with-something\.yaml:\d+ card\.summary: /),
      ]),
    });
  });

  test('never takes the place of one that is there', () => {
    expect(said((terminal) => newCard(standingFolders(), terminal, ['relaxants/baclofen']))).toEqual({
      code: 2,
      said: [expect.stringMatching(/baclofen\.yaml exists already: choose another name, or edit it$/)],
    });
  });

  test.each([undefined, 'baclofen', '../elsewhere/card', 'Baclofen/With', 'a/b/c', 'a/-b'])(
    'is not begun as %s',
    (path) => {
      expect(
        said((terminal) => newCard(standingFolders(), terminal, path === undefined ? [] : [path])),
      ).toEqual({
        code: 2,
        said: ['expected a path of two words in small letters, such as cyclobenzaprine/with-something'],
      });
    },
  );
});
