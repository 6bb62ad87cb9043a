/** Where a part of a file of the cards stands, as faults name it. */

import { readYamlFile } from '../src/library/yaml-file.js';

/** `file:line` of the part at `path`, or of the nearest part around it that is there. */
export function placeOf(cardsDir: string, file: string, path: readonly PropertyKey[]): string {
  return `${file}:${readYamlFile(cardsDir, file).lineOf(path)}`;
}
