/** Asks a fact of the record, once per call and argument, and answers in three values. */

import type { FhirResource, Observation } from 'fhir/r4.js';
import { type ArgumentValue, drugsNamed, inWords, parseDuration, problemsNamed } from '../library/argument.js';
import type { FactCall } from '../library/card.js';
import type { Fact } from '../library/fact.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder, DrugIdentity } from '../record/record.js';
import { type Answer, type Missing, no, type Witness, yes } from './answer.js';
import { dateMinus, inDays, instantMinus } from './calendar.js';
import type { CompiledFact } from './compile-facts.js';
import { newestOf } from './newest.js';
import type { RecordIndex } from './record-index.js';
import { unreadOf } from './unread.js';

/** What the key of a card has bound: the order it is about, and the two drugs it speaks of. */
export interface Binding {
  readonly order: DraftOrder;
  /** Drug or class names standing for `{this}` and `{other}`. */
  readonly this: string;
  readonly other: string;
}

/** The call being judged, as the functions of the table see it while a fact is asked. */
export interface Scene {
  readonly index: RecordIndex;
  readonly vocabulary: Vocabulary;
  readonly binding: Binding;
}

export interface Asker {
  ask(call: FactCall, binding: Binding): Answer;
  readonly index: RecordIndex;
  /** Facts evaluated and resources handed to them so far: the shape of the work, for tests. */
  readonly counts: { facts: number; resources: number };
}

interface Candidate {
  readonly resource: FhirResource;
  readonly identity: DrugIdentity | undefined;
  readonly kind: string;
}

type Arguments = Readonly<Record<string, ArgumentValue>>;

/**
 * @param enter told the scene before each fact, so that the function table knows what it speaks of
 * @param onFault told of an expression that threw: the fact is then unknown, the call goes on
 */
export function createAsker(
  facts: ReadonlyMap<string, CompiledFact>,
  index: RecordIndex,
  vocabulary: Vocabulary,
  enter: (scene: Scene) => void,
  onFault: (fact: string, error: unknown) => void,
): Asker {
  const asked = new Map<string, Answer>();
  const counts = { facts: 0, resources: 0 };
  const ask = (call: FactCall, binding: Binding): Answer => {
    const compiled = facts.get(call.fact);
    if (compiled === undefined) throw new Error(`no fact is named "${call.fact}"`);
    const args = bound(call.args, binding);
    const key = keyOf(compiled.fact, args, binding, index);
    const known = asked.get(key);
    if (known !== undefined) return known;
    counts.facts += 1;
    enter({ index, vocabulary, binding });
    const answer = answerOf({ compiled, args, binding, index, vocabulary, onFault, counts });
    asked.set(key, answer);
    return answer;
  };
  return { ask, index, counts };
}

/** Facts about the patient alone are the same for every order of the call. */
const sameForEveryOrder: ReadonlySet<string> = new Set(['patient', 'problems', 'results', 'allergies', 'stops']);

function keyOf(fact: Fact, args: Arguments, binding: Binding, index: RecordIndex): string {
  const order = sameForEveryOrder.has(fact.needs) ? '' : index.record.drafts.indexOf(binding.order);
  return `${fact.name}|${order}|${JSON.stringify(args)}`;
}

function bound(args: Arguments, binding: Binding): Arguments {
  const fill = (name: string): string => name.replace('{this}', binding.this).replace('{other}', binding.other);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, 'name' in value ? { ...value, name: fill(value.name) } : value]),
  );
}

interface Asking {
  readonly compiled: CompiledFact;
  readonly args: Arguments;
  readonly binding: Binding;
  readonly index: RecordIndex;
  readonly vocabulary: Vocabulary;
  readonly onFault: (fact: string, error: unknown) => void;
  readonly counts: { resources: number };
}

function answerOf(asking: Asking): Answer {
  const { fact } = asking.compiled;
  const missing: Missing[] = [...unreadOf(fact, asking.args, asking.index.record)];
  try {
    const variables = variablesOf(asking);
    const candidates = candidatesOf(asking, variables);
    asking.counts.resources += candidates.length;
    const witnesses = candidates.flatMap((candidate) => witnessOf(candidate, asking, variables));
    const enough = fact.distinct === undefined ? witnesses.length > 0 : distinctEnough(witnesses, asking);
    if (enough) return yes(witnesses);
    missing.push(...doubtsOf(candidates, asking, variables));
  } catch (error) {
    asking.onFault(fact.name, error);
    missing.push({ what: fact.doubt ?? sentenceOf(fact, asking.args), why: 'could not be evaluated' });
  }
  return missing.length > 0 ? { is: 'unknown', missing } : no;
}

function variablesOf({ compiled, args, binding, index }: Asking): Record<string, unknown> {
  const { today, now } = index.record;
  const variables: Record<string, unknown> = { today, now, order: binding.order.resource };
  for (const [name, value] of Object.entries(args)) Object.assign(variables, scalarsOf(name, value));
  for (const [name, { sum, of }] of Object.entries(compiled.fact.let)) {
    const value = args[of];
    const duration = value?.kind === 'duration' ? value.duration : parseDuration(of);
    if (value?.kind === 'lab') variables[name] = newestCounting(value.name, compiled, index, variables);
    else if (duration !== undefined) variables[name] = sum === 'now minus' ? instantMinus(now, duration) : dateMinus(today, duration);
  }
  return variables;
}

/** What FHIRPath sees of one argument: its value, a number's unit in lower case, a duration in days. */
function scalarsOf(name: string, value: ArgumentValue): Readonly<Record<string, unknown>> {
  if (value.kind === 'number') return { [name]: value.amount.value, [`${name}Unit`]: value.amount.unit?.toLowerCase() ?? '' };
  if (value.kind === 'duration') return { [name]: scalarOf(value), [`${name}Days`]: inDays(value.duration) };
  return { [name]: scalarOf(value) };
}

