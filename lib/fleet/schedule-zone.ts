import { failed, type Result, succeed } from '../core/failure.ts';
import { hour, timeOf } from '../core/time.ts';

// What the clock of a time zone shows, and when. A "wall time" is the date and time that clock shows, as milliseconds as if it were UTC.

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
};

/** The zone, when there is one of this name. */
export const checkTimeZone = (timeZone: string): Result<string> => {
  try {
    format(timeZone);
    return succeed(timeZone);
  } catch {
    return failed(
      'input-invalid',
      `There is no time zone "${timeZone}". Name one of the IANA database, such as Europe/Zurich or America/New_York, or UTC.`,
    );
  }
};

/** What the clock of the zone shows at a moment. */
export const wallAt = (timeZone: string, moment: number): number => {
  // "03/29/2026, 02:30:00"; taking the text apart is several times faster than asking Intl for the parts
  const [month, date, year, clock] = format(timeZone).format(moment).split(/\/|, /);
  return timeOf(`${year}-${month}-${date}T${clock}Z`) + (moment % 1000);
};

/** No zone is further than this from UTC. */
const furthest = 15 * hour;

/** The moment, to the second, when the clock leaps over `wall`. */
const leapOver = (timeZone: string, wall: number): number => {
  let before = (wall - furthest) / 1000;
  let after = (wall + furthest) / 1000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallAt(timeZone, middle * 1000) < wall) before = middle;
    else after = middle;
  }
  return after * 1000;
};

/**
 * The first moment at which the clock of the zone shows this wall time or a later one. So a time that does not exist is the moment directly
 * after the gap, and of a time that occurs twice it is the first.
 */
export const momentOf = (timeZone: string, wall: number): number => {
  const offsets = [wall - furthest, wall + furthest].map((moment) => wallAt(timeZone, moment) - moment);
  const moments = offsets.map((offset) => wall - offset).filter((moment) => wallAt(timeZone, moment) === wall);
  return moments.length > 0 ? Math.min(...moments) : leapOver(timeZone, wall);
};
