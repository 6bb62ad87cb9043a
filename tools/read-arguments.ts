/** What a tool was started with, or one line about what it does not take. */

/** @param read its arguments: what it throws is told without a stack, and ends the tool with 2 */
export function readArguments<T>(tool: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}; see npm run ${tool} -- --help`);
    process.exit(2);
  }
}

/** @throws Error for any other text */
export function wholeNumber(name: string, written: string): number {
  if (/^[1-9]\d*$/.test(written)) return Number(written);
  throw new Error(`--${name}: expected a whole number from 1, got "${written}"`);
}
