/** Which FHIR servers may be asked at all, and which addresses belong to one: compared by origin and whole path segments. */

import { isLoopbackName, isMisreadable, mayBeAsked, parseBase, type ServerBase } from '../../addresses.js';

/**
 * @param listed the bases the operator has listed
 * @param isLocal only this machine can call the service: its own servers then need not be listed
 */
export function isRegistered(base: ServerBase, listed: readonly ServerBase[], isLocal: boolean): boolean {
  if (isLocal && isLoopbackName(new URL(base.origin).hostname)) return true;
  return (
    mayBeAsked(base) && listed.some((one) => one.origin === base.origin && isPathBelow(base.path, one.path))
  );
}

/** Whether it is exactly one of the bases that a registered client may name: not above one, not below one. */
export function isOneOf(base: ServerBase, servers: readonly string[]): boolean {
  return servers.some((server) => {
    const one = parseBase(server);
    return one?.origin === base.origin && one.path === base.path;
  });
}

/**
 * @param written relative or absolute address, as a server or a client wrote it
 * @returns the address when it is the base itself or below it
 */
export function belowBase(written: string, base: ServerBase): URL | undefined {
  const root = `${base.origin}${base.path}/`;
  if (isMisreadable(written.split('?')[0] ?? '') || !URL.canParse(written, root)) return undefined;
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
