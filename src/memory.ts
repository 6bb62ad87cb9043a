/** What the start leaves behind goes back to the system. */

/**
 * Collects all garbage and returns the pages that are empty then; nothing else runs meanwhile, for some 0.1 s. V8 does so
 * by itself after a while, but from Node.js 24 on not in a process that waits for calls. Never throws.
 */
export async function giveBackMemory(): Promise<void> {
  try {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    await new Promise((resolve) => session.post('HeapProfiler.collectGarbage', resolve));
    session.disconnect();
  } catch {
    // A Node.js may be built without an inspector: then more is held, and that is all.
  }
}
