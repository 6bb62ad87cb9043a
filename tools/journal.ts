/** `npm run journal`: what auditors and medication-safety committees ask of the journal. */

import { comments } from './journal-comments.js';
import { report } from './journal-report.js';
import { errorInWords, journalSource } from './journal-source.js';
import { verify } from './journal-verify.js';
import { progressOn } from './progress.js';

const help = `npm run journal -- <command>

  verify [--log <file>]... [--json]
      names the first record that was altered, removed or moved since it was written. With files of the service's log
      (JSON lines, as it writes them) also finds a chain whose end was cut off and whose head was set back.
      Exit code 0: nothing is wrong; 1: something is; 2: it cannot be told (another key, no journal).
  report [--weeks <n>] [--json | --csv]
      per card and week: shown, accepted, overridden, ignored, reasons, median seconds to the answer, orders of its drugs
      and cards per 100 of them; the last 26 weeks, or n.
  comments [--json | --csv]
      what prescribers wrote when they answered cards, with time, card and reason.

Whether today's cards would say the same as an entry: npm run card -- replay <entry> --request <file>.

Reads the journal named by DATABASE_URL (sqlite:./data/rx-distinct.sqlite) with JOURNAL_KEY or the key that is kept
beside the file, and the cards in CARDS_DIR. Writes nothing; the service may run meanwhile.
With --silent (npm run --silent journal -- report --csv) nothing but the answer is printed.
`;

const source = journalSource(process.env);

/** Each answers its exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  verify: (args) =>
    verify(source, console, args, process.stderr.isTTY ? progressOn(process.stderr) : undefined),
  report: (args) => report(source, console, args, () => new Date()),
  comments: (args) => comments(source, console, args),
};

const [name = '--help', ...args] = process.argv.slice(2);
const command = args.includes('--help') ? undefined : commands[name];
if (command === undefined) {
  console.log(help);
  process.exitCode = name in commands || name === '--help' || name === 'help' ? 0 : 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    console.error(errorInWords(error));
    process.exitCode = 2;
  }
}
