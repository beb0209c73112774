/**
 * A file that is one JSON array, cut into its elements as other files are into lines.
 *
 * Elements are found by depth and by strings, whatever stands in them: what is no JSON is for the
 * reader of the element to reject. Several arrays one after another are as one. The cost is linear
 * in the bytes for any chunking. Memory: the chunk, plus one element of at most `bytesMax`.
 */
import { TidemarkError } from "../../base/tidemark-error.ts";
import { Carry } from "../lines/carry.ts";
import { Line, type Lines } from "../lines/line-reader.ts";
import { CutLines } from "./cut-lines.ts";

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Whether a file that begins so is an array of records: `[` with an object, an array, a line end or
 * nothing in it. `[1,2]` is a line, whose scalars are the cells of one row.
 */
export function isJsonArray(head: Uint8Array): boolean {
  const start = head[0] === 0xef ? 3 : 0;
  let at = start;
  while (at < head.length && isSpace(head[at]!)) at += 1;
  if (head[at++] !== OPEN_BRACKET) return false;
  while (head[at] === 0x20 || head[at] === 0x09) at += 1;
  const byte = head[at] ?? LINE_FEED;
  return [OPEN_BRACE, OPEN_BRACKET, CLOSE_BRACKET, LINE_FEED, 0x0d].includes(byte);
}

/**
 * Reads the elements chunk by chunk; one over `bytesMax` bytes is cut there, one that is missing
 * between two commas is empty. Throws an input error for text beside the array, and when the array
 * is not closed.
 */
export async function* readJsonArray(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
  file: string,
): AsyncGenerator<Lines> {
  const elements = new Elements(bytesMax, file);
  for await (const chunk of chunks) yield new CutLines(elements.cut(chunk));
  elements.end();
}

interface Place {
  readonly number: number;
  readonly column: number;
}

class Elements {
  readonly #file: string;
  readonly #bytesMax: number;
  readonly #carry: Carry;
  /** Open brackets and braces. */
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  /** Where the element under way begins. */
  #start: Place | undefined;
  /** Whether the array under way had a comma. */
  #isSecond = false;
  #number = 1;
  /** Bytes before the chunk under way, and before the line under way. */
  #before = 0;
  #beforeLine = 0;

  constructor(bytesMax: number, file: string) {
    this.#file = file;
    this.#bytesMax = bytesMax;
    this.#carry = new Carry(bytesMax);
  }

  /** Takes a chunk and gives the elements that end in it. */
  cut(chunk: Uint8Array): readonly Line[] {
    const ended: Line[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === LINE_FEED) {
        this.#number += 1;
        this.#beforeLine = this.#before + at + 1;
      }
      if (this.#isString || this.#depth > 1) {
        this.#nest(byte);
      } else if (isSpace(byte)) {
        // Around elements, or at the end of one.
      } else if (this.#depth === 0) {
        this.#open(byte, at);
      } else if (byte === COMMA || byte === CLOSE_BRACKET) {
        const isOne = byte === COMMA || this.#isSecond || this.#start !== undefined;
        if (isOne) ended.push(this.#finish(chunk, this.#start === undefined ? at : from, at));
        this.#isSecond = byte === COMMA;
        if (byte === CLOSE_BRACKET) this.#depth = 0;
      } else {
        if (this.#start === undefined) {
          this.#start = this.#placeOf(at);
          from = at;
        }
        // A brace that closes nothing is a fault of the element.
        if (byte !== CLOSE_BRACE) this.#nest(byte);
      }
    }
    if (this.#start !== undefined) this.#carry.append(chunk.subarray(from));
    this.#before += chunk.length;
    return ended;
  }

  /** Says that the file has no more text. */
  end(): void {
    if (this.#depth === 0) return;
    const { number: line, column } = this.#start ?? this.#placeOf(0);
    throw new TidemarkError({
      code: "input",
      location: { file: this.#file, line, column },
      what: "the JSON array is not closed",
      expected: this.#start === undefined ? "a closing bracket" : "the end of this element",
      hint: "Copy or write the file again.",
    });
  }

  /** Moves on inside an element. */
  #nest(byte: number): void {
    if (this.#isString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#isString = false;
    } else if (byte === QUOTE) this.#isString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth -= 1;
  }

  #open(byte: number, at: number): void {
    if (byte === OPEN_BRACKET) {
      this.#depth = 1;
      return;
    }
    const { number: line, column } = this.#placeOf(at);
    throw new TidemarkError({
      code: "input",
      location: { file: this.#file, line, column },
      what: "text stands beside the JSON array",
      expected: "one array, or one JSON value a line",
      hint: "Correct the file.",
    });
  }

  /** Ends the element under way, or one that has no bytes. */
  #finish(chunk: Uint8Array, from: number, to: number): Line {
    const place = this.#start ?? this.#placeOf(to);
    this.#start = undefined;
    const { number, column } = place;
    const carry = this.#carry;
    if (carry.isEmpty) {
      const isCut = to - from > this.#bytesMax;
      const end = isCut ? from + this.#bytesMax : to;
      return new Line(chunk, from, end, number, isCut, column);
    }
    carry.append(chunk.subarray(from, to));
    const line = new Line(carry.bytes.slice(), 0, carry.length, number, carry.isCut, column);
    carry.clear();
    return line;
  }

  #placeOf(at: number): Place {
    return { number: this.#number, column: this.#before + at - this.#beforeLine + 1 };
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}
