/** Lines of the log are written together: a write for each costs as much as a tenth of a call. */

import { destination, type DestinationStream } from 'pino';

/** How long a line may wait for others. */
const waitMs = 10;

/** So much is written at once, whether or not the time has come. */
const bytesAtOnce = 4_096;

/** Standard output. What waits is written when the process exits, also by a fault. */
export function logLines(): DestinationStream {
  const out = destination({ dest: 1, sync: false, minLength: bytesAtOnce });
  let isWaiting = false;
  const flush = () => {
    isWaiting = false;
    out.flush();
  };
  return {
    write(line) {
      out.write(line);
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(flush, waitMs);
    },
  };
}
