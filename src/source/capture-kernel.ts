/**
 * Reads alike lines with the WebAssembly kernel: what `CaptureTemplates.readInto` does, many lines
 * at a time. This file and `kernel/assembly/capture-lines.ts` are the two sides of one interface.
 *
 * A batch lies in the kernel's memory, so that cells and text are written where they stay. Before
 * it lie, in this order, what a call is told and tells, the template, the ids of the lines read,
 * and a copy of the lines to read.
 *
 * Invariant: the lines that are read, and all that is written for them, are those that TypeScript
 * would read and write; where the kernel stops is a matter of room. Memory: 1.5 MiB and the batch.
 */
import { type Kernel, openKernel } from "../kernel/kernel.ts";
import { BATCH_RECORDS_MAX } from "./batch.ts";
import type { BatchMemory } from "./batch-memory.ts";
import { LINE_BYTES_MAX } from "./capture-template.ts";
import type { Lines } from "./line-reader.ts";
import type { LineTemplate } from "./line-template.ts";
import type { RowSlot } from "./row-slot.ts";

/** The fields of `Run`, 32 bits each; those of addresses are byte offsets in the memory. */
const RUN_FIELDS = [
  "at",
  "end",
  "lineBytesMax",
  "gaps",
  "gapCount",
  "tail",
  "tailLength",
  "starts",
  "ends",
  "stride",
  "lines",
  "line",
  "row",
  "rowsMax",
  "text",
  "filled",
  "room",
  "full",
  "ids",
  "idsFilled",
  "idsRoom",
  "idEnds",
  "idCount",
  "idsMax",
] as const;

type Run = Readonly<Record<(typeof RUN_FIELDS)[number], number>>;

/** Fields of `Gap`: before, length, kind, place and cells. */
const GAP_FIELDS = 5;
const GAP_TEXT = 0;
const GAP_CELLS = 1;
const GAP_ID = 2;

/** Bytes that may be read behind a text, whatever they are. */
const SLACK = 64;
const GAPS_MAX = 64;
const TEMPLATE_BYTES = 16 * 1024;
const IDS_BYTES = 256 * 1024;
const PIECE_BYTES: number = 1024 * 1024;

const RUN_AT = 64;
const GAPS_AT = 256;
const TEMPLATE_AT: number = GAPS_AT + 4 * GAP_FIELDS * GAPS_MAX;
const ID_ENDS_AT: number = TEMPLATE_AT + TEMPLATE_BYTES + SLACK;
const IDS_AT: number = ID_ENDS_AT + 4 * BATCH_RECORDS_MAX;
const PIECE_AT: number = IDS_AT + IDS_BYTES + SLACK;
const BATCH_AT: number = PIECE_AT + PIECE_BYTES + 2 * SLACK;

/** Opens the kernel for batches of one width; undefined where the machine can not run it. */
export function openCaptureKernel(): CaptureKernel | undefined {
  const kernel = openKernel();
  return kernel && new CaptureKernel(kernel);
}

