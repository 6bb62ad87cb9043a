/** The words of the cards: short, plain, the same for the same thing, and nothing the labels contradict. */

import { drugsNamed } from '../src/library/argument.js';
import type { Card } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { SUMMARY_LIMIT } from '../src/render/card.js';
import { placeOf } from './place.js';

const indicators = ['info', 'warning', 'critical'] as const;

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

const verbOfNumber =
  /(?<=^|[.:;] )\{(?:this|other)\} (?:is|are|was|were|has|have|does|do|makes?|offers?|permits?)\b/g;

/** What no card may say, and why (claims.json, verification notes). */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bmust\b/i, 'says "must": offer, do not command'],
  [/—|–/, 'has a dash essay: write two sentences'],
  [/identical to/i, 'says "identical": the labels say closely related'],
  [/does not relieve muscle spasm/i, 'says what the label contradicts'],
  [/\bproven\b/i, 'says "proven": the exact mechanism is not fully known'],
];

/** A text of a card, and where it stands in the file. */
interface Text {
  readonly at: readonly PropertyKey[];
  readonly text: string;
}

/** A fault in words, and where. */
type Found = readonly [at: readonly PropertyKey[], fault: string];

/** Each once, although the same words may stand for every indicator. */
export function wordingFaults(library: Library, cardsDir: string): readonly string[] {
  const found = library.cards.flatMap((card) =>
    [
      ...textsOf(card).flatMap(({ at, text }) => faultsOf(text).map((fault): Found => [at, fault])),
      ...verbsOfNumber(card, library),
      ...tooLong(card, library),
    ].map(([at, fault]) => `${placeOf(cardsDir, `${card.path}.yaml`, at)} ${fault}`),
  );
  return [...new Set(found)];
}

function textsOf(card: Card): readonly Text[] {
  const byIndicator = (part: 'summary' | 'detail'): readonly Text[] =>
    indicators.map((indicator) => ({ at: ['card', part, indicator], text: card[part][indicator] }));
  return [
    { at: ['title'], text: card.title },
    { at: ['why'], text: card.why },
    ...byIndicator('summary'),
    ...byIndicator('detail'),
    ...card.also.map(({ value }, index) => ({ at: ['card', 'also', index, 'say'], text: value })),
    ...card.override.map((text, index) => ({ at: ['card', 'override', index], text })),
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
function verbsOfNumber(card: Card, { vocabulary }: Library): readonly Found[] {
  const isSeveral = card.ways.some(
    ({ key }) => 'other' in key || drugsNamed(key.drug, vocabulary).length > 1,
  );
  if (!isSeveral) return [];
  return textsOf(card).flatMap(({ at, text }) =>
    [...text.matchAll(verbOfNumber)].map(
      ([words]): Found => [
        at,
        `says "${words}", which is wrong for one drug or for two: say it without the verb`,
      ],
    ),
  );
}

/** A summary with the longest single names filled in. */
function tooLong(card: Card, library: Library): readonly Found[] {
  const names = longestNames(card, library);
  return indicators.flatMap((indicator): readonly Found[] => {
    const summary = card.summary[indicator]
      .replaceAll('{this}', names.this)
      .replaceAll('{other}', names.other);
    const over = summary.length - SUMMARY_LIMIT;
    if (over <= 0) return [];
    const fault = `has a summary ${over} characters too long when filled in: "${summary}"`;
    return [[['card', 'summary', indicator], fault]];
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
