/** Asks a fact of the record, once per call and argument, and answers in three values. */

import { asksInWords } from '../library/argument.js';
import type { FactCall } from '../library/card.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder } from '../record/record.js';
import { type Answer, type Missing, no, type Witness, yes } from './answer.js';
import type { Asking, Binding, Candidate, Look, Looks, Variables } from './asking.js';
import { drugNames } from './candidates.js';
import { type Deadline, isOver, notInTime } from './deadline.js';
import { emptyLooks, look, namelessIn } from './look.js';
import type { Prepare } from './prepare.js';
import type { RecordIndex } from './record-index.js';
import { unreadOf } from './unread.js';
import { variablesOf } from './variables.js';

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

/** What asking takes, and is the same for every call. */
export interface Asked {
  readonly prepare: Prepare;
  readonly vocabulary: Vocabulary;
  /** Told the scene before each fact, so that the function table knows what it speaks of. */
  readonly enter: (scene: Scene) => void;
  /** Told of an expression that threw: the fact is then unknown, the call goes on. */
  readonly onFault: (fact: string, error: unknown) => void;
}

export function createAsker(asked: Asked, index: RecordIndex, deadline?: Deadline): Asker {
  const { prepare, vocabulary, enter, onFault } = asked;
  const answersTo = new Map<DraftOrder | undefined, Map<string, Answer>>();
  const shared = new Map<string, Looks>();
  const counts = { facts: 0, resources: 0 };
  const ask = (call: FactCall, binding: Binding): Answer => {
    const { compiled, args, key, isOfAnyOrder } = prepare(call, binding);
    const about = isOfAnyOrder ? undefined : binding.order;
    const answers = answersTo.get(about) ?? new Map<string, Answer>();
    answersTo.set(about, answers);
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (isOver(deadline, counts.resources)) return notInTime;
    counts.facts += 1;
    enter({ index, vocabulary, binding });
    const looks = (compiled.isOfOneOrder ? undefined : shared.get(key)) ?? emptyLooks();
    if (!compiled.isOfOneOrder) shared.set(key, looks);
    let variables: Variables | undefined;
    const asking: Asking = {
      compiled,
      args,
      binding,
      index,
      vocabulary,
      onFault,
      counts,
      looks,
      variables: () => (variables ??= variablesOf(asking)),
    };
    const answer = answerOf(asking);
    answers.set(key, answer);
    return answer;
  };
  const missing = (call: FactCall, binding: Binding): readonly Missing[] => {
    const { compiled, args } = prepare(call, binding);
    return unreadOf(compiled.fact, args, index.record);
  };
  return { ask, missing, index, counts };
}

function answerOf(asking: Asking): Answer {
  const { fact } = asking.compiled;
  const missing: Missing[] = [...unreadOf(fact, asking.args, asking.index.record)];
  try {
    const found = look(asking);
    const { witnesses } = found;
    const enough = fact.distinct === undefined ? witnesses.length > 0 : distinctEnough(witnesses, asking);
    if (enough && !(fact.whole && missing.length > 0))
      return yes(fact.pick === 'newest' ? namedTogether(found.candidates) : witnesses);
    missing.push(...doubtsOf(found, asking));
  } catch (error) {
    asking.onFault(fact.name, error);
    missing.push({ what: fact.doubt ?? asksInWords(fact.asks, asking.args), why: 'could not be evaluated' });
  }
  return missing.length > 0 ? { is: 'unknown', missing } : no;
}

/** Results of the same moment are all named, the one that decided and those that contradict it. */
function namedTogether(candidates: readonly Candidate[]): readonly Witness[] {
  return candidates.map(({ resource, identity }) => ({ resource, identity, elements: [] }));
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
function doubtsOf(found: Look, asking: Asking): readonly Missing[] {
  const { compiled, index } = asking;
  const { fact } = compiled;
  const why = 'is missing or does not settle it';
  const nobody = fact.needs === 'patient' && found.candidates.length === 0;
  const missing: Missing[] =
    found.isDoubtful() || (nobody && !index.record.unread.has('Patient'))
      ? [{ what: fact.doubt ?? fact.name, why }]
      : [];
  const nameless = fact.needs === 'medications' ? namelessIn(asking) : 0;
  if (nameless > 0)
    missing.push({ what: `${nameless} listed medication(s)`, why: 'could not be identified' });
  return missing;
}