export class CaptureKernel implements BatchMemory {
  readonly from: number = BATCH_AT;
  readonly #kernel: Kernel;
  /** What was written last, for which room was found or not. */
  #template: LineTemplate | undefined;
  #slot: RowSlot | undefined;
  #hasRoom = false;
  #tail = { at: 0, length: 0 };
  /** Which lines the memory holds: those of a chunk in [from, to). */
  #piece = { identity: {}, from: 0, to: 0 };

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.reserve(BATCH_AT);
  }

  get buffer(): ArrayBuffer {
    return this.#kernel.buffer;
  }

  reserve(bytes: number): void {
    this.#kernel.reserve(bytes);
  }

  /** Takes a template and the place of a row's cells for the lines to come, if there is room. */
  takes(template: LineTemplate | undefined, slot: RowSlot): boolean {
    if (template === this.#template && slot === this.#slot) return this.#hasRoom;
    this.#template = template;
    this.#slot = slot;
    this.#hasRoom = template !== undefined && this.#write(template, slot);
    return this.#hasRoom;
  }

  /**
   * Reads lines from the next one on into the batch that lies in this memory, while they are alike,
   * the batch is not full and there is room; returns their number. The batch must not be full.
   */
  readInto({ builder }: RowSlot, lines: Lines): number {
    this.#hold(lines);
    const piece = this.#piece;
    const run: Run = {
      at: PIECE_AT + lines.from - piece.from,
      end: PIECE_AT + piece.to - piece.from,
      lineBytesMax: Math.min(lines.bytesMax, LINE_BYTES_MAX),
      gaps: GAPS_AT,
      gapCount: this.#template!.gaps.length,
      tail: this.#tail.at,
      tailLength: this.#tail.length,
      starts: builder.columnStarts.byteOffset,
      ends: builder.columnEnds.byteOffset,
      stride: 4 * builder.stride,
      lines: builder.lines.byteOffset,
      line: lines.number + 1,
      row: builder.records,
      rowsMax: Math.min(builder.recordsMax, builder.records + lines.left),
      text: builder.bytes.byteOffset,
      filled: builder.filled,
      room: builder.bytes.length,
      full: builder.filledMax,
      ids: IDS_AT,
      idsFilled: 0,
      idsRoom: IDS_BYTES,
      idEnds: ID_ENDS_AT,
      idCount: 0,
      idsMax: BATCH_RECORDS_MAX,
    };
    const words = new Uint32Array(this.buffer, RUN_AT, RUN_FIELDS.length);
    words.set(RUN_FIELDS.map((field) => run[field]));
    this.#kernel.code.readAlikeLines(RUN_AT);
    const now = (field: keyof Run): number => words[RUN_FIELDS.indexOf(field)]!;
    const read = now("idCount");
    if (read === 0) return 0;
    const hasIds = this.#template!.gaps.some(({ kind }) => kind === "eventId");
    const ids = hasIds ? new Uint8Array(this.buffer, IDS_AT, now("idsFilled")) : undefined;
    builder.addRun(read, now("filled"), ids, new Uint32Array(this.buffer, ID_ENDS_AT, read));
    lines.pass(read, Math.min(now("at") - PIECE_AT + piece.from, lines.to + 1));
    return read;
  }

  /** Copies the lines into the memory, as far as they fit and unless they are there. */
  #hold({ identity, chunk, from, to }: Lines): void {
    const held = this.#piece;
    if (identity === held.identity && from >= held.from && from < held.to) return;
    const end = Math.min(to, from + PIECE_BYTES);
    const memory = new Uint8Array(this.buffer, PIECE_AT, PIECE_BYTES + SLACK);
    memory.set(chunk.subarray(from, end));
    // No text is read beyond a line feed.
    memory[end - from] = 0x0a;
    this.#piece = { identity, from, to: end };
  }

  /** Writes gaps and fixed bytes; false where they do not fit or the sides are not the slot's. */
  #write({ gaps, tail }: LineTemplate, slot: RowSlot): boolean {
    const bytes = [...gaps.map(({ before }) => before.bytes), tail.bytes];
    const length = bytes.reduce((sum, each) => sum + each.length, 0);
    if (gaps.length > GAPS_MAX || length > TEMPLATE_BYTES) return false;
    for (const side of ["input", "output"] as const) {
      const hasGap = gaps.some(({ kind }) => kind === side);
      if (hasGap !== (slot[side] !== undefined)) return false;
    }
    const words = new Uint32Array(this.buffer, GAPS_AT, GAP_FIELDS * gaps.length);
    const memory = new Uint8Array(this.buffer);
    let at = TEMPLATE_AT;
    for (const [i, { before, kind }] of gaps.entries()) {
      const side = kind === "input" || kind === "output" ? slot[kind]! : undefined;
      const code = side !== undefined ? GAP_CELLS : kind === "eventId" ? GAP_ID : GAP_TEXT;
      const place = 4 * slot.builder.stride * (side?.column ?? 0);
      words.set([at, before.length, code, place, side?.cells ?? 0], GAP_FIELDS * i);
      memory.set(before.bytes, at);
      at += before.length;
    }
    memory.set(tail.bytes, at);
    this.#tail = { at, length: tail.length };
    return true;
  }
}
