/** The files made from the library: told when they are stale, written anew, and told from what a person put beside them. */

import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkCards } from '../../tools/check-cards.js';
import { foldersFrom } from '../../tools/folders.js';
import { writeGenerated } from '../../tools/generated.js';
import { writeFiles } from '../library/support.js';
import { CARD, card, checked, checkedWith, said, standingFolders } from './support.js';

describe('generated files', () => {
  const stale = 'is not what the library makes: run npm run card docs';

  /** The page of a card that is not there any more. */
  const pageOfGone = (docsDir: string): string => {
    const page = join(docsDir, 'relaxants-gone.md');
    copyFileSync(join(docsDir, 'relaxants-baclofen.md'), page);
    return page;
  };

  test('that no longer say what the card says are told', () => {
    expect(checkedWith({ [CARD]: card.replace('why: A reason.', 'why: Another reason.') }).faults).toContain(
      `docs/cards/relaxants-baclofen.md: ${stale}`,
    );
  });

  test('that are missing, or of a card that is gone, are told', () => {
    const folders = standingFolders();
    rmSync(join(folders.docsDir, 'not-checked.md'));
    pageOfGone(folders.docsDir);
    writeFileSync(join(folders.cardsDir, 'card.schema.json'), '{}');
    expect(checked(folders).faults).toEqual([
      `docs/cards/not-checked.md: ${stale}`,
      `cards/card.schema.json: ${stale}`,
      `docs/cards/relaxants-gone.md: ${stale}`,
      '3 fault(s); the cards do not stand',
    ]);
  });

  test('are all told when the folder of pages is not there', () => {
    const folders = standingFolders();
    rmSync(folders.docsDir, { recursive: true });
    expect(checked(folders).faults).toContain(`docs/cards/relaxants-baclofen.md: ${stale}`);
  });

  test('are written anew, and pages of cards that are gone removed and named', () => {
    const folders = standingFolders();
    const gone = pageOfGone(folders.docsDir);
    expect(said((terminal) => writeGenerated(folders, terminal))).toEqual({
      code: 0,
      said: [`${gone} removed: its card is gone`, expect.stringMatching(/^\d+ files written$/)],
    });
    expect(existsSync(gone)).toBe(false);
    expect(checked(folders).code).toBe(0);
  });

  test('are told from notes, files and folders that somebody else put beside them', () => {
    const folders = standingFolders();
    writeFiles(folders.docsDir, {
      'notes.md': '# Notes\n\n## Evidence\n\nRead the label again.\n',
      'page.txt': readFileSync(join(folders.docsDir, 'relaxants-baclofen.md'), 'utf8'),
      'meetings/march.md': '# March\n',
    });
    expect(checked(folders).faults).toEqual([]);
    expect(said((terminal) => writeGenerated(folders, terminal)).said).toEqual([
      expect.stringMatching(/^\d+ files written$/),
    ]);
    expect(readdirSync(folders.docsDir)).toEqual(
      expect.arrayContaining(['notes.md', 'page.txt', 'meetings']),
    );
  });

  test('of other cards are not written where those of this project are', () => {
    const folders = { ...standingFolders(), docsDir: undefined };
    const told = `expected in DOCS_DIR the folder for the pages of ${folders.cardsDir}, got none (docs/cards holds those of cards): set it`;
    expect(said((terminal) => writeGenerated(folders, terminal))).toEqual({ code: 2, said: [told] });
    expect(said((terminal) => checkCards(folders, terminal)).said).toContain(told);
  });
});

describe('the folders of the cards', () => {
  const docsOf = (env: Readonly<Record<string, string>>) => foldersFrom(env).docsDir;

  test('are those of this project, when nothing names others', () => {
    expect(foldersFrom({})).toMatchObject({
      cardsDir: 'cards',
      fixturesDir: 'fhir-fixtures',
      docsDir: 'docs/cards',
    });
    expect(docsOf({ CARDS_DIR: './cards/' })).toBe('docs/cards');
  });

  test('have no pages when other cards are named without them', () => {
    expect(docsOf({ CARDS_DIR: '/elsewhere' })).toBeUndefined();
    expect(docsOf({ CARDS_DIR: '/elsewhere', DOCS_DIR: '/elsewhere/pages' })).toBe('/elsewhere/pages');
  });
});
