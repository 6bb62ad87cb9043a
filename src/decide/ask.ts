/** Asks a fact of the record, once per call and argument, and answers in three values. */

import type { FhirResource } from 'fhir/r4.js';
import { asksInWords, fillName } from '../library/argument.js';
import type { FactCall } from '../library/card.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder } from '../record/record.js';
import { type Answer, type Missing, no, type Witness, yes } from './answer.js';
import type { Arguments, Asking, Binding } from './asking.js';
import { type Candidate, candidatesOf, drugNames } from './candidates.js';
import type { CompiledFact } from './compile-facts.js';
import type { RecordIndex } from './record-index.js';
import { unreadOf } from './unread.js';
import { type Variables, variablesOf } from './variables.js';

export type { Binding } from './asking.js';

/** The call being judged, as the functions of the table see it while a fact is asked. */
export interface Scene {
  readonly index: RecordIndex;
  readonly vocabulary: Vocabulary;
  readonly binding: Binding;
}

export interface Asker {
  ask(call: FactCall, binding: Binding): Answer;
  /** What a fact needs and did not get, whatever its answer. */
  missing(call: FactCall, binding: Binding): readonly Missing[];
  readonly index: RecordIndex;
  /** Facts evaluated and resources handed to them so far: the shape of the work, for tests. */
  readonly counts: { facts: number; resources: number };
}

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
  const asked = new Map<DraftOrder | undefined, Map<string, Answer>>();
  const counts = { facts: 0, resources: 0 };
  const ask = (call: FactCall, binding: Binding): Answer => {
    const compiled = facts.get(call.fact);
    if (compiled === undefined) throw new Error(`no fact is named "${call.fact}"`);
    const args = bound(call.args, binding);
    const about = sameForEveryOrder.has(compiled.fact.needs) ? undefined : binding.order;
    const answers = asked.get(about) ?? new Map<string, Answer>();
    asked.set(about, answers);
    const key = `${compiled.fact.name}|${JSON.stringify(args)}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    counts.facts += 1;
    enter({ index, vocabulary, binding });
    const answer = answerOf({ compiled, args, binding, index, vocabulary, onFault, counts });
    answers.set(key, answer);
    return answer;
  };
  const missing = (call: FactCall, binding: Binding): readonly Missing[] => {
    const fact = facts.get(call.fact)?.fact;
    return fact === undefined ? [] : unreadOf(fact, bound(call.args, binding), index.record);
  };
  return { ask, missing, index, counts };
}

/** Facts about the patient alone are the same for every order of the call. */
const sameForEveryOrder: ReadonlySet<string> = new Set([
  'patient',
  'problems',
  'results',
  'allergies',
  'stops',
]);

function bound(args: Arguments, binding: Binding): Arguments {
  const fill = (name: string): string => fillName(name, binding.this, binding.other);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      'name' in value ? { ...value, name: fill(value.name) } : value,
    ]),
  );
}

function answerOf(asking: Asking): Answer {
  const { fact } = asking.compiled;
  const missing: Missing[] = [...unreadOf(fact, asking.args, asking.index.record)];
  try {
    const variables = variablesOf(asking);
    const indexed = candidatesOf(asking, variables);
    asking.counts.resources += indexed.length;
    const { only } = asking.compiled;
    const candidates =
      only === undefined ? indexed : indexed.filter(({ resource }) => only(resource, variables).length > 0);
    const witnesses = candidates.flatMap((candidate) => witnessesOf(candidate, asking, variables));
    const enough = fact.distinct === undefined ? witnesses.length > 0 : distinctEnough(witnesses, asking);
    if (enough && !(fact.whole && missing.length > 0))
      return yes(fact.pick === 'newest' ? namedTogether(candidates) : witnesses);
    missing.push(...doubtsOf(candidates, asking, variables));
  } catch (error) {
    asking.onFault(fact.name, error);
    missing.push({ what: fact.doubt ?? asksInWords(fact.asks, asking.args), why: 'could not be evaluated' });
  }
  return missing.length > 0 ? { is: 'unknown', missing } : no;
}

/** The candidate with the elements found in it, and every other resource the fact led to as a witness of its own. */
function witnessesOf(candidate: Candidate, { compiled, index }: Asking, variables: Variables): Witness[] {
  const found = compiled.find.get(candidate.kind)?.(candidate.resource, variables) ?? [];
  if (found.length === 0) return [];
  const others = found.filter((value) => value !== candidate.resource);
  const resources = others.filter(isResource);
  const elements = others.filter((value) => !isResource(value));
  return [
    { resource: candidate.resource, identity: candidate.identity, elements },
    ...resources.map((resource) => ({ resource, identity: index.identityOf(resource), elements: [] })),
  ];
}

/** Results of the same moment are all named, the one that decided and those that contradict it. */
function namedTogether(candidates: readonly Candidate[]): readonly Witness[] {
  return candidates.map(({ resource, identity }) => ({ resource, identity, elements: [] }));
}

function isResource(value: unknown): value is FhirResource {
  return typeof value === 'object' && value !== null && 'resourceType' in value;
}

/** The order's own drugs count among the different drugs. */
function distinctEnough(
  witnesses: readonly Witness[],
  { compiled, args, binding, vocabulary }: Asking,
): boolean {
  const wanted = drugNames(args, vocabulary) ?? [];
  const drugs = [binding.order.identity, ...witnesses.map((witness) => witness.identity)].flatMap(
    (identity) => identity?.drugs ?? [],
  );
  const limit = args[compiled.fact.distinct ?? ''];
  const found = new Set(drugs.filter((drug) => wanted.includes(drug)));
  return limit?.kind === 'number' && found.size >= limit.amount.value;
}

/** What keeps a "no" from being certain: an element that cannot be judged, or a medication nobody can name. */
function doubtsOf(
  candidates: readonly Candidate[],
  asking: Asking,
  variables: Variables,
): readonly Missing[] {
  const { compiled, index } = asking;
  const { fact } = compiled;
  const why = 'is missing or does not settle it';
  const doubtful = candidates.some(
    (candidate) => (compiled.unclear.get(candidate.kind)?.(candidate.resource, variables) ?? []).length > 0,
  );
  const nobody = fact.needs === 'patient' && candidates.length === 0;
  const missing: Missing[] =
    doubtful || (nobody && !index.record.unread.has('Patient'))
      ? [{ what: fact.doubt ?? fact.name, why }]
      : [];
  if (fact.needs === 'medications') {
    const nameless = index
      .unresolved()
      .filter(
        ({ resource }) => (compiled.find.get(resource.resourceType)?.(resource, variables) ?? []).length > 0,
      );
    if (nameless.length > 0)
      missing.push({ what: `${nameless.length} listed medication(s)`, why: 'could not be identified' });
  }
  return missing;
}
