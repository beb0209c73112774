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
 * line has been looked at, once. Memory: 4 templates, and 8 bytes per byte of the longest line that
 * was compared, which is at most 1 MiB.
 */

import type { RowSlot, SideSlot } from "../batch/row-slot.ts";
import type { Lines } from "../lines/line-reader.ts";
import type { CaptureRecord } from "./capture-record.ts";
import { findClosingQuote } from "./find-closing-quote.ts";
import { LineIds } from "./line-ids.ts";
import { type GapKind, type LineTemplate, templateOf } from "./line-template.ts";
import type { CellRange } from "./row-pairing.ts";

const TEMPLATES_MAX = 4;
export const LINE_BYTES_MAX: number = 1024 * 1024;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/**
 * Two cells of one character each at once, as flags and digits stand in a payload: of 4 bytes, read
 * little-endian, the first and the third are 0x30 to 0x3f, the others commas.
 */
const PAIR_MASK = 0xfff0_fff0 | 0;
const PAIR = 0x2c30_2c30;

/** Reads alike lines; the fields describe the one read last and hold as long as its bytes do. */
export class CaptureTemplates {
  bytes: Uint8Array = new Uint8Array(0);
  /** Cell ranges in `bytes`, as in `Cells`; `ends` tells of missing cells as well. */
  starts: Uint32Array = new Uint32Array(256);
  ends: Uint32Array = new Uint32Array(256);
  readonly ids: LineIds = new LineIds();
  /** Each wanted side's cells. */
  input: CellRange | undefined;
  output: CellRange | undefined;
  /** The one that was met last stands first. */
  readonly #templates: LineTemplate[] = [];
  /** All of the buffer that holds `bytes`, so that several bytes are read at once. */
  #view: DataView = new DataView(new ArrayBuffer(0));
  #cells = 0;
  readonly #lastRanges = { input: { from: 0, to: 0 }, output: { from: 0, to: 0 } };

  /** Reads the line `bytes[from, to)`, valid UTF-8; false when it is like none of the templates. */
  read(bytes: Uint8Array, from = 0, to: number = bytes.length): boolean {
    if (to - from > LINE_BYTES_MAX) return false;
    this.#take(bytes);
    if (to - from + 2 > this.starts.length) this.#grow(2 * (to - from + 2));
    const templates = this.#templates;
    for (let i = 0; i < templates.length; i++) {
      if (!this.#match(templates[i]!, from, to, undefined)) continue;
      if (i > 0) templates.unshift(...templates.splice(i, 1));
      return true;
    }
    return false;
  }

  /** The template of the line read or learnt last. */
  get last(): LineTemplate | undefined {
    return this.#templates[0];
  }

  /**
   * Reads the next line where it is like the one before and has as many cells, and adds it to a
   * batch with the cells laid straight over the columns: what `read` and `CaptureRows` do, in one
   * pass. Returns the number of lines read: 0, and the batch is as before, for any other line.
   */
  readInto(slot: RowSlot, lines: Lines): number {
    const template = this.#templates[0];
    const line = lines.peek();
    if (template === undefined || line === undefined || line.isCut) return 0;
    const { chunk, from, to } = line;
    if (to - from > LINE_BYTES_MAX) return 0;
    this.#take(chunk);
    const { builder, input, output } = slot;
    const { position } = builder;
    const isAlike =
      this.#match(template, from, to, slot) &&
      (this.input === undefined) === (input === undefined) &&
      (this.output === undefined) === (output === undefined);
    if (!isAlike) {
      builder.endText(position);
      return 0;
    }
    builder.addLaid(line.number, this.ids);
    lines.next();
    return 1;
  }

  /** Makes a template of a line that gave this record of one row, where that is possible. */
  learn(line: Uint8Array, { input, output }: CaptureRecord): void {
    if ((input?.encoding ?? "CSV") !== "CSV" || (output?.encoding ?? "CSV") !== "CSV") return;
    if (line.length > LINE_BYTES_MAX) return;
    const wanted: GapKind[] = ["eventId", "inferenceId", "inferenceTime"];
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

  #take(bytes: Uint8Array): void {
    if (bytes === this.bytes) return;
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer);
    this.ids.take(bytes);
  }

