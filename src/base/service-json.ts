/**
 * JSON in the layout of Jackson's `DefaultPrettyPrinter`, the one the service's files are written
 * in: two spaces per object (arrays add none), `"key" : value`, arrays on one line.
 *
 * The type of a value chooses the kind of number: a `bigint` is an integer (`24`), a `number` is a
 * Java double (`24.0`). Memory: twice the text. It is made by adding, since the engine copies what
 * was added to a text once, at the end, but what was joined from a list at every level. Until then
 * it keeps each piece, several times as large as its text; so long members of long lists are laid
 * out.
 */
import { formatJavaDouble, joinJavaDoubles } from "./java-double.ts";

/** Characters of a list that may be many pieces, and of each item behind them. */
const [LIST_LENGTH_MAX, ITEM_LENGTH_MAX] = [1024 * 1024, 512];

/** Doubles that stand several times in a row each, in one array. */
export class RepeatedDoubles {
  readonly items: Float64Array;
  /** How often each stands there; 0 is allowed. */
  readonly times: Float64Array;

  constructor(items: Float64Array, times: Float64Array) {
    this.items = items;
    this.times = times;
  }
}

/** What can be written; a Float64Array is an array of doubles. */
export type ServiceJson =
  | bigint
  | number
  | string
  | boolean
  | Float64Array
  | RepeatedDoubles
  | readonly ServiceJson[]
  | ServiceJsonObject;

/** Members in insertion order (array indices first); undefined ones are left out. */
export interface ServiceJsonObject {
  readonly [name: string]: ServiceJson | undefined;
}

/** Writes a value without a line end after it; NaN and infinities become quoted strings. */
export function writeServiceJson(value: ServiceJson): string {
  return write(value, "\n");
}

/** `lineStart` is the line end and the indentation of the object around the value. */
function write(value: ServiceJson, lineStart: string): string {
  switch (typeof value) {
    case "number":
      return writeDouble(value);
    case "string":
      return writeString(value);
    case "object":
      if (value instanceof RepeatedDoubles) return writeRepeated(value);
      return isArray(value) ? writeArray(value, lineStart) : writeObject(value, lineStart);
    default:
      return String(value);
  }
}

function isArray(value: object): value is Float64Array | readonly ServiceJson[] {
  return Array.isArray(value) || value instanceof Float64Array;
}

function writeArray(values: Float64Array | readonly ServiceJson[], lineStart: string): string {
  if (values.length === 0) return "[ ]";
  const joined = values instanceof Float64Array ? joinJavaDoubles(values, ", ") : undefined;
  if (joined !== undefined) return `[ ${joined} ]`;
  let text = "[ ";
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const item = write(value, lineStart);
    // To look for a character is to lay the text out; that of doubles has few pieces.
    const isLong = text.length > LIST_LENGTH_MAX && item.length > ITEM_LENGTH_MAX;
    if (isLong && !areDoubles(value)) item.charCodeAt(0);
    text += `${i === 0 ? "" : ", "}${item}`;
  }
  return `${text} ]`;
}

function writeRepeated({ items, times }: RepeatedDoubles): string {
  let text = "";
  for (let i = 0; i < items.length; i++) {
    if (times[i] === 0) continue;
    const written = writeDouble(items[i]!);
    text += `${text === "" ? "[ " : ", "}${written}${`, ${written}`.repeat(times[i]! - 1)}`;
  }
  return text === "" ? "[ ]" : `${text} ]`;
}

function areDoubles(value: ServiceJson): boolean {
  return value instanceof Float64Array || value instanceof RepeatedDoubles;
}

/** What is written before a member's value, the first one of its object or another. */
interface MemberStart {
  readonly first: string;
  readonly next: string;
}

/** Those of all names by what lines start with: few, and all known to the code. */
const memberStarts = new Map<string, Map<string, MemberStart>>();

function writeObject(object: ServiceJsonObject, lineStart: string): string {
  const memberStart = `${lineStart}  `;
  const starts = memberStarts.get(memberStart) ?? openStarts(memberStart);
  const names = Object.keys(object);
  let text = "";
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const value = object[name];
    if (value === undefined) continue;
    const { first, next } = starts.get(name) ?? addStart(starts, memberStart, name);
    text += (text === "" ? first : next) + write(value, memberStart);
  }
  return text === "" ? "{ }" : `${text}${lineStart}}`;
}

function openStarts(memberStart: string): Map<string, MemberStart> {
  const starts = new Map<string, MemberStart>();
  memberStarts.set(memberStart, starts);
  return starts;
}

function addStart(
  starts: Map<string, MemberStart>,
  memberStart: string,
  name: string,
): MemberStart {
  const start = `${memberStart}${writeString(name)} : `;
  const member = { first: `{${start}`, next: `,${start}` };
  starts.set(name, member);
  return member;
}

function writeDouble(x: number): string {
  return Number.isFinite(x) ? formatJavaDouble(x) : `"${x}"`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

/** A text that JSON need not escape, as most are, is written so by the service too. */
function writeString(text: string): string {
  const json = JSON.stringify(text);
  if (json.length === text.length + 2) return json;
  return `"${text.replace(/["\\\p{Cc}\p{Cs}]/gu, escapeCharacter)}"`;
}

/** Control characters from U+007F on stay as they are; a lone surrogate has no UTF-8. */
function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xd800) return "?";
  if (code >= 0x7f) return character;
  const hex = code.toString(16).toUpperCase();
  return SHORT_ESCAPES[character] ?? `\\u${hex.padStart(4, "0")}`;
}
