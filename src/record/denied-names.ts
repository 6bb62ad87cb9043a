/**
 * Which names in the words of an allergy or a statement it denies: "no known allergy to A", "B (tolerates A)", "not taking
 * A". Only what plainly says so: what is left in doubt counts as said.
 */

import { flatMap } from '../flat-map.js';
import {
  AMOUNTS,
  CHOOSING,
  type Denying,
  DOUBTING,
  JOINING,
  LEADING,
  NOUNS,
  type Opening,
  TURNING,
} from './denying-words.js';
import type { Words } from './phrases.js';
import { LONGEST_TEXT, wordsOf } from './words.js';

/** The words of a text with the clause each stands in, and the names among them: each start with its end. */
interface Clauses {
  readonly words: Words;
  readonly clauses: readonly number[];
  /** Clauses that a comma begins. */
  readonly listed: ReadonlySet<number>;
  /** Words behind a colon or a slash, which part less than a clause. */
  readonly parted: ReadonlySet<number>;
  readonly named: ReadonlyMap<number, number>;
}

interface List {
  /** Index after what is surely denied. */
  readonly end: number;
  /** Where the denied names start. */
  readonly names: readonly number[];
}

const LONGEST_LEAD = 3;

/** @returns the words of a text, those of denied names empty; `all` itself when none is denied */
export function affirmedWords(
  text: string,
  all: Words,
  denying: Denying,
  placesOf: (words: Words) => ReadonlyMap<number, number>,
): Words {
  // A question denies nothing.
  if (text.includes('?') || !all.some((_, at) => denying.openedAt(all, at) !== undefined)) return all;
  const read = clausesOf(text, placesOf);
  const denied = deniedIn(read, denying);
  if (denied.length === 0) return all;
  const words = [...read.words];
  for (const start of denied) words.fill('', start, read.named.get(start));
  return words;
}

/** Commas and points between digits, and hyphens within words, part nothing. */
function clausesOf(text: string, placesOf: (words: Words) => ReadonlyMap<number, number>): Clauses {
  const parts = text.slice(0, LONGEST_TEXT).split(/([,.](?!\d)|[:/;()[\]{}!|\n\r–—]|\s-+\s)/u);
  const words: string[] = [];
  const clauses: number[] = [];
  const listed = new Set<number>();
  const parted = new Set<number>();
  let clause = 0;
  parts.forEach((part, at) => {
    if (part === ':' || part === '/') parted.add(words.length);
    else if (at % 2 === 1) {
      clause += 1;
      if (part === ',') listed.add(clause);
    } else {
      for (const word of wordsOf(part)) {
        if (TURNING.has(word)) clause += 1;
        words.push(word);
        clauses.push(clause);
      }
    }
  });
  return { words, clauses, listed, parted, named: placesOf(words) };
}

function deniedIn(read: Clauses, denying: Denying): readonly number[] {
  const { words, clauses } = read;
  const idle = new Set<number>();
  const lists: List[] = [];
  /** The clause in which a word before took a denial back, or made it uncertain. */
  let doubted: number | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const opening = denying.openedAt(words, at);
    const end = opening?.end ?? at;
    for (let word = at; word < end; word += 1) idle.add(word);
    // A name that nobody here knows may be denied as well.
    if (opening !== undefined && !denying.isTurn(words[end] ?? '')) idle.add(end);
    const list =
      opening === undefined || doubted === clauses[at] ? NOTHING : namesBehind(read, opening, denying, at);
    if (list.names.length > 0) {
      lists.push(list);
      [at, doubted] = [list.end - 1, undefined];
    } else if (DOUBTING.has(words[at] ?? '')) doubted = clauses[at];
  }
  if (lists.length === 0) return NOTHING.names;
  const doubt = lastDoubt(read, idle, denying);
  return flatMap(lists, ({ end, names }) => ((clauses[end - 1] ?? 0) >= doubt ? names : NOTHING.names));
}

const NOTHING: List = { end: 0, names: [] };

function namesBehind(read: Clauses, opening: Opening, denying: Denying, at: number): List {
  const { words, clauses } = read;
  let start = opening.end;
  while (start - opening.end < LONGEST_LEAD && LEADING.has(words[start] ?? '')) start += 1;
  const isApart = clauses[start] !== clauses[at];
  if (denying.mayFollow && (isApart || !read.named.has(start)))
    return onlyNameBefore(read, opening, denying, at);
  if (isApart) return NOTHING;
  const list = listAt(read, start, denying);
  if (opening.noun && !isNounAt(read, list.end, at)) return NOTHING;
  return list.names.length > 0 && isCalmFrom(read, list.end, denying) ? list : NOTHING;
}

