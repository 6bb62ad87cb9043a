/** Lines of the log are written together: a write for each costs as much as a tenth of a call. */

import { destination, type DestinationStream } from 'pino';

/** How long a line may wait for others. */
const waitMs = 50;

/** What waits for a reader that does not read: some minutes of a busy service. What comes then is lost, and counted. */
const mostWaiting = 16 * 1024 * 1024;

/**
 * Writes without waiting for the reader. What still waits is written when the process exits, also by a fault.
 * @param fd a file descriptor; absent: standard output
 * @param most bytes that may wait for their reader
 */
export function logLines(fd = 1, most = mostWaiting): DestinationStream {
  const out = destination({ dest: fd, sync: false, maxLength: most });
  let waiting = '';
  let lost = 0;
  out.on('drop', (lines: string) => {
    lost += lines.split('\n').length - 1;
  });
  out.on('drain', () => {
    const lines = lost;
    lost = 0;
    if (lines > 0) out.write(lostLine(lines));
  });
  process.once('exit', () => {
    if (waiting !== '') destination({ dest: fd, sync: true }).write(waiting);
  });
  const write = () => {
    const lines = waiting;
    waiting = '';
    out.write(lines);
  };
  return {
    write(line) {
      if (waiting === '') setTimeout(write, waitMs);
      waiting += line;
    },
  };
}

function lostLine(lines: number): string {
  return `${JSON.stringify({ level: 50, time: new Date().toISOString(), lines, msg: 'lines of the log were lost: nobody read them' })}\n`;
}
