/** Lines of the log are written together: a write for each costs as much as a tenth of a call. */
import { destination } from 'pino';
/** How long a line may wait for others. */
const waitMs = 10;
/**
 * Writes without waiting for the reader. What still waits is written when the process exits, also by a fault.
 * @param fd a file descriptor; absent: standard output
 */
export function logLines(fd = 1) {
    const out = destination({ dest: fd, sync: false });
    let waiting = '';
    process.once('exit', () => {
        if (waiting !== '')
            destination({ dest: fd, sync: true }).write(waiting);
    });
    const write = () => {
        const lines = waiting;
        waiting = '';
        out.write(lines);
    };
    return {
        write(line) {
            if (waiting === '')
                setTimeout(write, waitMs);
            waiting += line;
        },
    };
}
//# sourceMappingURL=log-lines.js.map