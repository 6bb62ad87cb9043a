/** The variables an expression of a fact sees: the day, the order, its arguments and the sums made for it. */

import type { Observation } from 'fhir/r4.js';
import { type ArgumentValue, type Duration, inWords, parseDuration } from '../library/argument.js';
import type { Arguments, Asking, Variables } from './asking.js';
import { dateMinus, inDays } from './calendar.js';
import type { CompiledFact } from './compile-facts.js';
import { newestOf } from './newest.js';
import type { RecordIndex } from './record-index.js';

/** What hangs on the day alone, for the arguments of a fact. */
interface OfTheDay {
  readonly today: string;
  readonly variables: Variables;
  /** Its sums that hang on the call as well, by name. */
  readonly sums: readonly (readonly [string, Sum])[];
}

/** @param variables those that are known when a result is looked at */
type Sum = (index: RecordIndex, variables: Variables) => unknown;

/** The arguments of the library are the same objects in every call. */
const ofTheDay = new WeakMap<Arguments, OfTheDay>();

export function variablesOf({ prepared, binding, index }: Asking): Variables {
  const { compiled, args } = prepared;
  const { today, now } = index.record;
  let known = ofTheDay.get(args);
  if (known?.today !== today) {
    known = variablesOfTheDay(compiled, args, today);
    ofTheDay.set(args, known);
  }
  const { sums } = known;
  // Most facts name nothing that differs from call to call.
  if (sums.length === 0 && !compiled.namesTheCall) return known.variables;
  // All names are there already: what is added to a copy would give each its own hidden class.
  const variables: Record<string, unknown> = { ...known.variables };
  variables['now'] = now;
  variables['order'] = binding.order.resource;
  for (const [name, sum] of sums) variables[name] = sum(index, variables);
  return variables;
}

function variablesOfTheDay(compiled: CompiledFact, args: Arguments, today: string): OfTheDay {
  const variables: Record<string, unknown> = { today, now: undefined, order: undefined };
  const sums: (readonly [string, Sum])[] = [];
  for (const [name, value] of Object.entries(args)) Object.assign(variables, scalarsOf(name, value));
  for (const [name, { of, sum }] of Object.entries(compiled.fact.let)) {
    const value = args[of];
    const duration = durationOf(value, of);
    if (value?.kind === 'lab') sums.push([name, newestAs(value.name, compiled)]);
    else if (duration !== undefined && sum === 'now minus')
      sums.push([name, (index) => index.instantMinus(duration)]);
    else if (duration !== undefined) variables[name] = dateMinus(today, duration);
  }
  for (const [name] of sums) variables[name] = undefined;
  return { today, variables, sums };
}

function newestAs(lab: string, compiled: CompiledFact): Sum {
  return (index, variables) => newestCounting(lab, compiled, index, () => variables);
}

/** Of an argument, or written in the fact itself. */
function durationOf(value: ArgumentValue | undefined, written: string): Duration | undefined {
  return value?.kind === 'duration' ? value.duration : parseDuration(written);
}

/** What FHIRPath sees of one argument: its value, one less than a number and its unit in lower case, a duration in days. */
function scalarsOf(name: string, value: ArgumentValue): Readonly<Record<string, unknown>> {
  if (value.kind === 'number')
    return {
      [name]: value.amount.value,
      [`${name}LessOne`]: value.amount.value - 1,
      [`${name}Unit`]: value.amount.unit?.toLowerCase() ?? '',
    };
  if (value.kind === 'duration') return { [name]: scalarOf(value), [`${name}Days`]: inDays(value.duration) };
  return { [name]: scalarOf(value) };
}

function scalarOf(value: ArgumentValue): unknown {
  return value.kind === 'words' ? [...value.words] : inWords(value);
}

/** The newest results of a group that count (final ones, for example). */
export function newestCounting(
  lab: string,
  compiled: CompiledFact,
  index: RecordIndex,
  variables: () => Variables,
): Observation[] {
  const counts = compiled.counts;
  const results = index.resultsOf(lab);
  return [
    ...newestOf(
      counts === undefined ? results : results.filter((result) => counts(result, variables()).length > 0),
      index.record.today,
    ),
  ];
}
