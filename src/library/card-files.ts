/** Which files of the library folder are cards, and what is wrong with the names of the files there. */

import { readdirSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { topicOf } from './card.js';
import { didYouMean, type Fault } from './fault.js';
import { orList } from './plain-words.js';
import { serviceTopics } from './service-cards.js';

const VOCABULARY = 'vocabulary/';

/** The files of the library that are no cards and no cases of cards. */
const beside = ['evidence.yaml', 'publisher.yaml', 'service.yaml'];
const ofVocabulary = [
  'drugs.yaml',
  'problems.yaml',
  'labs.yaml',
  'facts.yaml',
  'facts.cases.yaml',
  'codes.cases.yaml',
];

/** Paths of all card files, without ending, sorted: `baclofen/renal-failure`. */
export function cardPaths(cardsDir: string): readonly string[] {
  return filesOf(cardsDir)
    .filter((file) => file.includes('/') && file.endsWith('.yaml') && !file.endsWith('.cases.yaml'))
    .filter((file) => !file.startsWith(VOCABULARY))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** Editors keep files of their own beside the one they edit, under a name with a dot before it. */
export function isShown(file: string): boolean {
  return !/(^|[/\\])\./.test(file);
}

/** Whether a card's file, or its folder, may have this name: topic codes and addresses of pages are made of it. */
export function isCardName(name: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
}

/** Faults of files that are not read, and of cards whose names tell them badly apart. */
export function fileFaults(cardsDir: string): readonly Fault[] {
  const paths = cardPaths(cardsDir);
  const told = (file: string, message: string): Fault => ({ file, line: 1, message });
  return [
    ...filesOf(cardsDir).flatMap((file) => {
      const why = unread(file);
      return why === undefined ? [] : [told(file, `is not read: ${why}`)];
    }),
    ...paths.flatMap((path, index) => {
      const wrong = misnamed(path) ?? clashing(path, paths.slice(0, index));
      return wrong === undefined ? [] : [told(`${path}.yaml`, wrong)];
    }),
  ];
}

function filesOf(cardsDir: string): readonly string[] {
  return readdirSync(cardsDir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter(isShown);
}

function unread(file: string): string | undefined {
  const ending = /\.ya?ml$/i.exec(file)?.[0];
  if (ending === undefined) return undefined;
  const name = basename(file);
  if (ending !== '.yaml') return `name it ${name.slice(0, -ending.length)}.yaml`;
  const within = file.startsWith(VOCABULARY) ? file.slice(VOCABULARY.length) : undefined;
  if (within !== undefined && !ofVocabulary.includes(within))
    return `expected in ${VOCABULARY} only ${orList(ofVocabulary)}${didYouMean(within, ofVocabulary)}`;
  if (file.includes('/') || beside.includes(file)) return undefined;
  return `expected here only ${orList(beside)}${didYouMean(file, beside)}; a card stands in a folder`;
}

function misnamed(path: string): string | undefined {
  const wrong = path.split('/').find((name) => !isCardName(name));
  return wrong === undefined
    ? undefined
    : `expected words in small letters joined by hyphens, such as with-something, got "${wrong}": rename it`;
}

/** @param earlier paths of the cards before it */
function clashing(path: string, earlier: readonly string[]): string | undefined {
  const topic = topicOf(path);
  if (serviceTopics.some((one) => one === topic))
    return `has the topic ${topic}, which is that of a card the service writes about its own work: rename it`;
  const same = earlier.find((one) => topicOf(one) === topic);
  return same === undefined
    ? undefined
    : `has the topic ${topic}, which is that of ${same}.yaml as well: rename one of them`;
}
