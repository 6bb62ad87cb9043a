/** A log that keeps its lines for the test. */

export interface Line {
  readonly level: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export function keptLog() {
  const lines: Line[] = [];
  const write = (level: string) => (facts: Line['facts'], message: string) => {
    lines.push({ level, facts, message });
  };
  return { lines, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}
