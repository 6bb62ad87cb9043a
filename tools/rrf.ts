/** Reads the pipe-separated files of an RxNorm release, line by line. */

import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Progress } from './progress.js';

/** Cells of each line; `progress` is told the part of the file that was read. */
export async function* rowsOf(file: string, progress: Progress): AsyncGenerator<readonly string[]> {
  const { size } = statSync(file);
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 1024 * 1024 });
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (size > 0) progress(basename(file), Math.min(stream.bytesRead / size, 1));
    if (line !== '') yield line.split('|');
  }
  progress(basename(file), 1);
}
