/** One registered client: who it is, which keys speak for it, and what its calls may reach. */

import type { Caller } from '../cdshooks/protocol.js';
import type { Algorithm, KeySet } from './key-set.js';

export type KeyPlace =
  | { readonly is: 'at'; readonly url: string }
  | { readonly is: 'inline'; readonly keys: KeySet };

export interface Client extends Pick<Caller, 'fhirServers' | 'selectionBehavior'> {
  readonly name: string;
  readonly iss: string;
  readonly keys: KeyPlace;
  /** Audiences taken beside the address of the endpoint, for clients that cannot send that one. */
  readonly aud: readonly string[];
  /** Undefined: the claim is not looked at. */
  readonly tenants: readonly string[] | undefined;
  readonly algorithms: readonly Algorithm[];
  /** Web pages that may call for it. */
  readonly origins: readonly string[];
  /** Calls a minute; undefined: as many as there is room for. */
  readonly rate: number | undefined;
  /** So many days a card that was overridden is only named; undefined: always shown. */
  readonly repeatDays?: number | undefined;
}
