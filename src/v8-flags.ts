/** How V8 goes about the start and then the calls, from the import of this module on, which comes before all else is loaded. */

import { setFlagsFromString } from 'node:v8';

/** The start makes more garbage than any call, and V8 would keep 30 MB of room for it ever after. */
setFlagsFromString('--semi-space-growth-factor=1');

/** What maglev, a compiler of Node.js 22 and later, takes up during the start never goes back to the system: 13 MB. */
setFlagsFromString('--invocation-count-for-maglev=100000');

/**
 * V8 makes objects of a kind that has often outlived a collection in the old space from then on. Those of a call outlive
 * one only when it falls into the call, and there they would hold the whole record of a call long answered.
 */
setFlagsFromString('--no-allocation-site-pretenuring');

/** Once the service is ready: what V8 of Node.js 24 does by default. */
export function startIsOver(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--invocation-count-for-maglev=400');
}
