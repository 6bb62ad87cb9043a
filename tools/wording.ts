/** The words of the cards: short, plain, the same for the same thing, and nothing the labels contradict. */

import type { Indicator } from '../src/cdshooks/protocol.js';
import { drugsNamed } from '../src/library/argument.js';
import type { Card } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { SUMMARY_LIMIT } from '../src/render/card.js';

/** Abbreviations a prescriber reads without thinking, and names that are written in capitals. */
const allowed = new Set([
  'MAOI',
  'MAOIs',
  'SSRI',
  'SSRIs',
  'SNRI',
  'SNRIs',
  'MS',
  'eGFR',
  // The source text names the receptor.
  'GABA',
]);

/** What no card may say, and why (claims.json, verification notes). */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bmust\b/i, 'says "must": offer, do not command'],
  [/—|–/, 'has a dash essay: write two sentences'],
  [/identical to/i, 'says "identical": the labels say closely related'],
  [/does not relieve muscle spasm/i, 'says what the label contradicts'],
  [/\bproven\b/i, 'says "proven": the exact mechanism is not fully known'],
];

export function wordingFaults(library: Library): readonly string[] {
  return library.cards.flatMap((card) =>
    [
      ...textsOf(card).flatMap((text) => faultsOf(text)),
      ...verbsOfNumber(card, library),
      ...tooLong(card, library),
    ].map((fault) => `${card.path}.yaml:1 ${fault}`),
  );
}

function textsOf(card: Card): readonly string[] {
  return [
    card.title,
    card.why,
    ...Object.values(card.summary),
    ...Object.values(card.detail),
    ...card.also.map((one) => one.value),
    ...card.override,
  ];
}

function faultsOf(text: string): readonly string[] {
  const abbreviations = (text.match(/\b[a-z]?[A-Z]{2,}s?\b/g) ?? []).filter((word) => !allowed.has(word));
  return [
    ...abbreviations.map((word) => `uses the abbreviation ${word}; write it out`),
    ...forbidden.filter(([pattern]) => pattern.test(text)).map(([, why]) => why),
  ];
}

/** A name for which several drugs may be filled in, as the subject of a verb that fits one drug only, or several only. */
function verbsOfNumber(card: Card, { vocabulary }: Library): readonly string[] {
  const isSeveral = card.ways.some(
    ({ key }) => 'other' in key || drugsNamed(key.drug, vocabulary).length > 1,
  );
  if (!isSeveral) return [];
  const found = textsOf(card).flatMap((text) => [
    ...text.matchAll(
      /(?<=^|[.:;] )\{(?:this|other)\} (?:is|are|was|were|has|have|does|do|makes?|offers?|permits?)\b/g,
    ),
  ]);
  return found.map(
    ([words]) => `says "${words}", which is wrong for one drug or for two: say it without the verb`,
  );
}

/** A summary with the longest single names filled in. */
function tooLong(card: Card, library: Library): readonly string[] {
  const names = longestNames(card, library);
  return (Object.keys(card.summary) as Indicator[]).flatMap((indicator) => {
    const summary = card.summary[indicator]
      .replaceAll('{this}', names.this)
      .replaceAll('{other}', names.other);
    const over = summary.length - SUMMARY_LIMIT;
    return over > 0 ? [`has a summary ${over} characters too long when filled in: "${summary}"`] : [];
  });
}

function longestNames(
  card: Card,
  { vocabulary }: Library,
): { readonly this: string; readonly other: string } {
  const longest = (names: readonly string[]): string =>
    names.flatMap((name) => drugsNamed(name, vocabulary)).reduce((a, b) => (b.length > a.length ? b : a), '');
  const keys = card.ways.map(({ key }) => key);
  return {
    this: longest(keys.flatMap((key) => (key.kind === 'pair' ? [key.drug, key.other] : [key.drug]))),
    other: longest(
      keys.flatMap((key) => ('other' in key ? [key.other, ...(key.kind === 'pair' ? [key.drug] : [])] : [])),
    ),
  };
}
