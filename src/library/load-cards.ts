/** Reads every card file below `cards/`: plain words in, values out, every fault with its line. */

import type { Indicator } from '../cdshooks/protocol.js';
import { parseDuration } from './argument.js';
import {
  type AlsoSentence,
  type Card,
  type Conditional,
  type Conditions,
  type Key,
  reasonCode,
  topicOf,
  type Way,
} from './card.js';
import { type CardForm, cardForm, type ConditionsForm, keyNames, type WayForm } from './card-form.js';
import { cardPaths } from './card-files.js';
import type { Fault } from './fault.js';
import { conditionsOf, drugFaults, faultAt, formFaults, type Reader } from './read-conditions.js';
import { toSuggestion } from './read-suggestions.js';
import { placeholderFaults } from './placeholders.js';
import { type ReadCard, replacingFaults } from './replacing.js';
import { unfillable } from './fillings.js';
import { indicatorsOf } from './indicators.js';
import { hooksOf } from './hooks-of-keys.js';
import { readYamlFile, shapeOf } from './yaml-file.js';

const none: Conditions = { all: [], any: [], unless: [] };

export function loadCards(
  cardsDir: string,
  library: Pick<Reader, 'facts' | 'vocabulary'>,
): { cards: Card[]; faults: Fault[] } {
  const read: ReadCard[] = [];
  const faults: Fault[] = [];
  const paths = cardPaths(cardsDir);
  for (const path of paths) {
    const yaml = readYamlFile(cardsDir, `${path}.yaml`);
    const shape = shapeOf(yaml, cardForm);
    faults.push(...shape.faults);
    if (shape.value === undefined) continue;
    const reader: Reader = { ...library, yaml, faults };
    const card = toCard(path, shape.value, reader);
    faults.push(...placeholderFaults(shape.value, card, yaml), ...overrideFaults(shape.value, reader));
    faults.push(...unfillable(card, yaml.file, library.vocabulary));
    read.push({ card, yaml });
  }
  faults.push(...replacingFaults(read, paths));
  return { cards: read.map(({ card }) => card), faults };
}

/** Two reasons of a card that differ only in their signs would share a code. */
function overrideFaults(form: CardForm, reader: Reader): Fault[] {
  const codes = form.card.override.map(reasonCode);
  return codes.flatMap((code, index) =>
    codes.indexOf(code) === index
      ? []
      : [faultAt(reader, ['card', 'override', index], 'is the same reason as an earlier one')],
  );
}

function toCard(path: string, form: CardForm, reader: Reader): Card {
  const ways = form.when.map((way, index) => toWay(way, index, reader));
  const indicator = toIndicator(form.card.indicator, reader);
  const indicators = indicatorsOf({ ways, indicator });
  return {
    path,
    topic: topicOf(path),
    title: form.title,
    why: form.why,
    evidence: form.evidence,
    claims: form.claims,
    ways,
    indicator,
    summary: wordsByIndicator(form.card, 'summary', indicators, reader),
    detail: wordsByIndicator(form.card, 'detail', indicators, reader),
    also: form.card.also.map((sentence, index) => toSentence(sentence, index, reader)),
    suggest: form.card.suggest.flatMap((entry, index) => toSuggestion(entry, index, reader)),
    override: form.card.override,
    replaces: form.replaces,
    hooks: form.hooks ?? hooksOf(form.when.map(keyName)),
    status: form.governance.status,
    version: form.governance.version,
    revised: form.governance.revised,
    expires: form.governance.expires,
    reviewer: form.governance.reviewer,
  };
}

