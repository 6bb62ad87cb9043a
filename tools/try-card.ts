/** `card try`: one hook call judged by one card, condition by condition, with the parts of the record that decided. */

import { parseArgs } from 'node:util';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import type { Answer } from '../src/decide/answer.js';
import type { TracedCondition, TracedWay } from '../src/decide/trace.js';
import { inWords } from '../src/library/argument.js';
import type { Card } from '../src/library/card.js';
import { createPipeline, type Pipeline } from '../src/pipeline.js';
import { inTheCall } from '../src/decide/stops.js';
import { medicationName, type WitnessContext, witnessInWords } from '../src/render/witness.js';
import { asActive } from './as-active.js';
import type { Terminal } from './check-cards.js';
import type { Folders } from './folders.js';
import { findCard } from './find-card.js';
import { readRequest } from './read-request.js';

/** Judges as of now: what a call sent at this moment would bring. */
export function tryCard({ cardsDir }: Folders, terminal: Terminal, args: readonly string[]): number {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { request: { type: 'string' } },
  });
  const pipeline = pipelineOfNow(cardsDir);
  const card = findCard(pipeline.library, positionals[0], terminal);
  if (card === undefined) return 2;
  const request = readRequest(values.request, terminal);
  if (request === undefined) return 2;
  const record = pipeline.complete(request);
  const context = { codes: pipeline.codes, today: record.today, ...inTheCall(record) };
  const ways = pipeline.trace(card, record, request.hook);
  if (ways.length === 0)
    terminal.log('No way of the card is bound: no judged order or stop in the call is for its drugs.');
  for (const way of ways) terminal.log(wayInWords(way, context));
  terminal.log(outcome(card, pipeline, request));
  return 0;
}

function pipelineOfNow(cardsDir: string): Pipeline {
  const silent = (): void => undefined;
  return createPipeline({
    config: { cardsDir, publicUrl: 'http://127.0.0.1:3000', canonicalUrl: 'http://127.0.0.1:3000' },
    log: { info: silent, warn: silent, error: silent },
    clock: () => new Date(),
    uuid: () => crypto.randomUUID(),
  });
}

/** What a key asks itself. */
const asked: Readonly<Record<TracedWay['key'], string>> = {
  ordering: '',
  pair: '',
  taking: 'it is taken',
  together: 'the partner is taken',
  stopping: 'nothing of it goes on after discharge',
};

function wayInWords(
  { way, key, order, this: first, other, conditions }: TracedWay,
  context: WitnessContext,
): string {
  const bound = other === '' ? first : `${first} and ${other}`;
  const what = order.listed === true ? 'entry' : order.stop ? 'stop' : 'order';
  const head = `Way ${way}, about the ${what} of ${medicationName(order.identity)} (${bound}):`;
  return [head, ...conditions.map((condition) => conditionInWords(condition, asked[key], context))].join(
    '\n',
  );
}

const marks: Readonly<Record<Answer['is'], string>> = {
  true: 'yes    ',
  false: 'no     ',
  unknown: 'unknown',
};

function conditionInWords(
  { part, call, answer }: TracedCondition,
  askedByKey: string,
  context: WitnessContext,
): string {
  const args =
    call === undefined
      ? ''
      : Object.entries(call.args)
          .map(([name, value]) => `${name} ${inWords(value)}`)
          .join(', ');
  const question = call === undefined ? askedByKey : `${call.fact}${args === '' ? '' : ` (${args})`}`;
  return `  ${marks[answer.is]} ${part.padEnd(6)} ${question}${because(answer, context)}`;
}

function because(answer: Answer, context: WitnessContext): string {
  if (answer.is === 'unknown')
    return `: ${answer.missing.map(({ what, why }) => `${what} ${why}`).join('; ')}`;
  const witnesses =
    answer.is === 'true' ? answer.witnesses.flatMap((witness) => witnessInWords(witness, context)) : [];
  return witnesses.length === 0 ? '' : `: ${witnesses.join('; ')}`;
}

function outcome(card: Card, pipeline: Pipeline, request: HookRequest): string {
  if (card.status !== 'active') {
    const active = asActive(pipeline, card.path);
    const twin = active.library.cards.find(({ path }) => path === card.path);
    const outcomeOfTwin = twin === undefined ? '' : outcome(twin, active, request);
    return `\nNot shown: its status is ${card.status}. Were it active:${outcomeOfTwin}`;
  }
  const { cards, decision } = pipeline.judge(pipeline.complete(request), request.hook);
  const shown = cards.find(({ source }) => source.topic.code === card.topic);
  if (shown !== undefined) return `\nShown, ${shown.indicator}: ${shown.summary}\n\n${shown.detail}`;
  const open = decision.undecided.some((one) => one.card === card);
  return open ? '\nNot decided: the not-checked card names it.' : '\nNot shown.';
}