/** "No A allergy", not "no A: allergy": that one forbids A. */
function isNounAt({ words, clauses, parted }: Clauses, end: number, from: number): boolean {
  if (!NOUNS.has(words[end] ?? '') || clauses[end] !== clauses[end - 1]) return false;
  for (let at = from + 1; at <= end; at += 1) if (parted.has(at)) return false;
  return true;
}

/** "A (not taking)": of the only name of a text, and nothing else behind it. */
function onlyNameBefore(read: Clauses, { end }: Opening, denying: Denying, at: number): List {
  const [start, ...more] = read.named.keys();
  if (start === undefined || start > at || more.length > 0) return NOTHING;
  // "A 50 mg, not taking 100 mg": the dose is denied.
  if (isAmount(read.words[end] ?? '')) return NOTHING;
  return isCalmFrom(read, end, denying) ? { end, names: [start] } : NOTHING;
}

/** "A", "A and B", "A, B or C": a name behind a comma is of the list only when an "or" comes. */
function listAt(read: Clauses, start: number, denying: Denying): List {
  const { words, clauses, listed, named } = read;
  const names: number[] = [];
  let waiting: number[] = [];
  let [at, end, isWaiting, isChosen] = [start, start, false, false];
  for (;;) {
    const next = itemEnd(read, at, denying);
    if (next === undefined) break;
    if (named.has(at)) waiting.push(at);
    if (isChosen || !isWaiting) {
      names.push(...waiting);
      [waiting, end, isWaiting] = [[], next, false];
    }
    const begins = clauses[next] !== clauses[next - 1];
    if (begins && !listed.has(clauses[next] ?? 0)) break;
    const word = words[next] ?? '';
    const isJoined = JOINING.has(word);
    if (!isJoined && !begins && !named.has(next)) break;
    isChosen = CHOOSING.has(word);
    isWaiting ||= begins && !isChosen;
    at = isJoined ? next + 1 : next;
  }
  return { end, names };
}

/** Index after a name and its amount. One strange word may be the name of a drug that nobody here knows. */
function itemEnd({ words, clauses, named }: Clauses, at: number, denying: Denying): number | undefined {
  let end = named.get(at);
  if (end === undefined) {
    const word = words[at];
    if (word === undefined || denying.isTurn(word) || denying.calm.has(word)) return undefined;
    if (JOINING.has(word) || LEADING.has(word) || denying.openedAt(words, at) !== undefined) return undefined;
    end = at + 1;
  }
  while (clauses[end] === clauses[end - 1] && isAmount(words[end] ?? '')) end += 1;
  return end;
}

/** Nothing behind the names in their clause says more of them. */
function isCalmFrom({ words, clauses }: Clauses, from: number, denying: Denying): boolean {
  for (let at = from; clauses[at] === clauses[from - 1]; at += 1) {
    const word = words[at] ?? '';
    if (denying.openedAt(words, at) !== undefined) return true;
    if (JOINING.has(word) && denying.openedAt(words, at + 1) !== undefined) return true;
    if (!denying.calm.has(word) && !isAmount(word) && !isAbsent(words, at)) return false;
  }
  return true;
}

/** The last clause that tells something and names no drug: it may be said of what was denied before. */
function lastDoubt({ words, clauses, named }: Clauses, idle: ReadonlySet<number>, denying: Denying): number {
  const naming = new Set([...named.keys()].map((start) => clauses[start]));
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at] ?? '';
    const isSaid = denying.isTelling(word) && !idle.has(at) && !isAmount(word) && !isAbsent(words, at);
    if (isSaid && !naming.has(clauses[at])) return clauses[at] ?? 0;
  }
  return -1;
}

/** "Without rash", "no problems". */
function isAbsent(words: Words, at: number): boolean {
  const before = words[at - 1] === 'any' ? words[at - 2] : words[at - 1];
  return before === 'without' || before === 'no';
}

function isAmount(word: string): boolean {
  return AMOUNTS.has(word) || /^\p{N}/u.test(word);
}
