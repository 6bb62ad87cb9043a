/** Small work on words: lists, capitals, filled-in templates, counts, cuts. */

import { remembered } from '../remembered.js';

/** "a", "a and b", "a, b and c". */
export function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A template of the library, taken apart once: text and names of placeholders in turns. Those of details are long. */
const partsOfTemplate = remembered((template) => template.split(/\{(\w+)\}/), 2_000);

/** Fills `{name}` from `values`; the first letter of the text becomes a capital. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  if (!template.includes('{')) return capitalised(template);
  let text = '';
  for (const [position, part] of partsOfTemplate(template).entries()) {
    text += position % 2 === 0 ? part : (values[part] ?? `{${part}}`);
  }
  return capitalised(text);
}

/** Cuts a text to `limit` characters at a word, with an ellipsis. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf(' ', limit - 1);
  return `${text.slice(0, end > 0 ? end : limit - 1)}…`;
}

export function wordsIn(text: string): number {
  let count = 0;
  let isWithin = false;
  for (let at = 0; at < text.length; at += 1) {
    const isBlank = isBlankAt(text, at);
    if (!isBlank && !isWithin) count += 1;
    isWithin = !isBlank;
  }
  return count;
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code === 0x20 || (code > 0x08 && code < 0x0e) : /\s/.test(text.charAt(at));
}

/** "a; b; c" in at most `room` words, or its first items "and n more"; the first one is always there. */
export function fitted(items: readonly string[], room: number): string {
  if (items.length < 2) return items.join('; ');
  const counts = items.map(wordsIn);
  const upTo = (count: number): number => counts.slice(0, count).reduce((sum, words) => sum + words, 0);
  if (upTo(items.length) <= room) return items.join('; ');
  const rest = wordsIn('and n more');
  const kept = items.findIndex((_, index) => upTo(index + 1) + rest > room);
  const shown = items.slice(0, Math.max(kept, 1));
  return [...shown, `and ${items.length - shown.length} more`].join('; ');
}
