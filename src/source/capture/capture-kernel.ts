/**
 * Reads alike lines with the WebAssembly kernel: what `CaptureTemplates.readInto` does, many lines
 * at a time. This file and `kernel/assembly/capture-lines.ts` are the two sides of one interface.
 *
 * A batch lies in the kernel's memory, so that cells and text are written where they stay. Before
 * it lie, in this order, what a call is told and tells, the template, the ids of the lines read,
 * and a copy of the lines to read.
 *
 * Invariant: the lines that are read, and all that is written for them, are those that TypeScript
 * would read and write; where the kernel stops is a matter of room. Memory: 2 MiB and the batch.
 */
import { type Kernel, openKernel, SCRATCH_AT } from "../../kernel/kernel.ts";
import { KernelCall } from "../../kernel/kernel-call.ts";
import { BATCH_RECORDS_MAX } from "../batch/batch.ts";
import { KernelMemory } from "../batch/batch-memory.ts";
import type { RowSlot, SideSlot } from "../batch/row-slot.ts";
import type { Lines } from "../lines/line-reader.ts";
import { LINE_BYTES_MAX } from "./capture-template.ts";
import type { CountedRows } from "./counted-rows.ts";
import type { IdTexts, RecordIds, RunIds } from "./event-ids.ts";
import type { GapKind, LineTemplate } from "./line-template.ts";

/** The fields of `LineRun`, 32 bits each; those of addresses are byte offsets in the memory. */
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
  "idsRoom",
  "count",
  "countMax",
  "columns",
  "rows",
  "record",
  "masks",
  "blocksMax",
  "payloads",
] as const;

type RunField = (typeof RUN_FIELDS)[number];

/** Fields of `Gap`: before, length, kind, column, cells, ids and idEnds. */
const GAP_FIELDS = 7;
const GAP_TEXT = 0;
const GAP_CELLS = 1;
const GAP_ID = 2;

/** All cells are laid. */
const NO_COUNTS = { columns: 0, rows: 0, record: 0, masks: 0, blocksMax: 0, payloads: 0 };

const LINE_FEED = 0x0a;

/** Bytes that may be read behind a text, whatever they are. */
const SLACK = 64;
const GAPS_MAX = 64;
const TEMPLATE_BYTES = 16 * 1024;
const IDS_BYTES = 256 * 1024;
const PIECE_BYTES: number = 1024 * 1024;

const RUN_AT: number = SCRATCH_AT;
const GAPS_AT: number = RUN_AT + 192;
const TEMPLATE_AT: number = GAPS_AT + 4 * GAP_FIELDS * GAPS_MAX;
const IDS_AT: number = TEMPLATE_AT + TEMPLATE_BYTES + SLACK;
/** The ids of each kind: where they end, behind a 0, and their texts. */
const ID_KINDS = ["eventId", "inferenceId", "inferenceTime"] as const;
const ID_ENDS_BYTES: number = 4 * (BATCH_RECORDS_MAX + 1);
const ID_KIND_BYTES: number = ID_ENDS_BYTES + IDS_BYTES + SLACK;
const PIECE_AT: number = Math.ceil((IDS_AT + ID_KINDS.length * ID_KIND_BYTES) / 64) * 64;
const BATCH_AT: number = PIECE_AT + PIECE_BYTES + 2 * SLACK;

/** Opens the kernel for batches of one width; undefined where the machine can not run it. */
export function openCaptureKernel(): CaptureKernel | undefined {
  const kernel = openKernel(BATCH_AT - SCRATCH_AT);
  return kernel && new CaptureKernel(kernel);
}

