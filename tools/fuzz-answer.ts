/** What every answer to a hook call must be, whatever was sent: cards as CDS Hooks 2.0 has them, or an OperationOutcome. */

import { z } from 'zod';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

const text = z.string().min(1);
const coding = z.object({ system: text, code: text, display: text });
/** Ids of drafts as clients are seen to write them, and nothing that could be more than an id. */
const action = z
  .object({
    type: z.enum(['create', 'update', 'delete']),
    description: text,
    resource: z.looseObject({ resourceType: text }).optional(),
    resourceId: z
      .string()
      .regex(/^[A-Za-z]+\/[\w.:-]{1,194}$/)
      .optional(),
  })
  .refine((it) => (it.type === 'delete' ? it.resourceId !== undefined : it.resource !== undefined));

const card = z.object({
  uuid: z.uuid(),
  summary: text.max(139),
  detail: text,
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.object({ label: text, url: z.url(), topic: coding }),
  suggestions: z
    .array(z.object({ label: text, uuid: z.uuid(), actions: z.array(action).min(1) }))
    .min(1)
    .optional(),
  selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
  overrideReasons: z.array(coding).min(1).optional(),
});
const cards = z.strictObject({ cards: z.array(card) });

const outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.object({ severity: z.literal('error'), code: text, diagnostics: text })).min(1),
});

/** @returns undefined when the answer is right */
export function answerFault({ status, text: body }: Answer): string | undefined {
  if (status >= 500) return 'the service failed';
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'the answer is no JSON';
  }
  const checked = (status === 200 ? cards : outcome).safeParse(value);
  if (!checked.success) return `the answer is not valid (${checked.error.issues[0]?.path.join('.') ?? ''})`;
  if (value !== null && status === 200) {
    const dangling = (value as z.infer<typeof cards>).cards.some(
      (one) => one.suggestions && !one.selectionBehavior,
    );
    if (dangling) return 'suggestions without selectionBehavior';
  }
  return undefined;
}
