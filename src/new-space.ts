/** Keeps V8's new space small from the import of this module on, which comes before the service is loaded. */

import { setFlagsFromString } from 'node:v8';

/** The start makes more garbage than any call, and V8 would keep 30 MB of room for it ever after. */
setFlagsFromString('--semi-space-growth-factor=1');

/** Once the service is ready: V8's own default again. */
export function letNewSpaceGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
