/** Follows the pages of a searchset, on its own server only, and makes one Bundle of them. */

import { type Part, partsOf, stringOf } from '../../untrusted.js';
import { ask, type Conversation } from './ask.js';
import { belowBase } from './base.js';

const MOST_PAGES = 10;

/**
 * @param first a Bundle
 * @returns the Bundle with the entries of all pages. Its `next` link stays when some page was not read, which tells
 *   that it is not complete.
 */
export async function followPages(first: Part, talk: Conversation): Promise<Part> {
  const entries = [...partsOf(first['entry'] ?? [])];
  const seen = new Set<string>();
  let next = nextPage(first);
  for (let pages = 1; next !== undefined && pages < MOST_PAGES; pages += 1) {
    const url = belowBase(next, talk.base);
    if (url === undefined || seen.has(url.href)) break;
    seen.add(url.href);
    const answered = await ask(url, talk);
    if ('why' in answered || answered.body['resourceType'] !== 'Bundle') break;
    for (const entry of partsOf(answered.body['entry'] ?? [])) entries.push(entry);
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
