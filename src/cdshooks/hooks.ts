/** The hooks we serve, one row each: under which id, where the context keeps its orders, and what discovery says. */

import type { HookName } from './protocol.js';

export interface HookRule {
  readonly hook: HookName;
  /** Its own id per hook: browser clients key services by id, two entries of one id overwrite each other. */
  readonly serviceId: string;
  readonly hookVersion: string;
  /** Field of `context` that holds the draft orders. */
  readonly ordersField: 'medications' | 'draftOrders';
  /** Whether `context.selections` tells which drafts the call is about. */
  readonly hasSelections: boolean;
  readonly title: string;
  readonly description: string;
}

export const hookRules: readonly HookRule[] = [
  {
    hook: 'medication-prescribe',
    serviceId: 'rx-distinct-medication-prescribe',
    hookVersion: '1.0',
    ordersField: 'medications',
    hasSelections: false,
    title: 'Baclofen is not cyclobenzaprine: while prescribing',
    description:
      'Warns while a medication is prescribed when baclofen and cyclobenzaprine are treated as interchangeable, or when either does not fit the patient.',
  },
  {
    hook: 'order-select',
    serviceId: 'rx-distinct-order-select',
    hookVersion: '1.0',
    ordersField: 'draftOrders',
    hasSelections: true,
    title: 'Baclofen is not cyclobenzaprine: on selecting an order',
    description:
      'Warns about the selected orders when baclofen and cyclobenzaprine are treated as interchangeable, or when either does not fit the patient. Other drafts are read as context.',
  },
  {
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    hookVersion: '1.0',
    ordersField: 'draftOrders',
    hasSelections: false,
    title: 'Baclofen is not cyclobenzaprine: before signing',
    description:
      'Warns before orders are signed when baclofen and cyclobenzaprine are treated as interchangeable, or when either does not fit the patient.',
  },
];