/** Words for an indicator the card cannot have are never used; words for one it can have must be there. */
function wordsByIndicator(
  card: CardForm['card'],
  part: 'summary' | 'detail',
  indicators: readonly Indicator[],
  reader: Reader,
): Readonly<Record<Indicator, string>> {
  const written = card[part];
  if (typeof written === 'string')
    return { info: written.trim(), warning: written.trim(), critical: written.trim() };
  for (const indicator of indicators.filter((indicator) => written[indicator] === undefined)) {
    reader.faults.push(
      faultAt(reader, ['card', part], `says nothing for ${indicator}, which the card can be`),
    );
  }
  for (const indicator of Object.keys(written).filter((name) => !indicators.includes(name as Indicator))) {
    reader.faults.push(
      faultAt(reader, ['card', part, indicator], `speaks for ${indicator}, which the card is never`),
    );
  }
  return { info: '', warning: '', critical: '', ...written };
}

function toConditions(form: ConditionsForm, path: readonly PropertyKey[], reader: Reader): Conditions {
  return {
    all: conditionsOf(form.all, [...path, 'all'], reader),
    any: conditionsOf(form.any, [...path, 'any'], reader),
    unless: conditionsOf(form.unless, [...path, 'unless'], reader),
  };
}

function toSentence(
  { say, recommends, ...conditions }: CardForm['card']['also'][number],
  index: number,
  reader: Reader,
): AlsoSentence {
  const path = ['card', 'also', index];
  if (recommends !== undefined)
    reader.faults.push(...drugFaults([recommends], [...path, 'recommends'], reader));
  return { value: say, recommends, ...toConditions(conditions, path, reader) };
}

function toWay(form: WayForm, index: number, reader: Reader): Way {
  const path = ['when', index];
  return {
    key: toKey(form, path, reader),
    indicator: form.indicator,
    line: reader.yaml.lineOf(path),
    ...toConditions(form, path, reader),
  };
}

function keyName(form: WayForm): Key['kind'] {
  return keyNames.find((name) => form[name] !== undefined) ?? 'ordering';
}

function toKey(form: WayForm, path: readonly PropertyKey[], reader: Reader): Key {
  const kind = keyName(form);
  const named = [form[kind] ?? []].flat();
  reader.faults.push(...drugFaults(named, [...path, kind], reader));
  const [drug = '', other = ''] = named;
  reader.faults.push(...coupleFaults(kind, named, [...path, kind], reader));
  if (kind === 'pair') return { kind, drug, other };
  if (kind !== 'together') return { kind, drug };
  const within = form.within === undefined ? undefined : parseDuration(form.within);
  if (form.within !== undefined && within === undefined) {
    reader.faults.push(
      faultAt(reader, [...path, 'within'], `expected a duration such as "14 days", got "${form.within}"`),
    );
  }
  const notAs = form['not as'];
  reader.faults.push(...formFaults(notAs, [...path, 'not as'], reader));
  return { kind, drug, other, within, notAs };
}

/** Of a pair the two names are said as they are, so each is one drug; nothing goes together with itself. */
function coupleFaults(
  kind: Key['kind'],
  named: readonly string[],
  path: readonly PropertyKey[],
  reader: Reader,
): readonly Fault[] {
  const [first, second] = named;
  const isPair = kind === 'pair';
  const expected = `expected two different ${isPair ? 'drugs' : 'drugs or classes'}`;
  if (second !== undefined && first === second)
    return [faultAt(reader, path, `${expected}, got "${first}" twice`)];
  return named
    .filter((name) => isPair && reader.vocabulary.classes.has(name))
    .map((name) => faultAt(reader, path, `${expected}, got "${name}", which is a class`));
}

function toIndicator(form: CardForm['card']['indicator'], reader: Reader): readonly Conditional<Indicator>[] {
  if (typeof form === 'string') return [{ value: form, ...none }];
  const path = ['card', 'indicator'];
  const entries = form.flatMap((entry, index): Conditional<Indicator>[] =>
    typeof entry === 'string'
      ? [{ value: entry, ...none }]
      : Object.entries(entry).map(([value, calls]) => ({
          ...none,
          value: value as Indicator,
          all: conditionsOf(calls ?? [], [...path, index, value], reader),
        })),
  );
  if (entries.at(-1)?.all.length !== 0)
    reader.faults.push(faultAt(reader, path, 'expected a plain indicator as the last of the list'));
  return entries;
}
