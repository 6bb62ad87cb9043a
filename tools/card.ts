/** `npm run card`: what a clinician or developer does with cards at a terminal. */

import { checkCards } from './check-cards.js';
import { writeGenerated } from './generated.js';

const help = `npm run card -- <command>

  check   proves every card: form, codes, FHIRPath, cases, generated files
  docs    writes what is generated: docs/cards/*.md and cards/card.schema.json

Each command works on ./cards and ./fhir-fixtures, or on the folders named by CARDS_DIR and FIXTURES_DIR.
`;

const folders = {
  cardsDir: process.env['CARDS_DIR'] ?? 'cards',
  fixturesDir: process.env['FIXTURES_DIR'] ?? 'fhir-fixtures',
  docsDir: process.env['DOCS_DIR'] ?? 'docs/cards',
};

const commands: Readonly<Record<string, () => number>> = {
  check: () => checkCards(folders, console),
  docs: () => writeGenerated(folders, console),
};

const [name = '--help'] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.log(help);
  process.exitCode = name === '--help' || name === 'help' ? 0 : 2;
} else {
  process.exitCode = command();
}
