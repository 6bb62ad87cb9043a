/** Turns the body of a feedback call into its items, in the dialects that clients send; names the field of every fault. */

import { z } from 'zod';
import type { FeedbackItem } from '../journal/feedback.js';
import { formFaults, listAtMost } from './field-faults.js';

const MOST_REASONS = 8;
/** A card offers a handful. */
const MOST_SUGGESTIONS = 64;
const MOST_ITEMS = 1_000;
const MOST_CHARACTERS = 4_000;
const DAY_MS = 86_400_000;
/** Clocks differ, and clients keep feedback for a while; a time out of this is none. */
const FUTURE_MS = DAY_MS;
const PAST_MS = 400 * DAY_MS;

const id = z
  .string({ error: 'expected an id' })
  .min(1, 'expected an id')
  .max(256, 'expected an id of at most 256 characters');

const reason = z.looseObject(
  { code: id, system: z.string({ error: 'expected the address of a code system' }).nullish() },
  { error: 'expected a Coding' },
);

const override = z.looseObject(
  {
    reason: reason.nullish(),
    userComment: z
      .string({ error: 'expected text' })
      .max(MOST_CHARACTERS, `expected at most ${MOST_CHARACTERS} characters`)
      .nullish(),
  },
  { error: 'expected an object with reason or userComment' },
);

const item = z
  .looseObject(
    {
      card: id,
      outcome: z.enum(['accepted', 'overridden'], { error: 'expected accepted or overridden' }),
      acceptedSuggestions: listAtMost(
        MOST_SUGGESTIONS,
        z.looseObject({ id }, { error: 'expected an object with the id of the suggestion' }),
        'expected a list of suggestions',
      ).nullish(),
      overrideReason: override.nullish(),
      /** Epic's name for it; an object, or a list of few. */
      overrideReasons: z.preprocess(
        listed,
        listAtMost(MOST_REASONS, override, 'expected a list of reasons').nullish(),
      ),
      outcomeTimestamp: z.iso.datetime({
        offset: true,
        error: 'expected a time with its zone, such as 2026-11-22T10:30:00Z',
      }),
    },
    { error: 'expected an object, the feedback to one card' },
  )
  .refine(
    ({ outcome, acceptedSuggestions }) => outcome !== 'accepted' || (acceptedSuggestions ?? []).length > 0,
    {
      path: ['acceptedSuggestions'],
      error: 'expected the suggestions that were accepted',
    },
  );

const form = z.looseObject(
  {
    feedback: listAtMost(MOST_ITEMS, item, 'expected a list').refine(
      (items) => items.length > 0,
      'expected at least one item',
    ),
  },
  { error: 'the body: expected a JSON object with feedback' },
);

/**
 * @param body parsed JSON of the call
 * @throws ServiceError `invalid-request` naming every faulty field
 */
export function readFeedback(body: unknown, now: Date): readonly FeedbackItem[] {
  const parsed = form.safeParse(body);
  if (!parsed.success) throw formFaults(parsed.error.issues);
  const issues = parsed.data.feedback.flatMap(({ outcomeTimestamp }, position) =>
    isNear(Date.parse(outcomeTimestamp), now.getTime())
      ? []
      : [timeIssue(['feedback', position, 'outcomeTimestamp'])],
  );
  if (issues.length > 0) throw formFaults(issues);
  return parsed.data.feedback.map(itemOf);
}

function isNear(time: number, now: number): boolean {
  return time < now + FUTURE_MS && time > now - PAST_MS;
}

function timeIssue(path: PropertyKey[]): z.core.$ZodIssue {
  const message = 'expected a time of the last 400 days, and none in the future';
  return { code: 'custom', path, message, input: undefined };
}

function itemOf(sent: z.infer<typeof item>): FeedbackItem {
  const { card, outcome, outcomeTimestamp } = sent;
  const given = [sent.overrideReason, ...(sent.overrideReasons ?? [])];
  const reason = given.find((one) => one?.reason)?.reason;
  // Half a surrogate pair, as of an emoji cut in two, is stored as another character than was written.
  const comments = given.map((one) => one?.userComment?.trim().toWellFormed() ?? '');
  const comment = [...new Set(comments)].filter((one) => one !== '').join('\n');
  return {
    card: bareUuid(card),
    outcome,
    outcomeAt: new Date(outcomeTimestamp).toISOString(),
    acceptedSuggestions: [...new Set((sent.acceptedSuggestions ?? []).map(({ id: uuid }) => bareUuid(uuid)))],
    ...(reason && { reason: { code: reason.code, ...(reason.system && { system: reason.system }) } }),
    ...(comment && { comment }),
  };
}

/** RFC 9562 4: read without regard to case; a client may write it as a URN. */
function bareUuid(written: string): string {
  return written.toLowerCase().replace(/^urn:uuid:/, '');
}

function listed(value: unknown): unknown {
  return Array.isArray(value) || value === null || value === undefined ? value : [value];
}
