/**
 * Texts from data and file names made safe for a terminal: what it would obey or hide is spelled
 * out. Beside control characters these are the line and paragraph separators, lone surrogates and
 * the bidirectional controls that can show a text in another order than it has (CVE-2021-42574).
 */
const UNPRINTABLE: RegExp =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * JSON has a backslash for what else it escapes than quotes and backslashes. A line break stands
 * between its texts, never in one.
 */
const UNPRINTABLE_IN_JSON: RegExp = new RegExp(
  `\\\\[^"\\\\]|[^\\P{Cc}\n]|${UNPRINTABLE.source.replace("\\p{Cc}", "")}`,
  "u",
);

const PLAIN: RegExp = /^[ -~]*$/;

/** Reports in which nothing is to be escaped: each form of one asks. */
const clean = new WeakSet<object>();

/** A report, its list of features, and a feature. */
const MEMBERS_DEPTH = 2;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Escapes unprintable characters of a text as JSON does (`\n`, `\u001b`), or those of every text in
 * a value of lists and plain objects, which must not change; all else comes back as it is.
 */
export function printable<T>(value: T): T {
  if (typeof value !== "object" || value === null) return escapeTexts(value) as T;
  // As a rule nothing is to be escaped in all of a report, and one look tells.
  if (!clean.has(value) && !isClean(value, MEMBERS_DEPTH)) return escapeTexts(value) as T;
  clean.add(value);
  return value;
}

/** Takes the JSON of a report that was written, which spares writing it once more to look at it. */
export function lookAtJson(report: object, json: string): void {
  if (isCleanJson(json)) clean.add(report);
}

/** Looks at members one by one, down to some depth, since all of a report's JSON is large. */
function isClean(value: unknown, depth: number): boolean {
  if (value === undefined) return true;
  if (depth === 0 || typeof value !== "object" || value === null) {
    return isCleanJson(JSON.stringify(value));
  }
  return Object.values(value).every((each) => isClean(each, depth - 1));
}

function isCleanJson(json: string): boolean {
  // As a rule all is ASCII without escapes, which is cheap to tell; the one control character that
  // JSON leaves as it is among those apart.
  const isPlain =
    !json.includes("\\") && !json.includes("\u007f") && Buffer.byteLength(json) === json.length;
  return isPlain || !UNPRINTABLE_IN_JSON.test(json);
}

function escapeTexts(value: unknown): unknown {
  if (typeof value === "string") return escapeText(value);
  if (Array.isArray(value)) return value.map(escapeTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escapeTexts(each)]));
}

function escapeText(text: string): string {
  return isPlain(text) ? text : text.replace(UNPRINTABLE, spell);
}

/**
 * Whether a text is printable ASCII, of which nothing is special: told before others are asked for
 * classes of Unicode, which take long to compile.
 */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

function spell(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
