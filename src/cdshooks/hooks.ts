/** The hooks we serve, one row each: under which id and where the context keeps its orders. */

import type { HookName } from './protocol.js';

export interface HookRule {
  readonly hook: HookName;
  /** Its own id per hook: browser clients key services by id, two entries of one id overwrite each other. */
  readonly serviceId: string;
  /** Field of `context` that holds the draft orders; undefined for hooks that fire without any. */
  readonly ordersField: 'medications' | 'draftOrders' | undefined;
  /** Whether `context.selections` tells which drafts the call is about. */
  readonly hasSelections: boolean;
  /** When the hook fires; completes the title of the service. */
  readonly moment: string;
}

export const hookRules: readonly HookRule[] = [
  {
    hook: 'medication-prescribe',
    serviceId: 'rx-distinct-medication-prescribe',
    ordersField: 'medications',
    hasSelections: false,
    moment: 'while prescribing',
  },
  {
    hook: 'order-select',
    serviceId: 'rx-distinct-order-select',
    ordersField: 'draftOrders',
    hasSelections: true,
    moment: 'on selecting an order',
  },
  {
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    ordersField: 'draftOrders',
    hasSelections: false,
    moment: 'before signing',
  },
  {
    hook: 'medication-refill',
    serviceId: 'rx-distinct-medication-refill',
    ordersField: 'medications',
    hasSelections: false,
    moment: 'on a refill request',
  },
  {
    hook: 'encounter-discharge',
    serviceId: 'rx-distinct-encounter-discharge',
    ordersField: undefined,
    hasSelections: false,
    moment: 'at discharge',
  },
  {
    hook: 'patient-view',
    serviceId: 'rx-distinct-patient-view',
    ordersField: undefined,
    hasSelections: false,
    moment: 'on opening the chart',
  },
];
