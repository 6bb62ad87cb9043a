/** Asks a fact of the record, once per call and argument, and answers in three values. */

import { flatMap } from '../flat-map.js';
import type { FactCall } from '../library/card.js';
import type { Source } from '../library/fact.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder } from '../record/record.js';
import { type Answer, type Missing, no, type Witness, yes } from './answer.js';
import type { Asking, Binding, Candidate, Look, Looks, Nameless, Prepared, Variables } from './asking.js';
import { type Deadline, isOver, notInTime } from './deadline.js';
import { emptyLooks, look, namelessIn } from './look.js';
import type { Prepare } from './prepare.js';
import type { RecordIndex } from './record-index.js';
import { unreadOf, unreadReference } from './unread.js';
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
  const answersAbout = createAnswers();
  const looksOf = createLooks();
  const counts = { facts: 0, resources: 0 };
  const ask = (call: FactCall, binding: Binding): Answer => {
    const prepared = prepare(call, binding);
    const answers = answersAbout(prepared, binding);
    const known = answers.get(prepared);
    if (known !== undefined) return known;
    if (isOver(deadline, counts.resources)) return notInTime;
    counts.facts += 1;
    const answer = hasNothingToLookAt(prepared, index)
      ? withoutLook(unreadOf(prepared.compiled.fact, prepared.args, index.record))
      : answerOf(askingOf(prepared, binding));
    answers.set(prepared, answer);
    return answer;
  };
  const askingOf = (prepared: Prepared, binding: Binding): Asking => {
    enter({ index, vocabulary, binding });
    let variables: Variables | undefined;
    const asking: Asking = {
      prepared,
      binding,
      index,
      onFault,
      counts,
      looks: looksOf(prepared),
      variables: () => (variables ??= variablesOf(asking)),
    };
    return asking;
  };
  const missing = (call: FactCall, binding: Binding): readonly Missing[] => {
    const { compiled, args } = prepare(call, binding);
    return unreadOf(compiled.fact, args, index.record);
  };
  return { ask, missing, index, counts };
}

/** What has been answered in this call, apart for each order that an answer hangs on. */
function createAnswers(): (prepared: Prepared, binding: Binding) => Map<Prepared, Answer> {
  const ofAnyOrder = new Map<Prepared, Answer>();
  const ofOrders = new Map<DraftOrder, Map<Prepared, Answer>>();
  return ({ isOfAnyOrder }, { order }) => {
    if (isOfAnyOrder) return ofAnyOrder;
    const answers = ofOrders.get(order) ?? new Map<Prepared, Answer>();
    ofOrders.set(order, answers);
    return answers;
  };
}

/** What a fact has found: shared by all orders, unless it speaks of the one in focus. */
function createLooks(): (prepared: Prepared) => Looks {
  const shared = new Map<Prepared, Looks>();
  return (prepared) => {
    if (prepared.compiled.isOfOneOrder) return emptyLooks();
    const looks = shared.get(prepared) ?? emptyLooks();
    shared.set(prepared, looks);
    return looks;
  };
}

/** Most questions are about drugs and problems that the record does not name at all. */
function hasNothingToLookAt({ compiled, drugs, problems }: Prepared, index: RecordIndex): boolean {
  if (compiled.fact.distinct !== undefined) return false;
  switch (compiled.fact.needs) {
    case 'medications':
      return drugs !== undefined && isAllNamed(index) && !index.names(drugs);
    case 'problems':
      return problems !== undefined && index.problemsOf(problems).length === 0;
    case 'allergies':
      return index.record.allergies.length === 0;
    default:
      return false;
  }
}

function isAllNamed(index: RecordIndex): boolean {
  return index.nameless().length === 0 && index.namelessOrders().length === 0;
}

function withoutLook(unread: readonly Missing[]): Answer {
  return unread.length > 0 ? { is: 'unknown', missing: unread } : no;
}

/** What could not be read when its expression fails: the question itself would stand there like a statement. */
const lookedAt: Readonly<Record<Source, string>> = {
  patient: 'the patient',
  order: 'the order',
  orders: 'another order of the call',
  stops: 'a stop of the call',
  medications: 'the medication list',
  problems: 'the problem list',
  results: 'the results',
  allergies: 'the allergies',
};

function answerOf(asking: Asking): Answer {
  const { compiled, args } = asking.prepared;
  const { fact } = compiled;
  const unread = unreadOf(fact, args, asking.index.record);
  const doubts: Missing[] = [];
  try {
    const found = look(asking);
    const { witnesses } = found;
    const enough = fact.distinct === undefined ? witnesses.length > 0 : distinctEnough(witnesses, asking);
    if (enough && !(fact.whole && unread.length > 0))
      return yes(fact.pick === 'newest' ? namedTogether(found.candidates) : witnesses);
    doubts.push(...doubtsOf(found, asking));
  } catch (error) {
    asking.onFault(fact.name, error);
    doubts.push({ what: asking.prepared.doubt ?? lookedAt[fact.needs], why: 'could not be evaluated' });
  }
  return unread.length + doubts.length > 0 ? { is: 'unknown', missing: [...unread, ...doubts] } : no;
}

/** Results of the same moment are all named, the one that decided and those that contradict it. */
function namedTogether(candidates: readonly Candidate[]): readonly Witness[] {
  return candidates.map(({ resource, identity }) => ({ resource, identity, elements: [] }));
}

/** The order's own drugs count among the different drugs. */
function distinctEnough(witnesses: readonly Witness[], { prepared, binding }: Asking): boolean {
  const { compiled, args } = prepared;
  const wanted = prepared.drugs ?? [];
  const drugs = flatMap(
    [binding.order.identity, ...witnesses.map((witness) => witness.identity)],
    (identity) => identity?.drugs ?? [],
  );
  const limit = args[compiled.fact.distinct ?? ''];
  const found = new Set(drugs.filter((drug) => wanted.includes(drug)));
  return limit?.kind === 'number' && found.size >= limit.amount.value;
}

/** What keeps a "no" from being certain: an element that cannot be judged, or a medication nobody can name. */
function doubtsOf(found: Look, asking: Asking): readonly Missing[] {
  const { prepared, index, binding } = asking;
  const { fact } = prepared.compiled;
  const why = unreadReference(fact, binding.order, index.record) ?? 'is missing or does not settle it';
  const nobody = fact.needs === 'patient' && found.candidates.length === 0;
  const missing: Missing[] =
    found.isDoubtful() || (nobody && !index.record.unread.has('Patient'))
      ? [{ what: prepared.doubt ?? fact.name, why }]
      : [];
  return fact.needs === 'medications' ? [...missing, ...unnamed(namelessIn(asking))] : missing;
}

function unnamed({ listed, ordered }: Nameless): readonly Missing[] {
  const why = 'could not be identified';
  return [
    ...(listed > 0 ? [{ what: `${listed} listed medication(s)`, why }] : []),
    ...(ordered > 0 ? [{ what: `${ordered} other order(s) of the call`, why }] : []),
  ];
}
