/** Dates of a resource that are no days of the calendar: a form may be kept, and the day not exist. */

const SHAPED = /^\d{4}-\d{1,2}(-\d{1,2})?(T\S*)?$/;
const DATE = /^(\d{4})-(\d{2})(?:-(\d{2})(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?$/;

/** Codes and names may look like dates. */
const otherwise: ReadonlySet<string> = new Set(['code', 'id', 'reference', 'text', 'display', 'system']);

/** One sentence for each value that is written as a date and is none. */
export function calendarFaults(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string')
    return SHAPED.test(value) && !isDate(value) ? [`${path}: ${value} is no date of the calendar`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    otherwise.has(name) && typeof inside === 'string' ? [] : calendarFaults(inside, `${path}.${name}`),
  );
}

function isDate(text: string): boolean {
  const [, year, month, day = '01'] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(`${year}-${month}-${day}`);
}
