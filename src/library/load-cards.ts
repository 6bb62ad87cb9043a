/** Reads every card file below `cards/`: plain words in, values out, every fault with its line. */

import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import type { HookName, Indicator } from '../cdshooks/protocol.js';
import { namesOf, parseDuration } from './argument.js';
import type { Card, CardSuggestion, Conditional, Conditions, Key, Way } from './card.js';
import { type CardForm, cardForm, type ConditionsForm, keyNames, type SuggestionFormInput, type WayForm } from './card-form.js';
import { didYouMean, type Fault } from './fault.js';
import { conditionsOf, type Reader } from './read-conditions.js';
import { readYamlFile, shapeOf } from './yaml-file.js';

const orderHooks: readonly HookName[] = ['medication-prescribe', 'order-select', 'order-sign'];
const none: Conditions = { all: [], any: [], unless: [] };

/** Paths of all card files, without ending, sorted: `baclofen/renal-failure`. */
export function cardPaths(cardsDir: string): readonly string[] {
  return readdirSync(cardsDir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.includes('/') && file.endsWith('.yaml') && !file.endsWith('.cases.yaml'))
    .filter((file) => !file.startsWith('vocabulary/'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

export function loadCards(cardsDir: string, library: Pick<Reader, 'facts' | 'vocabulary'>): { cards: Card[]; faults: Fault[] } {
  const cards: Card[] = [];
  const faults: Fault[] = [];
  const paths = cardPaths(cardsDir);
  for (const path of paths) {
    const yaml = readYamlFile(cardsDir, `${path}.yaml`);
    const shape = shapeOf(yaml, cardForm);
    faults.push(...shape.faults);
    if (shape.value === undefined) continue;
    const reader: Reader = { ...library, yaml, faults };
    const card = toCard(path, shape.value, reader);
    for (const replaced of card.replaces) {
      if (!paths.includes(replaced)) faults.push(faultAt(reader, ['replaces'], `no card is named "${replaced}"${didYouMean(replaced, paths)}`));
    }
    cards.push(card);
  }
  return { cards, faults };
}

function faultAt(reader: Reader, path: readonly PropertyKey[], message: string): Fault {
  return { file: reader.yaml.file, line: reader.yaml.lineOf(path), message };
}

function toCard(path: string, form: CardForm, reader: Reader): Card {
  return {
    path,
    topic: path.replaceAll('/', '-'),
    title: form.title,
    why: form.why,
    evidence: form.evidence,
    ways: form.when.map((way, index) => toWay(way, index, reader)),
    indicator: toIndicator(form.card.indicator, reader),
    summary: form.card.summary,
    detail: form.card.detail.trim(),
    also: form.card.also.map(({ say, recommends, ...conditions }, index) => ({
      value: say,
      recommends,
      ...toConditions(conditions, ['card', 'also', index], reader),
    })),
    suggest: form.card.suggest.flatMap((entry, index) => toSuggestion(entry, index, reader)),
    override: form.card.override,
    replaces: form.replaces,
    hooks: form.hooks ?? orderHooks,
    status: form.governance.status,
    version: form.governance.version,
    revised: form.governance.revised,
    expires: form.governance.expires,
  };
}

function toConditions(form: ConditionsForm, path: readonly PropertyKey[], reader: Reader): Conditions {
  return {
    all: conditionsOf(form.all, [...path, 'all'], reader),
    any: conditionsOf(form.any, [...path, 'any'], reader),
    unless: conditionsOf(form.unless, [...path, 'unless'], reader),
  };
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

function toKey(form: WayForm, path: readonly PropertyKey[], reader: Reader): Key {
  const kind = keyNames.find((name) => form[name] !== undefined) ?? 'ordering';
  const named = [form[kind] ?? []].flat() as string[];
  const known = namesOf('drug', reader.vocabulary);
  for (const name of named.filter((name) => !known.includes(name))) {
    reader.faults.push(faultAt(reader, [...path, kind], `no drug or class is named "${name}" in vocabulary/drugs.yaml${didYouMean(name, known)}`));
  }
  const [drug = '', other = ''] = named;
  if (kind === 'pair') return { kind, drug, other };
  if (kind !== 'together') return { kind, drug };
  const within = form.within === undefined ? undefined : parseDuration(form.within);
  if (form.within !== undefined && within === undefined) {
    reader.faults.push(faultAt(reader, [...path, 'within'], `expected a duration such as "14 days", got "${form.within}"`));
  }
  return { kind, drug, other, within };
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
  if (entries.at(-1)?.all.length !== 0) reader.faults.push(faultAt(reader, path, 'expected a plain indicator as the last of the list'));
  return entries;
}

function toSuggestion(form: SuggestionFormInput, index: number, reader: Reader): CardSuggestion[] {
  const wrong = (message: string): [] => {
    reader.faults.push(faultAt(reader, ['card', 'suggest', index], message));
    return [];
  };
  const at = form.at;
  if (form.remove !== undefined) return [{ at, form: { kind: 'remove', drug: form.remove } }];
  if (form.taper !== undefined) return [{ at, form: { kind: 'taper', drug: form.taper } }];
  if (form.substitution !== undefined) return [{ at, form: { kind: 'generic substitution only' } }];
  if (form['shorten to'] !== undefined) {
    const duration = parseDuration(form['shorten to']);
    if (duration?.unit !== 'day') return wrong(`expected days such as "14 days", got "${form['shorten to']}"`);
    return [{ at, form: { kind: 'shorten to', days: duration.value } }];
  }
  const found = /^(\d+(?:\.\d+)?) mg (\d+) times a day$/.exec(form['start with'] ?? '');
  if (found === null) return wrong(`expected a dose such as "5 mg 3 times a day", got "${form['start with']}"`);
  return [{ at, form: { kind: 'start with', milligrams: Number(found[1]), timesADay: Number(found[2]) } }];
}
