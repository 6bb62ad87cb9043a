/** Shows how far long work has come: a bar that redraws on a terminal, a line every tenth elsewhere. */

import type { WriteStream } from 'node:tty';

/** Told the name of a step and the part of it that is done, from 0 to 1. */
export type Progress = (step: string, part: number) => void;

const WIDTH = 30;

export function progressOn(stream: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean }): Progress {
  const shown = new Map<string, number>();
  return (step, part) => {
    const tenth = Math.floor(part * (stream.isTTY === true ? 100 : 10));
    if (shown.get(step) === tenth) return;
    shown.set(step, tenth);
    const percent = `${Math.floor(part * 100)} %`.padStart(5);
    if (stream.isTTY !== true) stream.write(`${step} ${percent}\n`);
    else {
      const full = Math.round(part * WIDTH);
      stream.write(
        `\r${step} [${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${percent}${part >= 1 ? '\n' : ''}`,
      );
    }
  };
}
