/** The files made from the library and committed beside it: card pages and the JSON Schema an editor completes from. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cardForm } from '../src/library/card-form.js';
import { type Library, loadLibrary } from '../src/library/library.js';
import { cardPage } from '../src/render/page.js';
import type { Folders, Terminal } from './check-cards.js';

/** Path → text of every generated file. */
export function generatedFiles(
  { cardsDir, docsDir }: Folders,
  library: Library,
): ReadonlyMap<string, string> {
  const topics = [...library.cards.map((card) => card.topic), ...Object.keys(library.serviceCards)];
  const pages = topics.map(
    (topic) => [join(docsDir, `${topic}.md`), cardPage(topic, library) ?? ''] as const,
  );
  const schema = z.toJSONSchema(cardForm, { io: 'input', unrepresentable: 'any' });
  return new Map([...pages, [join(cardsDir, 'card.schema.json'), `${JSON.stringify(schema, null, 2)}\n`]]);
}

/** One sentence for each generated file that is not what the generator makes. */
export function staleFiles(folders: Folders, library: Library): readonly string[] {
  const files = generatedFiles(folders, library);
  const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  return [...stale.map(([path]) => path), ...leftOver(folders, files)].map(
    (path) => `${path}: is not what the library makes: run npm run card docs`,
  );
}

function leftOver({ docsDir }: Folders, files: ReadonlyMap<string, string>): readonly string[] {
  const pages = existsSync(docsDir) ? readdirSync(docsDir) : [];
  return pages.map((page) => join(docsDir, page)).filter((path) => !files.has(path));
}

/** `card docs`: writes every generated file and removes pages of cards that are gone. */
export function writeGenerated(folders: Folders, terminal: Terminal): number {
  const files = generatedFiles(folders, loadLibrary(folders.cardsDir));
  mkdirSync(folders.docsDir, { recursive: true });
  for (const [path, text] of files) writeFileSync(path, text);
  for (const path of leftOver(folders, files)) rmSync(path);
  terminal.log(`${files.size} files written`);
  return 0;
}
