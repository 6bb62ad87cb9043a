/** Reads from the service's own log how far it said that the journal had come. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Claim } from '../src/journal/verify.js';

const MESSAGE = 'head of the journal';

/** @throws Error when the file cannot be read, or tells of no head */
export async function readHeads(file: string): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    const head = text.includes(MESSAGE) ? headIn(text) : undefined;
    if (head !== undefined) claims.push({ ...head, by: `line ${line} of ${file}` });
  }
  if (claims.length === 0) {
    throw new Error(
      `${file}: expected the log of the service; no line of it says "${MESSAGE}", as one does every hour and at each stop`,
    );
  }
  return claims;
}

function headIn(text: string): Omit<Claim, 'by'> | undefined {
  try {
    // Whoever collects logs may write the name of the service or a time before the line.
    const { msg, chain, seq, hash } = JSON.parse(text.slice(text.indexOf('{'))) as Readonly<
      Record<string, unknown>
    >;
    const isHead =
      msg === MESSAGE && typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string';
    return isHead ? { chain, seq, hash } : undefined;
  } catch {
    return undefined;
  }
}
