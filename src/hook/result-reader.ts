/**
 * What a JavaScript hook returned, as it is sent. Numbers are their shortest text, whole ones
 * without an exponent; null, undefined and NaN are missing cells.
 */
import type { SentOutcome } from "./hook-message.ts";

/** What was returned is no row; the message holds no value of it. */
export class UnreadableResult extends Error {}

type Names = readonly string[];
type Texts = (string | null)[];

/** Below it a whole number's text has no exponent. */
const PLAIN_WHOLE_MAX = 1e21;

/** Reads the results of one reply; rows share the names of the row before. */
export class ResultReader {
  #names: Names | undefined;
  cells = 0;

  /** Begins a reply. */
  begin(): void {
    this.#names = undefined;
    this.cells = 0;
  }

  /** Throws `UnreadableResult`. */
  read(result: unknown): SentOutcome {
    if (result === undefined || result === null) return [];
    if (!Array.isArray(result)) return this.#named([result]);
    if (result.length === 0) return [];
    if (result.every(isRow)) return this.#named(result);
    if (result.some(isRow)) {
      throw new UnreadableResult("the hook returned a list of rows and other values");
    }
    this.cells += result.length;
    return [[], Array.from(result, textOf)];
  }

  #named(rows: readonly unknown[]): SentOutcome {
    const outcome: (Names | Texts | null)[] = [];
    let before = this.#names;
    for (const row of rows) {
      if (!isRow(row)) throw unreadable("a", row);
      const names = Object.keys(row);
      if (names.length === 0) {
        throw new UnreadableResult("the hook returned a row without columns");
      }
      const isAlike = before?.length === names.length && names.every((n, i) => n === before?.[i]);
      outcome.push(isAlike ? null : names);
      outcome.push(names.map((name) => textOf((row as Record<string, unknown>)[name])));
      this.cells += names.length;
      before = isAlike ? before : names;
    }
    // Only now: what is not sent is no row before the next one.
    this.#names = before;
    return outcome;
  }
}

function textOf(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return textOfNumber(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return null;
    default:
      if (value === null) return null;
      throw unreadable("a row with a", value);
  }
}

function textOfNumber(value: number): string | null {
  if (Number.isNaN(value)) return null;
  if (!Number.isInteger(value) || Math.abs(value) < PLAIN_WHOLE_MAX) return String(value);
  return BigInt(value).toString();
}

/** A date is no row, nor are other objects that are values to their users. */
function isRow(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Date || value instanceof Map || value instanceof Set);
}

function unreadable(what: string, value: unknown): UnreadableResult {
  const type = typeof value === "object" ? (value?.constructor?.name ?? "object") : typeof value;
  return new UnreadableResult(`the hook returned ${what} value of type ${type}`);
}
