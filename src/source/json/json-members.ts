/**
 * Where the members of a JSON object stand in its text, so that one can be looked at or cut out
 * with its spelling kept.
 *
 * The text need not be whole: of one that is cut off, the members that begin in it are found. What
 * is no JSON gives members of no use; a parser has to judge the text.
 */

export interface JsonMember {
  readonly key: string;
  /** Index of the key's quote, of the value's first character, and behind the value. */
  readonly from: number;
  readonly valueFrom: number;
  readonly to: number;
}

/** Finds the members of the object that begins at `start`; none where none does. */
export function findJsonMembers(text: string, start = 0): readonly JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipSpace(text, start);
  if (text[at] !== "{") return members;
  do {
    const from = skipSpace(text, at + 1);
    if (text[from] !== '"') break;
    const keyTo = closeOf(text, from);
    const colon = skipSpace(text, keyTo);
    if (text[colon] !== ":") break;
    const valueFrom = skipSpace(text, colon + 1);
    at = endOf(text, valueFrom);
    const to = valueFrom + text.slice(valueFrom, at).trimEnd().length;
    members.push({ key: keyOf(text.slice(from, keyTo)), from, valueFrom, to });
  } while (text[at] === ",");
  return members;
}

/** Returns the index of the comma or the bracket that ends a value, or the text's length. */
function endOf(text: string, valueFrom: number): number {
  let depth = 0;
  for (let at = valueFrom; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = closeOf(text, at) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (depth === 0 && (character === "," || character === "}")) return at;
    else if (character === "}" || character === "]") depth -= 1;
  }
  return text.length;
}

/** Returns the index behind the quote that closes the one at `open`, or the text's length. */
function closeOf(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '"') return at + 1;
    if (text[at] === "\\") at += 1;
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/[ \t\r\n]/.test(text[at] ?? "")) at += 1;
  return at;
}

function keyOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
