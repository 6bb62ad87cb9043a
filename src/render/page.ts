/** A card's own page in Markdown: what it says, when, why, and what it rests on; served at `/cards/<topic>`. */

import { asksInWords, inWords } from '../library/argument.js';
import {
  type Card,
  type Conditions,
  type FactCall,
  factCallsOf,
  type Key,
  namesIn,
} from '../library/card.js';
import { sourceAttributes } from '../library/fact.js';
import type { Library } from '../library/library.js';
import { reviewerInWords } from '../library/review.js';
import { type ServiceTopic, serviceTopics } from '../library/service-cards.js';
import { capitalised } from './words.js';

/** The page of a card, or of a service card; `undefined` when no card has this topic. */
export function cardPage(topic: string, library: Library): string | undefined {
  const service = serviceTopics.find((one) => one === topic);
  if (service !== undefined) return servicePage(service, library);
  const card = library.cards.find((one) => one.topic === topic);
  if (card === undefined) return undefined;
  return [
    `# ${card.title}`,
    card.why,
    '## What it says',
    indicatorsOf(card, library),
    ...wordsOf(card),
    ...card.also.map(
      (sentence) => `- ${sentence.value} (${conditionsInWords(sentence, library).join(' ') || 'always'})`,
    ),
    '## When it shows',
    card.ways
      .map(
        (way, index) =>
          `${index + 1}. ${[keyInWords(way.key), ...conditionsInWords(way, library), indicatorOf(way)].join(' ').trim()}`,
      )
      .join('\n'),
    ...namesOf(card, library),
    ...(card.replaces.length === 0 ? [] : [`It takes the place of: ${card.replaces.join(', ')}.`]),
    '## When not to follow it',
    card.override.map((reason) => `- ${capitalised(reason)}.`).join('\n'),
    '## Evidence',
    card.evidence.map((key) => evidenceOf(key, library)).join('\n'),
    ...(card.claims.length === 0 ? [] : [`Claims of the source text: ${card.claims.join(', ')}.`]),
    ...casesOf(card, library),
    '## History',
    historyOf(card, library),
    '## Source attributes (45 CFR 170.315(b)(11)(iv)(A))',
    attributesOf(card, library)
      .map((line, index) => `${index + 1}. ${line}`)
      .join('\n'),
    '',
  ].join('\n\n');
}

/** Summary and detail; where they differ by indicator, each under its own. */
function wordsOf(card: Card): readonly string[] {
  const indicators = (['critical', 'warning', 'info'] as const).filter(
    (one) => card.summary[one] !== '' || card.detail[one] !== '',
  );
  const texts = indicators.map((one) => ({
    heading: `At ${one}:`,
    words: [`**${capitalised(card.summary[one])}**`, capitalised(card.detail[one])],
  }));
  const isOne = new Set(texts.map(({ words }) => words.join())).size === 1;
  return isOne ? (texts[0]?.words ?? []) : texts.flatMap(({ heading, words }) => [heading, ...words]);
}

function indicatorOf({ indicator }: Card['ways'][number]): string {
  return indicator === undefined ? '' : `Then: ${indicator}.`;
}

/** Classes and groups the card speaks of, with what they hold. */
function namesOf(card: Card, { vocabulary }: Library): readonly string[] {
  const lines = namesIn(card).flatMap((name) => {
    const held = vocabulary.classes.get(name) ?? vocabulary.problemGroups.get(name);
    return held === undefined ? [] : [`- ${capitalised(name)}: ${held.join(', ')}.`];
  });
  return lines.length === 0 ? [] : ['Names:', lines.join('\n')];
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
    const conditions = conditionsInWords(entry, library).join(' ');
    return conditions === '' ? entry.value : `${entry.value} (${conditions})`;
  });
  return `Indicator: ${all.join(', else ')}.`;
}

export function keyInWords(key: Key): string {
  switch (key.kind) {
    case 'ordering':
      return `${capitalised(key.drug)} is ordered.`;
    case 'stopping':
      return `${capitalised(key.drug)} is stopped, replaced by another drug, or not continued at discharge.`;
    case 'taking':
      return `The chart is opened of a patient who takes ${key.drug}.`;
    case 'pair':
      return `One of ${key.drug} and ${key.other} ({this}) is ordered, the other is {other}.`;
    case 'together': {
      const ended =
        key.within === undefined
          ? ''
          : `, or ${key.other} ended within ${inWords({ kind: 'duration', duration: key.within })}`;
      const form = key.notAs === undefined ? '' : ` Not counted: ${key.other} as ${key.notAs}.`;
      return `${capitalised(key.drug)} is ordered while ${key.other} is taken, or the other way round${ended}.${form}`;
    }
  }
}

export function conditionsInWords(conditions: Conditions, library: Library): readonly string[] {
  const say = (call: FactCall): string =>
    asksInWords(library.facts.get(call.fact)?.asks ?? call.fact, call.args);
  return [
    ...conditions.all.map(say),
    ...(conditions.any.length === 0 ? [] : [`At least one: ${conditions.any.map(say).join(' ')}`]),
    ...(conditions.unless.length === 0 ? [] : [`Not when: ${conditions.unless.map(say).join(' ')}`]),
  ];
}
