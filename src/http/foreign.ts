/**
 * What a web page of another site may have of a service that only this machine can call: cards, and nothing else. A browser
 * on this machine lets any page call, and takes any name for this machine that leads to it (DNS rebinding).
 */

import type { Request } from 'express';
import { isLoopbackName, parseBase } from '../addresses.js';
import type { HookRequest } from '../cdshooks/protocol.js';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { isRegistered } from '../record/fetch/base.js';

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

/** Registered by nobody (RFC 2606): the call is then answered like any that names a server that is not listed. */
const NOBODYS = 'https://of-this-machine.invalid';

/** @returns the call; without its FHIR server and token when that is one of this machine which nobody has listed */
export type ForPage = (
  call: HookRequest,
  request: Pick<Request, 'headers'>,
  requestId?: string,
) => HookRequest;

export function callsOfPages(
  { isLocal = false, sandboxFhirServers = [] }: Partial<Pick<Config, 'isLocal' | 'sandboxFhirServers'>>,
  log: Log,
): ForPage {
  const listed = sandboxFhirServers.flatMap((server) => parseBase(server) ?? []);
  return (call, request, requestId) => {
    if (!isLocal || call.fhirServer === undefined || !isForeign(request)) return call;
    const base = parseBase(call.fhirServer);
    if (base === undefined || !isOfHere(base.origin) || isRegistered(base, listed, false)) return call;
    log.warn({ requestId }, OF_ANOTHER_SITE);
    const { fhirAuthorization: _, ...rest } = call;
    return { ...rest, fhirServer: NOBODYS };
  };
}

const OF_ANOTHER_SITE =
  'a page of another site called: of the FHIR servers of this machine only those in SANDBOX_FHIR_SERVERS are asked for it';
