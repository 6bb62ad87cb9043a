/** A card's own page in Markdown: what it says, when, why, and what it rests on; served at `/cards/<topic>`. */

import type { Indicator } from '../cdshooks/protocol.js';
import { fillName } from '../library/argument.js';
import { type Card, factCallsOf, type Key, namesIn } from '../library/card.js';
import { sourceAttributes } from '../library/fact.js';
import type { Library } from '../library/library.js';
import { reviewerInWords } from '../library/review.js';
import { type ServiceTopic, serviceTopics } from '../library/service-cards.js';
import { conditionsInWords, namesAt, phraseOf, wayInWords } from './card-in-words.js';
import { capitalised, filled } from './words.js';

/** The parts that every page of a card has, and by which it is told from a person's notes. */
const HEADINGS = {
  says: '## What it says',
  shows: '## When it shows',
  override: '## When not to follow it',
  evidence: '## Evidence',
  history: '## History',
  attributes: '## Source attributes (45 CFR 170.315(b)(11)(iv)(A))',
} as const;

/** Whether a text is the page of a card, as it is made here. */
export function isCardPage(text: string): boolean {
  const lines = new Set(text.split('\n'));
  return text.startsWith('# ') && Object.values(HEADINGS).every((heading) => lines.has(heading));
}

/** The page of a card, or of a service card; `undefined` when no card has this topic. */
export function cardPage(topic: string, library: Library): string | undefined {
  const service = serviceTopics.find((one) => one === topic);
  if (service !== undefined) return servicePage(service, library);
  const card = library.cards.find((one) => one.topic === topic);
  if (card === undefined) return undefined;
  return [
    `# ${card.title}`,
    card.why,
    HEADINGS.says,
    indicatorsOf(card, library),
    ...wordsOf(card, library),
    ...card.also.map((sentence) => alsoInWords(sentence, card, library)),
    HEADINGS.shows,
    card.ways.map((way, index) => `${index + 1}. ${wayInWords(way, library)}`).join('\n'),
    ...namesOf(card, library),
    ...(card.replaces.length === 0 ? [] : [`It takes the place of: ${card.replaces.join(', ')}.`]),
    HEADINGS.override,
    card.override.map((reason) => `- ${capitalised(reason)}.`).join('\n'),
    HEADINGS.evidence,
    card.evidence.map((key) => evidenceOf(key, library)).join('\n'),
    ...(card.claims.length === 0 ? [] : [`Claims of the source text: ${card.claims.join(', ')}.`]),
    ...casesOf(card, library),
    HEADINGS.history,
    historyOf(card, library),
    HEADINGS.attributes,
    attributesOf(card, library)
      .map((line, index) => `${index + 1}. ${line}`)
      .join('\n'),
    '',
  ].join('\n\n');
}

/** Summary and detail with names filled in; where they differ by indicator, each under its own. */
function wordsOf(card: Card, { vocabulary }: Library): readonly string[] {
  const indicators = (['critical', 'warning', 'info'] as const).filter((one) => canBe(card, one));
  const texts = indicators.map((one) => {
    const names = namesAt(card, one, vocabulary);
    return {
      heading: `At ${one}:`,
      words: [`**${filled(card.summary[one], names)}**`, filled(card.detail[one], names)],
    };
  });
  const isOne = new Set(texts.map(({ words }) => words.join())).size === 1;
  const words = isOne ? (texts[0]?.words ?? []) : texts.flatMap(({ heading, words }) => [heading, ...words]);
  return [...words, ...bothWays(card)];
}

function canBe(card: Card, indicator: Indicator): boolean {
  return card.ways.some((way) =>
    way.indicator === undefined
      ? card.indicator.some(({ value }) => value === indicator)
      : way.indicator === indicator,
  );
}

/** Of a pair the page says one direction. */
function bothWays({ ways, summary, detail }: Card): readonly string[] {
  const isNamed = [...Object.values(summary), ...Object.values(detail)].some((text) => text.includes('{'));
  return isNamed && ways.some(({ key }) => key.kind === 'pair')
    ? ['The same is said with the two drugs exchanged.']
    : [];
}