  #match(
    { gaps, tail }: LineTemplate,
    from: number,
    to: number,
    slot: RowSlot | undefined,
  ): boolean {
    const view = this.#view;
    const { byteOffset } = this.bytes;
    this.#cells = 0;
    this.input = undefined;
    this.output = undefined;
    this.ids.clear();
    let at = from;
    for (let i = 0; i < gaps.length; i++) {
      const { before, kind } = gaps[i]!;
      if (!before.standAt(view, byteOffset + at, byteOffset + to)) return false;
      const start = at + before.length;
      if (kind === "input" || kind === "output") {
        const first = this.#cells;
        at = slot === undefined ? this.#find(start, to) : this.#lay(slot, slot[kind], start, to);
        // An empty payload has no row.
        if (at === start) return false;
        this[kind] = this.#rangeOf(kind, first, this.#cells);
      } else {
        at = findClosingQuote(view, byteOffset + start, byteOffset + to) - byteOffset;
      }
      if (at < start) return false;
      if (kind !== "input" && kind !== "output" && kind !== "other") this.ids.set(kind, start, at);
    }
    return at + tail.length === to && tail.standAt(view, byteOffset + at, byteOffset + to);
  }

  /** Finds the cells of a payload and returns the index of its closing quote, or -1. */
  #find(from: number, to: number): number {
    return this.#scan(from, to, this.starts, this.ends, this.#cells, 1, 0, this.starts.length);
  }

  /** As `#find`, with the cells laid over columns and the text copied into the batch. */
  #lay({ builder }: RowSlot, side: SideSlot | undefined, from: number, to: number): number {
    if (side === undefined) return -1;
    const { bytes } = this;
    const { columnStarts, columnEnds, stride } = builder;
    // The text begins and ends with cells that are not missing, as `CaptureRows` copies it.
    let textFrom = from;
    while (textFrom < to && bytes[textFrom] === COMMA) textFrom++;
    const shift = builder.filled - textFrom;
    const first = this.#cells;
    const place = side.column * stride + builder.records;
    const close = this.#scan(
      from,
      to,
      columnStarts,
      columnEnds,
      place,
      stride,
      shift,
      place + side.cells * stride,
    );
    if (close < 0 || this.#cells - first !== side.cells) return -1;
    let textTo = close;
    while (textTo > textFrom && bytes[textTo - 1] === COMMA) textTo--;
    if (textTo > textFrom) builder.appendBytes(bytes, textFrom, textTo);
    return close;
  }

  /**
   * Finds the cells of the payload at `from`, counts them, and returns the index of its closing
   * quote; -1 when there is none, or no room. The ranges, moved by `shift`, are written from
   * `place` on, `stride` apart and before `placeEnd`.
   */
  #scan(
    from: number,
    to: number,
    starts: Uint32Array,
    ends: Uint32Array,
    place: number,
    stride: number,
    shift: number,
    placeEnd: number,
  ): number {
    const { bytes } = this;
    const view = this.#view;
    const { byteOffset } = bytes;
    const lastPair = to - 4;
    const lastPlace = placeEnd - 2 * stride;
    let cell = place;
    let cells = 0;
    let at = from;
    for (;;) {
      while (
        at <= lastPair &&
        cell <= lastPlace &&
        (view.getInt32(byteOffset + at, true) & PAIR_MASK) === PAIR
      ) {
        const start = at + shift;
        starts[cell] = start;
        ends[cell] = start + 1;
        cell += stride;
        starts[cell] = start + 2;
        ends[cell] = start + 3;
        cell += stride;
        cells += 2;
        at += 4;
      }
      const start = at;
      let byte = 0;
      for (; at < to; at++) {
        byte = bytes[at]!;
        if (byte > COMMA) {
          if (byte === BACKSLASH) return -1;
        } else if (byte === COMMA || byte === QUOTE) break;
        else if (byte < SPACE) return -1;
      }
      if (at === to || cell >= placeEnd) return -1;
      // -1 is stored as MISSING.
      starts[cell] = start === at ? -1 : start + shift;
      ends[cell] = at + shift;
      cell += stride;
      cells++;
      if (byte === QUOTE) break;
      at++;
    }
    this.#cells += cells;
    return at;
  }

  /** As a rule the range is that of the line before: rows of one width are one object. */
  #rangeOf(side: "input" | "output", from: number, to: number): CellRange {
    const last = this.#lastRanges[side];
    if (last.from === from && last.to === to) return last;
    const range = { from, to };
    this.#lastRanges[side] = range;
    return range;
  }

  #grow(length: number): void {
    this.starts = new Uint32Array(length);
    this.ends = new Uint32Array(length);
  }
}
