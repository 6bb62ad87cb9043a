/** What the service may write to its log: an object of ids, codes and counts, then a sentence. Never input text. */

export interface Log {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/** Longest text, and longest list, of a fact; together with the sentence a line stays below 4 kB. */
const most = { characters: 300, items: 20, all: 3_500 } as const;

/** What a terminal or a reader of logs could take for the end of a line, a command or another order of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Facts as they are written: no fact can make a line long, begin another one or steer a terminal. Most facts are ids and
 * codes of our own; a name in a token, once its signature is right, is a text of somebody else.
 */
export function loggable(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const short: Record<string, unknown> = {};
  for (const name of Object.keys(facts)) short[name] = shortened(facts[name]);
  if (mostWritten(short) <= most.all || JSON.stringify(short).length <= most.all) return short;
  return { requestId: short['requestId'], cut: 'the facts of this line were too long' };
}

/** No less than the length of the facts as JSON; told without writing them, since nearly all lines are far from long. */
function mostWritten(facts: Readonly<Record<string, unknown>>): number {
  let length = 0;
  for (const [name, value] of Object.entries(facts)) {
    // Each character of a name may be written as six, each of a text that can be printed as two.
    length += 6 * name.length + 4;
    if (typeof value === 'string') length += 2 * value.length + 2;
    else if (value === undefined || typeof value === 'number' || typeof value === 'boolean') length += 25;
    else return Infinity;
  }
  return length;
}

/** Nearly all facts are: told faster than by looking for what is not. */
const plain = /^[\x20-\x7e]*$/;

function shortened(value: unknown): unknown {
  if (typeof value === 'string') {
    const start = value.length > most.characters ? value.slice(0, most.characters) : value;
    const printable = plain.test(start) ? start : start.replace(unprintable, '\uFFFD');
    return value.length > most.characters ? `${printable}\u2026` : printable;
  }
  if (!Array.isArray(value)) return value;
  const items = value.slice(0, most.items).map(shortened);
  return value.length > most.items ? [...items, `and ${value.length - most.items} more`] : items;
}
