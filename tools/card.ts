/** `npm run card`: what a clinician or developer does with cards at a terminal. */

import { LibraryFaultsError } from '../src/library/fault.js';
import { checkCards, showMutants } from './check-cards.js';
import { explainCard } from './explain-card.js';
import { foldersFrom } from './folders.js';
import { writeGenerated } from './generated.js';
import { journalSource } from './journal-source.js';
import { lockCards } from './lock.js';
import { newCard } from './new-card.js';
import { replayCard } from './replay-card.js';
import { tryCard } from './try-card.js';

const help = `npm run card -- <command>

  new <path>                     begins a card and its cases: new cyclobenzaprine/with-something
  check                          proves every card: form, words, codes, FHIRPath, cases, mutants, versions, generated files
  explain <card>                 the card resolved in words, with its facts, FHIRPath and codes
  try <card> --request <file>    judges one hook call by one card: which conditions held, which not, and on what
  replay <entry> --request <file>
                                 whether today's cards would answer a call as the journal says; <entry> is <chain>:<seq>, the
                                 id of a call in the log, or the uuid of a card; exit code 0 the same, 1 not, 2 cannot be told
  mutants [path]                 mutants of the cards below a path that no case notices, or those of vocabulary/facts
  lock                           writes down the versions after a change (cards/versions.lock.json)
  docs                           writes what is generated: docs/cards/*.md and cards/card.schema.json

A card is named by its path below cards/ (cyclobenzaprine/with-maoi) or by its topic (cyclobenzaprine-with-maoi).
Works on ./cards and ./fhir-fixtures, or on the folders named by CARDS_DIR, FIXTURES_DIR and DOCS_DIR, the last of which
check and docs ask for when CARDS_DIR names other cards; replay also on the journal named by DATABASE_URL and JOURNAL_KEY.
try and replay read the body of a hook call, as the client sent it.
`;

const folders = foldersFrom(process.env);

/** Each answers its exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  new: (args) => newCard(folders, console, args),
  check: () => checkCards(folders, console),
  explain: (args) => explainCard(folders, console, args),
  try: (args) => tryCard(folders, console, args),
  replay: (args) => replayCard(folders, console, args, journalSource(process.env)),
  mutants: ([path]) => showMutants(folders, console, path),
  lock: () => lockCards(folders, console),
  docs: () => writeGenerated(folders, console),
};

/**
 * What is wrong with the cards, with what was typed, or with a file.
 * @throws the error itself for everything else: then it is the tool that is wrong
 */
function inWords(error: unknown): readonly string[] {
  if (error instanceof LibraryFaultsError) return error.faults;
  const isMistake = error instanceof Error && 'code' in error && typeof error.code === 'string';
  if (isMistake && /^(ERR_PARSE_ARGS_|E[A-Z]+$)/.test(String(error.code))) return [error.message];
  throw error;
}

const HELP = ['--help', '-h', 'help'];
/** Take no arguments: what is written behind them was meant for something else. */
const BARE = ['check', 'lock', 'docs'];

const [name = '--help', ...args] = process.argv.slice(2);
const command = commands[name];
if ([name, ...args].some((word) => HELP.includes(word))) console.log(help);
else if (command === undefined) {
  console.log(help);
  process.exitCode = 2;
} else if (BARE.includes(name) && args.length > 0) {
  console.error(`card ${name} takes nothing behind it, got ${args.join(' ')}`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    for (const line of inWords(error)) console.error(line);
    process.exitCode = 2;
  }
}
