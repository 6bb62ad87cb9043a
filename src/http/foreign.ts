/**
 * Who calls a service that only this machine can call: a browser on it lets any page call, and takes any name for the machine
 * that leads to it (DNS rebinding). Such callers get cards, and nothing else.
 */

import type { Request } from 'express';
import { isLoopbackName } from '../addresses.js';

/** Whether a page of another site calls, or somebody calls by a name that is not of this machine. */
export function isForeign({ headers }: Pick<Request, 'headers'>): boolean {
  const { origin, host } = headers;
  // Programs send no Origin, and callers of HTTP/1.0 no Host.
  return !(isOfHere(origin) && isOfHere(host === undefined ? undefined : `http://${host}`));
}

function isOfHere(address: string | undefined): boolean {
  if (address === undefined) return true;
  return URL.canParse(address) && isLoopbackName(new URL(address).hostname);
}
