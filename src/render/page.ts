/** A card's own page in Markdown: what it says, when, why, and what it rests on; served at `/cards/<topic>`. */

import { inWords } from '../library/argument.js';
import type { Card, Conditions, FactCall, Key } from '../library/card.js';
import type { Library } from '../library/library.js';
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
    ...[...new Set(Object.values(card.summary))]
      .filter((words) => words !== '')
      .map((words) => `**${capitalised(words)}**`),
    ...[...new Set(Object.values(card.detail))].filter((words) => words !== ''),
    ...card.also.map(
      (sentence) => `- ${sentence.value} (${conditionsInWords(sentence, library).join(' ') || 'always'})`,
    ),
    '## When it shows',
    ...card.ways.map(
      (way, index) => `${index + 1}. ${[keyInWords(way.key), ...conditionsInWords(way, library)].join(' ')}`,
    ),
    '## When not to follow it',
    ...card.override.map((reason) => `- ${capitalised(reason)}.`),
    '## Evidence',
    ...card.evidence.map((key) => evidenceOf(key, library)),
    '## Governance',
    `Version ${card.version}, ${card.status}, revised ${card.revised}, to be reviewed by ${card.expires}. Owner: ${library.publisher.owner}. Reviewer: ${library.publisher.reviewer}.`,
    '',
  ].join('\n\n');
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
      return `${capitalised(key.drug)} is stopped.`;
    case 'taking':
      return `${capitalised(key.drug)} is being taken.`;
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
  const say = (call: FactCall): string => callInWords(call, library);
  return [
    ...conditions.all.map(say),
    ...(conditions.any.length === 0 ? [] : [`At least one: ${conditions.any.map(say).join(' ')}`]),
    ...(conditions.unless.length === 0 ? [] : [`Not when: ${conditions.unless.map(say).join(' ')}`]),
  ];
}

function callInWords(call: FactCall, { facts }: Library): string {
  const asks = facts.get(call.fact)?.asks ?? call.fact;
  return asks.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = call.args[name];
    return value === undefined ? placeholder : inWords(value);
  });
}
