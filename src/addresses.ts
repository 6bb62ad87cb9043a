/** Addresses that the operator, a client or a call may name: of the service itself, of FHIR servers and of key sets. */

import { BlockList, isIP, isIPv6 } from 'node:net';

/** Base address of a server. */
export interface ServerBase {
  readonly origin: string;
  /** Without a slash at its end; empty for the root. */
  readonly path: string;
}

/** Characters that URL parsers drop, or turn into others, so that what is compared is not what was written. */
const MISREADABLE = /[^\u0021-\u007e]|\\/;
/** Steps that some servers take for others: decoded once or twice, or without what stands behind a semicolon. */
const AMBIGUOUS_STEP = /%2e|%2f|%5c|%25|;/i;

/** Whether parsers could differ in what a path leads to. */
export function isMisreadable(path: string): boolean {
  return MISREADABLE.test(path) || AMBIGUOUS_STEP.test(path);
}

/** An absolute http or https URL without user, query or fragment. */
export function isBaseUrl(text: string): boolean {
  if (MISREADABLE.test(text) || /[?#]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** Undefined for everything that is not the plain base address of a server. */
export function parseBase(text: string): ServerBase | undefined {
  if (!isBaseUrl(text) || isMisreadable(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return { origin, path: pathname.replace(/\/+$/, '') };
}

/** Whether the service may ever connect to it: https, or http on this machine; no address that is nobody's server. */
export function mayBeAsked({ origin }: ServerBase): boolean {
  const { protocol, hostname } = new URL(origin);
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !mayConnect(hostname, address)) return false;
  return protocol === 'https:' || isLoopbackName(hostname);
}

/** Whether a text is the address of a server that may be asked, without user, query or fragment. */
export function isServerAddress(text: string): boolean {
  const base = parseBase(text);
  return base !== undefined && mayBeAsked(base);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** No FHIR server of anybody: unspecified, link-local and cloud metadata, multicast. */
const never4 = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  never4.addSubnet(net, prefix, 'ipv4');
}

/** The same, and IPv4 in the disguise of IPv6: a list of its own, since `BlockList` takes one for the other. */
const never6 = new BlockList();
for (const [net, prefix] of [
  ['::', 128],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fd00:ec2::254', 128],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  never6.addSubnet(net, prefix, 'ipv6');
}

/** Names and addresses of this machine, as a URL writes them. */
export function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A name of this machine leads to this machine only, any other name never to it. */
export function mayConnect(hostname: string, address: string): boolean {
  const isV6 = isIPv6(address);
  const isBarred = isV6 ? never6.check(address, 'ipv6') : never4.check(address, 'ipv4');
  const isHere = loopback.check(address, isV6 ? 'ipv6' : 'ipv4');
  return !isBarred && isHere === isLoopbackName(hostname);
}