export class CaptureKernel {
  /** Where batches must lie. */
  readonly memory: KernelMemory;
  readonly #kernel: Kernel;
  readonly #call: KernelCall<RunField>;
  /** What was written last, for which room was found or not. */
  #template: LineTemplate | undefined;
  #slot: RowSlot | undefined;
  #hasRoom = false;
  #tail = { at: 0, length: 0 };
  /** Where the payloads' cells go, in the order of the gaps. */
  #sides: readonly SideSlot[] = [];
  /** Which lines the memory holds: those of a chunk in [from, to). */
  #piece = { identity: {}, from: 0, to: 0 };

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#call = new KernelCall(kernel.buffer, RUN_AT, RUN_FIELDS);
    this.memory = new KernelMemory(kernel);
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
   * Cells are counted where the batch is.
   */
  readInto({ builder }: RowSlot, lines: Lines, counted?: CountedRows | undefined): number {
    // A batch that has outgrown the kernel's memory lies in another.
    if (builder.kernel !== this.#kernel) return 0;
    this.#hold(lines);
    builder.keepIds();
    const piece = this.#piece;
    const call = this.#call;
    call.write({
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
      idsRoom: IDS_BYTES,
      count: 0,
      countMax: BATCH_RECORDS_MAX,
      ...(counted?.isActive ? counted.places : NO_COUNTS),
    });
    this.#kernel.code.readAlikeLines(RUN_AT);
    const read = call.read("count");
    if (read === 0) return 0;
    counted?.takeRun(read, this.#sides);
    builder.addRun(read, call.read("filled"), this.#idsOf(read));
    lines.pass(read, Math.min(call.read("at") - PIECE_AT + piece.from, lines.to + 1));
    return read;
  }

  /** Shows what the lines read last tell of themselves, as far as the template has gaps for it. */
  #idsOf(read: number): RunIds {
    const ids: Partial<Record<keyof RecordIds, IdTexts>> = {};
    for (const { kind } of this.#template!.gaps) {
      if (!isIdKind(kind)) continue;
      const { endsAt, textsAt } = idsPlaceOf(kind);
      ids[kind] = {
        bytes: Buffer.from(this.#kernel.buffer, textsAt, IDS_BYTES),
        ends: new Uint32Array(this.#kernel.buffer, endsAt + 4, read),
      };
    }
    return ids;
  }

  /** Copies the lines into the memory, as far as they fit and unless they are there. */
  #hold({ identity, chunk, from, to }: Lines): void {
    const held = this.#piece;
    if (identity === held.identity && from >= held.from && from < held.to) return;
    let length = Math.min(to - from, PIECE_BYTES);
    const memory = Buffer.from(this.#kernel.buffer, PIECE_AT, PIECE_BYTES + SLACK);
    memory.set(chunk.subarray(from, from + length));
    // A line that is cut off comes first in the next piece.
    if (from + length < to) length = memory.lastIndexOf(LINE_FEED, length - 1) + 1 || length;
    // No text is read beyond a line feed.
    memory[length] = LINE_FEED;
    this.#piece = { identity, from, to: from + length };
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
    const words = new Uint32Array(this.#kernel.buffer, GAPS_AT, GAP_FIELDS * gaps.length);
    const memory = new Uint8Array(this.#kernel.buffer);
    const sides: SideSlot[] = [];
    let at = TEMPLATE_AT;
    for (const [i, { before, kind }] of gaps.entries()) {
      const side = kind === "input" || kind === "output" ? slot[kind]! : undefined;
      const ids = isIdKind(kind) ? idsPlaceOf(kind) : undefined;
      const code = side !== undefined ? GAP_CELLS : ids !== undefined ? GAP_ID : GAP_TEXT;
      if (side !== undefined) sides.push(side);
      const fields = [
        code,
        side?.column ?? 0,
        side?.cells ?? 0,
        ids?.textsAt ?? 0,
        ids?.endsAt ?? 0,
      ];
      words.set([at, before.length, ...fields], GAP_FIELDS * i);
      memory.set(before.bytes, at);
      at += before.length;
    }
    for (const kind of ID_KINDS)
      new Uint32Array(this.#kernel.buffer, idsPlaceOf(kind).endsAt, 1).set([0]);
    memory.set(tail.bytes, at);
    this.#tail = { at, length: tail.length };
    this.#sides = sides;
    return true;
  }
}

function isIdKind(kind: GapKind): kind is keyof RecordIds {
  return kind === "eventId" || kind === "inferenceId" || kind === "inferenceTime";
}

function idsPlaceOf(kind: keyof RecordIds): { endsAt: number; textsAt: number } {
  const endsAt = IDS_AT + ID_KIND_BYTES * ID_KINDS.indexOf(kind);
  return { endsAt, textsAt: endsAt + ID_ENDS_BYTES };
}
