/**
 * Reads a capture line that looks like an earlier one without parsing it whole: the records of an
 * endpoint differ, as a rule, in their payloads, ids and times alone.
 *
 * A template is a line that was parsed, seen as fixed bytes with gaps: the texts under `data` and
 * those inside `eventMetadata`. A line is alike when it has the same bytes around the gaps and,
 * inside them, neither a quote nor a backslash nor a control character; its CSV cells are found in
 * place. Any other line is left to the parser.
 *
 * Invariants: (1) an alike line is JSON (RFC 8259) if the template's line is, and differs from it
 * in the gaps' texts only: a template has no array, no escape and no key twice in an object, so
 * that each gap is one path's value; (2) the wanted sides are CSV of one row each: without escapes
 * a text holds neither a quoted cell nor a line break, so its cells lie between its commas; (3) a
 * line with an empty wanted payload, which has no row, is never alike; (4) every byte of an alike
 * line has been looked at. Memory: 4 templates, and 8 bytes per byte of the longest line that was
 * compared, which is at most 1 MiB.
 */
import type { CaptureRecord } from "./capture-record.ts";
import type { CellRange } from "./row-pairing.ts";

const TEMPLATES_MAX = 4;
const LINE_BYTES_MAX: number = 1024 * 1024;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

type GapKind = "input" | "output" | "eventId" | "inferenceTime" | "other";

/** A text that may vary, with the bytes that must stand before it. */
interface Gap {
  readonly before: Uint8Array;
  readonly kind: GapKind;
}

interface Template {
  readonly gaps: readonly Gap[];
  readonly tail: Uint8Array;
}

/** Keys stand between line feeds, which no key without escapes can hold. */
const KIND_OF: ReadonlyMap<string, GapKind> = new Map([
  ["captureData\nendpointInput\ndata", "input"],
  ["captureData\nendpointOutput\ndata", "output"],
  ["eventMetadata\neventId", "eventId"],
  ["eventMetadata\ninferenceTime", "inferenceTime"],
]);

/** Reads alike lines; the fields describe the one read last and hold as long as its bytes do. */
export class CaptureTemplates {
  bytes: Uint8Array = new Uint8Array(0);
  /** Cell ranges in `bytes`, as in `Cells`. */
  starts: Uint32Array = new Uint32Array(256);
  ends: Uint32Array = new Uint32Array(256);
  /** Each wanted side's cells. */
  input: CellRange | undefined;
  output: CellRange | undefined;
  /** The one that was met last stands first. */
  readonly #templates: Template[] = [];
  #eventIdFrom = -1;
  #eventIdTo = -1;
  #timeFrom = -1;
  #timeTo = -1;
  #cells = 0;
  #text: Buffer = Buffer.alloc(0);

  get eventId(): string | undefined {
    return this.#textOf(this.#eventIdFrom, this.#eventIdTo);
  }

  get inferenceTime(): string | undefined {
    return this.#textOf(this.#timeFrom, this.#timeTo);
  }

