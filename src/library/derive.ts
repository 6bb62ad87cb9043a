/** What follows from the cards and is never written by hand: prefetch templates of a hook, and what each key stands for. */

import type { HookName } from '../cdshooks/protocol.js';
import type { RecordType } from '../cdshooks/record-type.js';
import { type Card, type FactCall, factCallsOf } from './card.js';
import { waysAt } from './hooks-of-keys.js';
import type { Library } from './library.js';
import { factsOfKey } from './load-facts.js';

export interface PrefetchTemplate {
  readonly key: string;
  readonly type: RecordType;
  readonly query: string;
  /** Asks for the newest few only: a further page is not missed. */
  readonly newestOnly: boolean;
  /** LOINC codes of the results it asks for; none where it asks for a whole list. */
  readonly codes: readonly string[];
}

/** Newest results asked for: the newest countable one may stand behind a few preliminary ones. */
const NEWEST = 5;

const LOINC = 'http://loinc.org';

/** No status filters: what ended days ago, and a relapse without a clinical status, matter as well. */
const listTemplates: Readonly<Partial<Record<RecordType, readonly [key: string, query: string]>>> = {
  Patient: ['patient', 'Patient/{{context.patientId}}'],
  MedicationRequest: ['medications', 'MedicationRequest?patient={{context.patientId}}'],
  MedicationStatement: ['statements', 'MedicationStatement?patient={{context.patientId}}'],
  MedicationDispense: ['dispenses', 'MedicationDispense?patient={{context.patientId}}'],
  MedicationAdministration: ['administrations', 'MedicationAdministration?patient={{context.patientId}}'],
  Condition: ['problems', 'Condition?patient={{context.patientId}}'],
  AllergyIntolerance: ['allergies', 'AllergyIntolerance?patient={{context.patientId}}'],
};

/** Templates for everything the facts of a hook's cards need, inside the query subset of CDS Hooks 2.0 "Prefetch Template". */
export function prefetchTemplates(library: Library, hook: HookName): readonly PrefetchTemplate[] {
  const cards = library.cards.filter((card) => card.status !== 'retired' && card.hooks.includes(hook));
  if (cards.length === 0) return [];
  // Whatever the cards ask: no treatment is spoken of when the patient has died.
  const types = new Set<RecordType>(['Patient', ...cards.flatMap((card) => readsOf(card, hook, library))]);
  const lists = Object.entries(listTemplates)
    .filter(([type]) => types.has(type as RecordType))
    .map(([type, [key, query]]) => ({ key, query, type: type as RecordType, newestOnly: false, codes: [] }));
  return [...lists, ...labsOf(cards, hook).map((lab) => labTemplate(lab, library))];
}

function readsOf(card: Card, hook: HookName, { facts }: Library): readonly RecordType[] {
  const byKeys = waysAt(card, hook).flatMap(({ key }) => factsOfKey(key.kind));
  const asked = [...callsAt(card, hook).map((call) => call.fact), ...byKeys];
  return asked.flatMap((name) => facts.get(name)?.reads ?? []);
}

function labsOf(cards: readonly Card[], hook: HookName): readonly string[] {
  const values = cards.flatMap((card) => callsAt(card, hook)).flatMap((call) => Object.values(call.args));
  return [...new Set(values.flatMap((value) => (value.kind === 'lab' ? [value.name] : [])))].sort();
}

function callsAt(card: Card, hook: HookName): readonly FactCall[] {
  return factCallsOf({ ...card, ways: waysAt(card, hook) });
}

function labTemplate(lab: string, { vocabulary }: Library): PrefetchTemplate {
  const codes = (vocabulary.labs.get(lab)?.loinc ?? []).map(({ code }) => code);
  const asked = codes.map((code) => `${LOINC}|${code}`).join(',');
  const key = lab.toLowerCase().replaceAll(' ', '-');
  return {
    key,
    type: 'Observation',
    query: `Observation?patient={{context.patientId}}&code=${asked}&_sort=-date&_count=${NEWEST}`,
    newestOnly: true,
    codes,
  };
}
