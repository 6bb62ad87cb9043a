/** Which network addresses a FHIR server's name may lead to: checked at the moment of connecting, so that no later answer of the name server counts. */

import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

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

/** In place of the system's lookup; all addresses of a name must be allowed ones. */
export const checkedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? new Error('the name has no address'), '');
    } else if (!addresses.every(({ address }) => mayConnect(hostname, address))) {
      callback(new Error('the name leads to an address that is not allowed'), '');
    } else if (options.all === true) {
      (callback as (error: null, addresses: LookupAddress[]) => void)(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};
