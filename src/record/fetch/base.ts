/** Which FHIR servers may be asked at all, and which addresses belong to one: compared by origin and whole path segments. */

import { isIP } from 'node:net';
import { isLoopbackName, mayConnect } from './addresses.js';

export interface FhirBase {
  readonly origin: string;
  /** Without a slash at its end; empty for the root. */
  readonly path: string;
}

/** Characters that URL parsers drop, or turn into others, so that what is compared is not what was written. */
const MISREADABLE = /[^\u0021-\u007e]|[\\]|%2e|%2f|%5c/i;

/** Undefined for everything that is not the plain base address of a FHIR server. */
export function parseBase(text: string): FhirBase | undefined {
  if (MISREADABLE.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.username === '' && url.password === '' && !/[?#]/.test(text);
  if (!plain || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, '') };
}

/** @param listed the bases the operator has listed; without a list of clients, servers of this machine need none */
export function isRegistered(base: FhirBase, listed: readonly FhirBase[]): boolean {
  const { hostname, protocol } = new URL(base.origin);
  if (isLoopbackName(hostname)) return true;
  const address = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' || (isIP(address) !== 0 && !mayConnect(hostname, address))) return false;
  return listed.some((one) => one.origin === base.origin && isPathBelow(base.path, one.path));
}

/** Whether it is exactly one of the bases that a registered client may name: not above one, not below one. */
export function isOneOf(base: FhirBase, servers: readonly string[]): boolean {
  return servers.some((server) => {
    const one = parseBase(server);
    return one?.origin === base.origin && one.path === base.path;
  });
}

/**
 * @param written relative or absolute address, as a server or a client wrote it
 * @returns the address when it is the base itself or below it
 */
export function belowBase(written: string, base: FhirBase): URL | undefined {
  const root = `${base.origin}${base.path}/`;
  if (MISREADABLE.test(written.split('?')[0] ?? '') || !URL.canParse(written, root)) return undefined;
  const url = new URL(written, root);
  const plain = url.username === '' && url.password === '' && url.hash === '';
  return plain && url.origin === base.origin && isPathBelow(url.pathname, base.path) ? url : undefined;
}

function isPathBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

const FHIR_ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Whether an id may stand in an address; one of dots alone would climb out of the base. */
export function isFhirId(id: string): boolean {
  return FHIR_ID.test(id) && !/^\.+$/.test(id);
}
