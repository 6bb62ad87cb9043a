/** The calendar date of an instant where the patients are: FHIR dates are local, and a window of days closes at midnight there. */

/**
 * @param timeZone IANA name, such as America/Chicago
 * @returns reads an instant as `YYYY-MM-DD`
 * @throws RangeError for a time zone that nobody knows
 */
export function dayIn(timeZone: string): (instant: Date) => string {
  if (timeZone === 'UTC') return (instant) => instant.toISOString().slice(0, 10);
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  };
}

export function isTimeZone(text: string): boolean {
  try {
    dayIn(text);
    return true;
  } catch {
    return false;
  }
}
