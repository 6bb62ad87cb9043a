/** `npm run card`: what a clinician or developer does with cards at a terminal. */

import { checkCards, showMutants } from './check-cards.js';
import { writeGenerated } from './generated.js';

const help = `npm run card -- <command>

  check            proves every card: form, codes, FHIRPath, cases, mutants, generated files
  mutants [path]   mutants of the cards below a path that no case notices
  docs             writes what is generated: docs/cards/*.md and cards/card.schema.json

Each command works on ./cards and ./fhir-fixtures, or on the folders named by CARDS_DIR and FIXTURES_DIR.
`;

const folders = {
  cardsDir: process.env['CARDS_DIR'] ?? 'cards',
  fixturesDir: process.env['FIXTURES_DIR'] ?? 'fhir-fixtures',
  docsDir: process.env['DOCS_DIR'] ?? 'docs/cards',
};

const commands: Readonly<Record<string, (argument?: string) => number>> = {
  check: () => checkCards(folders, console),
  mutants: (path) => showMutants(folders, console, path),
  docs: () => writeGenerated(folders, console),
};

const [name = '--help', argument] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.log(help);
  process.exitCode = name === '--help' || name === 'help' ? 0 : 2;
} else {
  process.exitCode = command(argument);
}
