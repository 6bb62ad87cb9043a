/** How V8 keeps the objects of calls, from the import of this module on, which comes before the service is loaded. */

import { setFlagsFromString } from 'node:v8';

/** The start makes more garbage than any call, and V8 would keep 30 MB of room for it ever after. */
setFlagsFromString('--semi-space-growth-factor=1');

/**
 * V8 makes objects of a kind that has often outlived a collection in the old space from then on. Those of a call outlive
 * one only when it falls into the call, and there they would hold the whole record of a call long answered.
 */
setFlagsFromString('--no-allocation-site-pretenuring');

/** Once the service is ready: V8's own default again. */
export function letNewSpaceGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