function scalarOf(value: ArgumentValue): unknown {
  if (value.kind === 'number') return value.amount.value;
  return value.kind === 'words' ? [...value.words] : inWords(value);
}

function newestCounting(
  lab: string,
  compiled: CompiledFact,
  index: RecordIndex,
  variables: Readonly<Record<string, unknown>>,
): Observation[] {
  const counts = compiled.counts;
  const results = index.resultsOf(lab);
  return [...newestOf(counts === undefined ? results : results.filter((result) => counts(result, variables).length > 0))];
}

function candidatesOf(asking: Asking, variables: Readonly<Record<string, unknown>>): readonly Candidate[] {
  const { index, binding, args, compiled } = asking;
  const { record } = index;
  const plain = (resource: FhirResource): Candidate => ({ resource, identity: undefined, kind: '' });
  switch (compiled.fact.needs) {
    case 'patient':
      return record.patient === undefined ? [] : [plain(record.patient)];
    case 'order':
      return [{ ...binding.order, kind: '' }];
    case 'orders':
      return drafts(asking, false, '');
    case 'stops':
      return drafts(asking, true, '');
    case 'medications':
      return medications(asking);
    case 'problems':
      return [...new Set(problemNames(args, asking.vocabulary)?.flatMap((name) => index.problemsOf(name)) ?? record.problems)].map(plain);
    case 'results':
      return results(asking, variables).map(plain);
    case 'allergies':
      return record.allergies.map(plain);
  }
}

function drafts({ args, vocabulary, binding, index }: Asking, stops: boolean, kind: string): readonly Candidate[] {
  const wanted = drugNames(args, vocabulary);
  return index.record.drafts
    .filter((draft) => draft !== binding.order && draft.stop === stops)
    .filter((draft) => wanted === undefined || draft.identity.drugs.some((drug) => wanted.includes(drug)))
    .map((draft) => ({ resource: draft.resource, identity: draft.identity, kind }));
}

function medications(asking: Asking): readonly Candidate[] {
  const { args, vocabulary, index, compiled } = asking;
  const wanted = drugNames(args, vocabulary);
  const listed = wanted === undefined ? index.record.medications : wanted.flatMap((drug) => index.medicationsOf(drug));
  const entries = [...new Set(listed)].map(({ resource, identity }) => ({ resource, identity, kind: resource.resourceType as string }));
  return compiled.find.has('order') ? [...entries, ...drafts(asking, false, 'order')] : entries;
}

function results({ args, index, compiled }: Asking, variables: Readonly<Record<string, unknown>>): readonly Observation[] {
  const labs = Object.values(args).flatMap((value) => (value.kind === 'lab' ? [value.name] : []));
  return labs.flatMap((lab) =>
    compiled.fact.pick === 'newest' ? newestCounting(lab, compiled, index, variables) : index.resultsOf(lab),
  );
}

function drugNames(args: Arguments, vocabulary: Vocabulary): readonly string[] | undefined {
  const named = Object.values(args).find((value) => value.kind === 'drug');
  return named === undefined ? undefined : drugsNamed(named.name, vocabulary);
}

function problemNames(args: Arguments, vocabulary: Vocabulary): readonly string[] | undefined {
  const named = Object.values(args).find((value) => value.kind === 'problem');
  return named === undefined ? undefined : problemsNamed(named.name, vocabulary);
}

function witnessOf(candidate: Candidate, { compiled }: Asking, variables: Readonly<Record<string, unknown>>): Witness[] {
  const found = compiled.find.get(candidate.kind)?.(candidate.resource, variables) ?? [];
  if (found.length === 0) return [];
  const elements = found.filter((value) => value !== candidate.resource);
  return [{ resource: candidate.resource, identity: candidate.identity, elements }];
}

/** The order's own drugs count among the different drugs. */
function distinctEnough(witnesses: readonly Witness[], { compiled, args, binding, vocabulary }: Asking): boolean {
  const wanted = drugNames(args, vocabulary) ?? [];
  const drugs = [binding.order.identity, ...witnesses.map((witness) => witness.identity)].flatMap((identity) => identity?.drugs ?? []);
  const limit = args[compiled.fact.distinct ?? ''];
  const found = new Set(drugs.filter((drug) => wanted.includes(drug)));
  return limit?.kind === 'number' && found.size >= limit.amount.value;
}

/** What keeps a "no" from being certain: an element that cannot be judged, or a medication nobody can name. */
function doubtsOf(candidates: readonly Candidate[], asking: Asking, variables: Readonly<Record<string, unknown>>): readonly Missing[] {
  const { compiled, index } = asking;
  const { fact } = compiled;
  const why = 'is missing or does not settle it';
  const doubtful = candidates.some((candidate) => (compiled.unclear.get(candidate.kind)?.(candidate.resource, variables) ?? []).length > 0);
  const nobody = fact.needs === 'patient' && candidates.length === 0;
  const missing: Missing[] = doubtful || (nobody && !index.record.unread.has('Patient')) ? [{ what: fact.doubt ?? fact.name, why }] : [];
  if (fact.needs === 'medications') {
    const nameless = index.unresolved().filter(({ resource }) => (compiled.find.get(resource.resourceType)?.(resource, variables) ?? []).length > 0);
    if (nameless.length > 0) missing.push({ what: `${nameless.length} listed medication(s)`, why: 'could not be identified' });
  }
  return missing;
}

/** The fact's question with its arguments filled in. */
function sentenceOf(fact: Fact, args: Arguments): string {
  return fact.asks.replace(/\{(\w+)\}/g, (_, name: string) => args[name] === undefined ? name : inWords(args[name]));
}