function alsoInWords(sentence: Card['also'][number], card: Card, library: Library): string {
  const { vocabulary } = library;
  const names = namesAt(card, card.ways[0]?.indicator ?? card.indicator[0]?.value ?? '', vocabulary);
  const keys = card.ways.map(({ key }) => key);
  const conditions = conditionsInWords(sentence, library, keys).join(' ');
  return `- ${filled(sentence.value, names)} (${conditions || 'always'})`;
}

/** Classes and groups the card speaks of, with what they hold; not those whose phrase tells all of it. */
function namesOf(card: Card, { vocabulary }: Library): readonly string[] {
  const names = card.ways.flatMap(({ key }) => namesIn(card).map((name) => fillBy(key, name)));
  const lines = [...new Set(names)].flatMap((name) => {
    const held = vocabulary.classes.get(name) ?? vocabulary.problemGroups.get(name) ?? [];
    const phrase = phraseOf(name, vocabulary);
    return held.every((one) => phrase.toLowerCase().includes(one))
      ? []
      : [`- ${capitalised(phrase)}: ${held.map((one) => phraseOf(one, vocabulary)).join(', ')}.`];
  });
  return lines.length === 0 ? [] : ['Names:', lines.join('\n')];
}

function fillBy(key: Key, name: string): string {
  return 'other' in key ? fillName(name, key.drug, key.other) : name;
}

function casesOf(card: Card, library: Library): readonly string[] {
  const cases = library.casesOf(card.path);
  const part = (title: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${title}:`, names.map((name) => `- ${name}`).join('\n')];
  const parts = [
    ...part('Shown', cases.shown),
    ...part('Silent', cases.silent),
    ...part('Not checked', cases.unknown),
  ];
  return parts.length === 0 ? [] : ['## Cases', ...parts];
}

function historyOf(card: Card, { publisher, historyOf: versionsOf }: Library): string {
  const versions = versionsOf(card.path).map(({ version, revised }) => `- ${version}, revised ${revised}`);
  return [
    ...(versions.length === 0 ? [`- ${card.version}, revised ${card.revised}`] : versions),
    '',
    `Status ${card.status}, to be reviewed by ${card.expires}. Owner: ${publisher.owner}. Author: ${publisher.author}. Reviewer: ${reviewerInWords(card, publisher)}.`,
  ].join('\n');
}

function attributesOf(card: Card, library: Library): readonly string[] {
  const { facts, publisher } = library;
  const used: ReadonlySet<string> = new Set(
    factCallsOf(card).flatMap((call) => facts.get(call.fact)?.uses ?? []),
  );
  return [
    `Bibliographic citation: ${card.evidence.join(', ')} (above).`,
    `Developer: ${publisher.developer}.`,
    `Funding source of the technical implementation: ${publisher.funding}.`,
    `Release and revision dates: revised ${card.revised}; the dates of the sources are in their citations.`,
    ...sourceAttributes.map((name) => `Use of ${name}: ${used.has(name) ? 'yes' : 'no'}.`),
  ];
}

function servicePage(topic: ServiceTopic, { serviceCards }: Library): string {
  const { title, why, detail } = serviceCards[topic];
  return [`# ${title}`, why, detail, ''].join('\n\n');
}

function evidenceOf(key: string, { evidence }: Library): string {
  const entry = evidence.get(key);
  return `- ${key}: ${entry?.citation ?? ''} (certainty: ${entry?.certainty ?? ''})`;
}

function indicatorsOf(card: Card, library: Library): string {
  const all = card.indicator.map((entry) => {
    const keys = card.ways.map(({ key }) => key);
    const conditions = conditionsInWords(entry, library, keys).join(' ');
    return conditions === '' ? entry.value : `${entry.value} (${conditions})`;
  });
  return `Indicator: ${all.join(', else ')}.`;
}
