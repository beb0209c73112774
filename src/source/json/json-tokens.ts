/**
 * A JSON parser that keeps numbers as they are written: `1.0` stays `1.0`, which a plain
 * `JSON.parse` loses (RFC 8259; the accepted texts are those of ECMA-262 `JSON.parse`).
 *
 * Invariants: (1) without nesting beyond 32 it accepts exactly what `JSON.parse` accepts; (2) of
 * equal keys the last value wins at the place of the first; (3) keys keep their order, those that
 * are whole numbers too. Memory: that of the value; the depth limit bounds the stack.
 */

/** Nested objects and arrays, the outermost one counted. */
export const JSON_DEPTH_MAX = 32;

/** A parsed value; numbers, `true` and `false` are their source text, as strings are theirs. */
export type JsonTokens = string | null | readonly JsonTokens[] | ReadonlyMap<string, JsonTokens>;

/** Why a text has no value: it is no JSON, or it nests too deep (the rest is not looked at). */
export type JsonProblem = { readonly problem: "syntax" | "depth" };

/** Parses one value, white space around it allowed. */
export function parseJsonTokens(text: string): JsonTokens | JsonProblem {
  const parser = new Parser(text);
  const value = parser.parse();
  return value === undefined ? { problem: parser.isTooDeep ? "depth" : "syntax" } : value;
}

export function isJsonProblem(value: JsonTokens | JsonProblem): value is JsonProblem {
  return typeof value === "object" && value !== null && "problem" in value;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Reads from left to right; every method returns undefined at the first fault. */
class Parser {
  isTooDeep = false;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): JsonTokens | undefined {
    const value = this.#readValue();
    this.#skipSpace();
    return this.#at === this.#text.length ? value : undefined;
  }

  #readValue(): JsonTokens | undefined {
    this.#skipSpace();
    switch (this.#text.charCodeAt(this.#at)) {
      case QUOTE:
        return this.#readString();
      case OPEN_BRACE:
        return this.#nest(() => this.#readObject());
      case OPEN_BRACKET:
        return this.#nest(() => this.#readArray());
      case 0x6e:
        return this.#readWord("null") && null;
      case 0x74:
        return this.#readWord("true");
      case 0x66:
        return this.#readWord("false");
      default:
        return this.#readNumber();
    }
  }

  #nest(read: () => JsonTokens | undefined): JsonTokens | undefined {
    if (this.#depth === JSON_DEPTH_MAX) {
      this.isTooDeep = true;
      return undefined;
    }
    this.#depth += 1;
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #readObject(): JsonTokens | undefined {
    const entries = new Map<string, JsonTokens>();
    if (this.#take(CLOSE_BRACE)) return entries;
    for (;;) {
      this.#skipSpace();
      const key = this.#readString();
      if (key === undefined || !this.#take(COLON)) return undefined;
      const value = this.#readValue();
      if (value === undefined) return undefined;
      entries.set(key, value);
      if (this.#take(CLOSE_BRACE)) return entries;
      if (!this.#take(COMMA)) return undefined;
    }
  }

  #readArray(): JsonTokens | undefined {
    const items: JsonTokens[] = [];
    if (this.#take(CLOSE_BRACKET)) return items;
    for (;;) {
      const value = this.#readValue();
      if (value === undefined) return undefined;
      items.push(value);
      if (this.#take(CLOSE_BRACKET)) return items;
      if (!this.#take(COMMA)) return undefined;
    }
  }

  #readString(): string | undefined {
    const text = this.#text;
    if (text.charCodeAt(this.#at) !== QUOTE) return undefined;
    const start = this.#at + 1;
    let isEscaped = false;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return isEscaped ? parseEscaped(text.slice(start - 1, at + 1)) : text.slice(start, at);
      }
      if (code < 0x20) return undefined;
      if (code === BACKSLASH) {
        isEscaped = true;
        at += 1;
      }
    }
    return undefined;
  }

  #readNumber(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    if (text.charCodeAt(this.#at) === MINUS) this.#at += 1;
    if (text.charCodeAt(this.#at) === ZERO) this.#at += 1;
    else if (!this.#skipDigits()) return undefined;
    if (text.charCodeAt(this.#at) === POINT) {
      this.#at += 1;
      if (!this.#skipDigits()) return undefined;
    }
    if ((text.charCodeAt(this.#at) | 0x20) === 0x65) {
      this.#at += 1;
      const sign = text.charCodeAt(this.#at);
      if (sign === MINUS || sign === 0x2b) this.#at += 1;
      if (!this.#skipDigits()) return undefined;
    }
    return text.slice(start, this.#at);
  }

  /** Says whether there was a digit at all. */
  #skipDigits(): boolean {
    const start = this.#at;
    for (;;) {
      const digit = this.#text.charCodeAt(this.#at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) return this.#at > start;
      this.#at += 1;
    }
  }

  #readWord(word: string): string | undefined {
    if (!this.#text.startsWith(word, this.#at)) return undefined;
    this.#at += word.length;
    return word;
  }

  /** Skips white space and then the one character wanted, if it is there. */
  #take(wanted: number): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }
}

function parseEscaped(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
