/** Follows the pages of a searchset, on its own server only, and makes one Bundle of them. */

import { type Part, partsOf, stringOf } from '../../untrusted.js';
import { ask, type Conversation } from './ask.js';
import { belowBase } from './base.js';

const MOST_PAGES = 10;
/** Of one list, all pages together; of one resource. */
export const MOST_BYTES = 5 * 1024 * 1024;

/**
 * @param first a Bundle
 * @param bytes its size, as far as it was fetched
 * @returns the Bundle with the entries of all pages. Its `next` link stays when some page was not read, which tells
 *   that it is not complete.
 */
export async function followPages(first: Part, bytes: number, talk: Conversation): Promise<Part> {
  const entries = [...partsOf(first['entry'] ?? [])];
  const seen = new Set<string>();
  let read = bytes;
  let next = nextPage(first);
  for (let pages = 1; next !== undefined && pages < MOST_PAGES; pages += 1) {
    const url = belowBase(next, talk.base);
    if (url === undefined || seen.has(url.href)) break;
    seen.add(url.href);
    const answered = await ask(url, talk, MOST_BYTES - read);
    if ('why' in answered || answered.body['resourceType'] !== 'Bundle') break;
    read += answered.bytes;
    entries.push(...partsOf(answered.body['entry'] ?? []));
    next = nextPage(answered.body);
  }
  const links = partsOf(first['link'] ?? []).filter(({ relation }) => relation !== 'next');
  return {
    ...first,
    entry: entries,
    link: next === undefined ? links : [...links, { relation: 'next', url: next }],
  };
}

/** Address of the next page of a Bundle, as its server wrote it. */
export function nextPage(bundle: Part): string | undefined {
  return stringOf(partsOf(bundle['link'] ?? []).find(({ relation }) => relation === 'next')?.['url']);
}