  /** Reads a line of valid UTF-8; false when it is like none of the templates. */
  read(line: Uint8Array): boolean {
    if (line.length > LINE_BYTES_MAX) return false;
    const templates = this.#templates;
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i]!;
      if (!this.#match(template, line)) continue;
      if (i > 0) templates.unshift(...templates.splice(i, 1));
      this.bytes = line;
      return true;
    }
    return false;
  }

  /** Makes a template of a line that gave this record of one row, where that is possible. */
  learn(line: Uint8Array, { input, output }: CaptureRecord): void {
    if ((input?.encoding ?? "CSV") !== "CSV" || (output?.encoding ?? "CSV") !== "CSV") return;
    if (line.length > LINE_BYTES_MAX) return;
    const wanted: GapKind[] = ["eventId", "inferenceTime"];
    if (input !== undefined) wanted.push("input");
    if (output !== undefined) wanted.push("output");
    const template = templateOf(line, wanted);
    if (template === undefined) return;
    const hasGap = (kind: GapKind): boolean => template.gaps.some((gap) => gap.kind === kind);
    // A batch transform's output has no gap of its own.
    if (hasGap("input") !== (input !== undefined)) return;
    if (hasGap("output") !== (output !== undefined)) return;
    if (this.#templates.unshift(template) > TEMPLATES_MAX) this.#templates.pop();
  }

  #match({ gaps, tail }: Template, line: Uint8Array): boolean {
    this.#cells = 0;
    this.input = undefined;
    this.output = undefined;
    this.#eventIdFrom = -1;
    this.#timeFrom = -1;
    let at = 0;
    for (const { before, kind } of gaps) {
      if (!standsAt(line, at, before)) return false;
      const from = at + before.length;
      const isPayload = kind === "input" || kind === "output";
      at = isPayload ? this.#scanCells(line, from, kind) : closeOf(line, from);
      if (at < 0) return false;
      if (kind === "eventId") [this.#eventIdFrom, this.#eventIdTo] = [from, at];
      if (kind === "inferenceTime") [this.#timeFrom, this.#timeTo] = [from, at];
    }
    return at + tail.length === line.length && standsAt(line, at, tail);
  }

  /** Finds the cells of a payload and returns the index of its closing quote, or -1. */
  #scanCells(line: Uint8Array, from: number, side: "input" | "output"): number {
    if (line.length + 1 > this.starts.length) this.#grow(2 * line.length);
    const { starts, ends } = this;
    const first = this.#cells;
    let cell = first;
    let start = from;
    for (let at = from; at < line.length; at++) {
      const byte = line[at]!;
      if (byte > COMMA) {
        if (byte === BACKSLASH) return -1;
      } else if (byte === COMMA || byte === QUOTE) {
        // -1 is stored as MISSING.
        starts[cell] = start === at ? -1 : start;
        ends[cell++] = at;
        start = at + 1;
        if (byte === COMMA) continue;
        this.#cells = cell;
        this[side] = { from: first, to: cell };
        return at === from ? -1 : at;
      } else if (byte < SPACE) {
        return -1;
      }
    }
    return -1;
  }

  #grow(length: number): void {
    const { starts, ends } = this;
    this.starts = new Uint32Array(length);
    this.ends = new Uint32Array(length);
    this.starts.set(starts);
    this.ends.set(ends);
  }

  #textOf(from: number, to: number): string | undefined {
    if (from < 0) return undefined;
    const { buffer, byteOffset } = this.bytes;
    if (this.#text.buffer !== buffer) this.#text = Buffer.from(buffer);
    return this.#text.toString("utf8", byteOffset + from, byteOffset + to);
  }
}

/**
 * Cuts a line of JSON into a template; undefined when it has an array, a backslash or a key twice.
 * Gaps of a kind that is not wanted are of kind "other".
 */
function templateOf(line: Uint8Array, wanted: readonly GapKind[]): Template | undefined {
  if (line.includes(OPEN_ARRAY) || line.includes(BACKSLASH)) return undefined;
  const gaps: Gap[] = [];
  const paths = new Set<string>();
  /** Keys down to the value under way. */
  const keys: string[] = [];
  let isValue = false;
  let from = 0;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at]!;
    if (byte === OPEN_OBJECT) keys.push("");
    if (byte === CLOSE_OBJECT) keys.pop();
    if (byte === COLON) isValue = true;
    if (byte === COMMA || byte === OPEN_OBJECT) isValue = false;
    if (byte !== QUOTE) continue;
    const close = line.indexOf(QUOTE, at + 1);
    if (!isValue) {
      keys[keys.length - 1] = new TextDecoder().decode(line.subarray(at + 1, close));
      const path = keys.join("\n");
      if (paths.has(path)) return undefined;
      paths.add(path);
    } else if (keys.at(-1) === "data" || keys[0] === "eventMetadata") {
      const kind = KIND_OF.get(keys.join("\n"));
      const isWanted = kind !== undefined && wanted.includes(kind);
      gaps.push({ before: line.slice(from, at + 1), kind: isWanted ? kind : "other" });
      from = close;
    }
    at = close;
  }
  return { gaps, tail: line.slice(from) };
}

function standsAt(line: Uint8Array, at: number, bytes: Uint8Array): boolean {
  if (at + bytes.length > line.length) return false;
  for (let i = 0; i < bytes.length; i++) if (line[at + i] !== bytes[i]) return false;
  return true;
}

/** Returns the index of the quote that closes the text from `from` on, or -1. */
function closeOf(line: Uint8Array, from: number): number {
  for (let at = from; at < line.length; at++) {
    const byte = line[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
}
