/** The files made from the library and committed beside it: card pages and the JSON Schema an editor completes from. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cardForm } from '../src/library/card-form.js';
import { type Library, loadLibrary } from '../src/library/library.js';
import { cardPage, isCardPage } from '../src/render/page.js';
import type { Terminal } from './check-cards.js';
import { type Folders, pagesUnnamed } from './folders.js';

/** Path → text of every generated file. */
function generatedFiles(cardsDir: string, docsDir: string, library: Library): ReadonlyMap<string, string> {
  const topics = [...library.cards.map((card) => card.topic), ...Object.keys(library.serviceCards)];
  const pages = topics.map(
    (topic) => [join(docsDir, `${topic}.md`), cardPage(topic, library) ?? ''] as const,
  );
  const schema = z.toJSONSchema(cardForm, { io: 'input', unrepresentable: 'any' });
  return new Map([...pages, [join(cardsDir, 'card.schema.json'), `${JSON.stringify(schema, null, 2)}\n`]]);
}

/** One sentence for each generated file that is not what the generator makes. */
export function staleFiles({ cardsDir, docsDir }: Folders, library: Library): readonly string[] {
  if (docsDir === undefined) return [pagesUnnamed(cardsDir)];
  const files = generatedFiles(cardsDir, docsDir, library);
  const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  return [...stale.map(([path]) => path), ...leftOver(docsDir, files)].map(
    (path) => `${path}: is not what the library makes: run npm run card docs`,
  );
}

/** Pages of cards that are gone. What somebody else put into the folder is theirs. */
function leftOver(docsDir: string, files: ReadonlyMap<string, string>): readonly string[] {
  const entries = existsSync(docsDir) ? readdirSync(docsDir, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ name }) => join(docsDir, name))
    .filter((path) => !files.has(path) && isCardPage(readFileSync(path, 'utf8')));
}

/** `card docs`: writes every generated file and removes pages of cards that are gone. */
export function writeGenerated({ cardsDir, docsDir }: Folders, terminal: Terminal): number {
  if (docsDir === undefined) {
    terminal.error(pagesUnnamed(cardsDir));
    return 2;
  }
  const files = generatedFiles(cardsDir, docsDir, loadLibrary(cardsDir));
  mkdirSync(docsDir, { recursive: true });
  for (const [path, text] of files) writeFileSync(path, text);
  for (const path of leftOver(docsDir, files)) {
    rmSync(path);
    terminal.log(`${path} removed: its card is gone`);
  }
  terminal.log(`${files.size} files written`);
  return 0;
}
