/**
 * The one error class and its one formatter.
 *
 * Grammar of every message: `file:line:column: what; expected what. hint`. Parts that can not be
 * known are left out. Callers give fields, never sentences, so a message is tested whole.
 */

/**
 * Whose fault it is, which decides the exit code. `no_data` is an input without anything to read:
 * an hour without traffic is one, and its watchers tell it from a fault. `delivery`: the files are
 * written, but someone who was to be told was not.
 */
export type ErrorCode = "internal" | "usage" | "configuration" | "input" | "no_data" | "delivery";

/** Where the fault stands; `line` and `column` count from 1. */
export interface Location {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface ErrorParts {
  readonly code: ErrorCode;
  readonly location?: Location | undefined;
  /** What is wrong, without a final period. */
  readonly what: string;
  /** A noun phrase that follows "expected". */
  readonly expected?: string | undefined;
  /** What to do: whole sentences with their periods. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

const EXIT_CODES: Record<ErrorCode, number> = {
  internal: 1,
  usage: 2,
  configuration: 2,
  input: 3,
  no_data: 3,
  delivery: 5,
};

/** An error the user meets; `message` is the whole sentence and `exitCode` the process's answer. */
export class TidemarkError extends Error {
  override readonly name = "TidemarkError";
  readonly code: ErrorCode;
  readonly location: Location | undefined;
  readonly what: string;
  readonly expected: string | undefined;
  readonly hint: string | undefined;

  constructor(parts: ErrorParts) {
    super(formatError(parts), parts.cause === undefined ? {} : { cause: parts.cause });
    this.code = parts.code;
    this.location = parts.location;
    this.what = parts.what;
    this.expected = parts.expected;
    this.hint = parts.hint;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** Renders the parts in the grammar above. */
export function formatError(parts: ErrorParts): string {
  const place = parts.location === undefined ? "" : `${formatLocation(parts.location)}: `;
  const expected = parts.expected === undefined ? "" : `; expected ${parts.expected}`;
  const hint = parts.hint === undefined ? "" : ` ${parts.hint}`;
  return `${place}${parts.what}${expected}.${hint}`;
}

/** Renders `file:line:column`, leaving out what is unknown. */
export function formatLocation({ file, line, column }: Location): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** Quotes a value for a message: at most 60 characters, control characters escaped. */
export function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

/** Throws an internal error when something that can not be is. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (condition) return;
  throw new TidemarkError({
    code: "internal",
    what: `internal: ${what}`,
    hint: "Please report this with the command you ran.",
  });
}
