/**
 * Dates and times as the text of a cell: `2026-01-31`, `2026-01-31 23:59:59.5`, `23:59:59.5`, and
 * `2026-01-31 23:59:59+00:00` where the column knows its instant. A fraction ends with its last
 * digit that is not 0. The years beyond 9999 and before 0 are written as they are.
 */

const DAY_SECONDS = 86_400;
/** Days of 400 years, and those from 1 March of the year 0 to the epoch. */
const ERA_DAYS = 146_097;
const EPOCH_DAYS = 719_468;

/** Spells a day counted from 1970-01-01, in the proleptic Gregorian calendar. */
export function dateText(daysFromEpoch: number): string {
  // Years begin on 1 March, so that a leap day is the last one (Hinnant, "chrono-Compatible
  // Low-Level Date Algorithms").
  const days = daysFromEpoch + EPOCH_DAYS;
  const era = Math.floor(days / ERA_DAYS);
  const dayOfEra = days - era * ERA_DAYS;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524);
  const yearOfEra = Math.floor((dayOfEra - leaps + Math.floor(dayOfEra / (ERA_DAYS - 1))) / 365);
  const yearStart = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - yearStart;
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const year = era * 400 + yearOfEra + (month < 10 ? 0 : 1);
  return `${padYear(year)}-${pad(month < 10 ? month + 3 : month - 9)}-${pad(day)}`;
}

/** Spells a time of day given in units of which a second has `perSecond`, a power of ten. */
export function timeText(units: number, perSecond: number): string {
  const seconds = Math.floor(units / perSecond);
  const fraction = units - seconds * perSecond;
  const minutes = Math.floor(seconds / 60);
  const clock = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
  if (fraction === 0) return clock;
  const digits = String(perSecond).length - 1;
  return `${clock}.${String(fraction).padStart(digits, "0").replace(/0+$/, "")}`;
}

/** Spells an instant counted from the epoch in such units. */
export function timestampText(
  units: number | bigint,
  perSecond: number,
  isInstant: boolean,
): string {
  const [days, rest] = splitDays(units, perSecond * DAY_SECONDS);
  return `${dateText(days)} ${timeText(rest, perSecond)}${isInstant ? "+00:00" : ""}`;
}

function splitDays(units: number | bigint, perDay: number): readonly [days: number, rest: number] {
  const number = Number(units);
  if (Number.isSafeInteger(number)) {
    const rest = ((number % perDay) + perDay) % perDay;
    return [(number - rest) / perDay, rest];
  }
  const [whole, day] = [BigInt(units), BigInt(perDay)];
  const rest = ((whole % day) + day) % day;
  return [Number((whole - rest) / day), Number(rest)];
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

function padYear(year: number): string {
  return year < 0 ? `-${padYear(-year)}` : String(year).padStart(4, "0");
}
