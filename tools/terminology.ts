/** `npm run terminology`: loads a hospital's own RxNorm release into the product table. */

import { importRxNorm } from './import-rxnorm.js';
import { progressOn } from './progress.js';

const help = `npm run terminology -- import <folder>

  Reads RXNCONSO.RRF and RXNREL.RRF of an RxNorm release (its "rrf" folder) and writes every product that holds a drug of
  vocabulary/drugs.yaml into vocabulary/products.csv. Products of the table that the release does not know are kept.

Works on ./cards, or on the folder named by CARDS_DIR.
`;

const [command, folder] = process.argv.slice(2);
if (command !== 'import' || folder === undefined) {
  console.log(help);
  process.exitCode = command === undefined || command === '--help' ? 0 : 2;
} else {
  process.exitCode = await importRxNorm(
    process.env['CARDS_DIR'] ?? 'cards',
    folder,
    console,
    progressOn(process.stderr),
  );
}
