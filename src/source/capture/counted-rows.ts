/**
 * Rows of captured payloads that are counted while they are read: a `CountPlan` of their batches,
 * and where each row's text lies, so that the few rows that evidence names can be laid after all.
 *
 * Only the kernel counts. Rows that come otherwise are laid cell by cell, so a batch is counted
 * where most rows of the one before came from the kernel. Memory: that of the plan, 40 bytes a row,
 * and the ranges of the rows that were not counted.
 */
import { MISSING } from "../../base/cells.ts";
import type { Batch } from "../batch/batch.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";
import type { SideSlot } from "../batch/row-slot.ts";
import { CountPlan } from "../csv/count-plan.ts";

/** The fields of `Payload`, 32 bits each: these, and where its line and its masks were. */
const PAYLOAD_FIELDS = 5;
const [FROM, TO, LEADING] = [0, 1, 2];
/** Of the request and of the reply. */
const PAYLOADS = 2;
const COMMA = 0x2c;

/** Rows up to one, whose payloads' cells go to these columns. */
interface CountedRun {
  until: number;
  readonly sides: readonly SideSlot[];
}

type Ranges = Pick<BatchBuilder, "columnStarts" | "columnEnds">;

export class CountedRows {
  readonly width: number;
  readonly #builder: BatchBuilder;
  readonly #plan: CountPlan;
  readonly #payloads: Uint32Array;
  /** Of the rows that the kernel read, whether counted or not. */
  #runs: CountedRun[] = [];
  #fromKernel = 0;
  /** Cell ranges of the others, by row. */
  readonly #laid = new Map<number, Ranges>();
  #isOffered = false;

  private constructor(builder: BatchBuilder, plan: CountPlan, payloads: Uint32Array) {
    this.width = builder.width;
    this.#builder = builder;
    this.#plan = plan;
    this.#payloads = payloads;
  }

  /** For a builder's batches; undefined where no kernel is, or no room in its memory. */
  static open(builder: BatchBuilder): CountedRows | undefined {
    const { kernel, recordsMax } = builder;
    const length = PAYLOADS * PAYLOAD_FIELDS * recordsMax;
    const at = kernel?.allocate(4 * length);
    const plan = at === undefined ? undefined : CountPlan.open(builder);
    if (plan === undefined) return undefined;
    return new CountedRows(builder, plan, new Uint32Array(kernel!.buffer, at, length));
  }

  /** Whether the batch under way is counted. */
  get isActive(): boolean {
    return this.#plan.isActive;
  }

  /** Where the kernel finds all this; see `LineRun`. */
  get places(): CountPlan["places"] & { readonly payloads: number } {
    return { ...this.#plan.places, payloads: this.#payloads.byteOffset };
  }

  /** Begins a batch. */
  begin(): void {
    this.#plan.begin(this.#isOffered);
    this.#runs = [];
    this.#fromKernel = 0;
    this.#laid.clear();
  }

  /** Takes the rows that the kernel has read, before they are added. */
  takeRun(rows: number, sides: readonly SideSlot[]): void {
    const until = this.#builder.records + rows;
    const last = this.#runs.at(-1);
    if (last?.sides === sides) last.until = until;
    else this.#runs.push({ until, sides });
    this.#fromKernel += rows;
  }

  /** Takes the row that was added last, its cells laid at its place in all columns. */
  takeLaid(): void {
    if (!this.isActive) return;
    const { width } = this;
    const { columnStarts, columnEnds, stride, records } = this.#builder;
    const row = records - 1;
    const laid = { columnStarts: new Uint32Array(width), columnEnds: new Uint32Array(width) };
    for (let column = 0; column < width; column++) {
      laid.columnStarts[column] = columnStarts[column * stride + row]!;
      laid.columnEnds[column] = columnEnds[column * stride + row]!;
    }
    this.#laid.set(row, laid);
    const place = { columnStarts, columnEnds, records: row };
    this.#plan.lay(place, laid.columnStarts, laid.columnEnds, width);
  }

  /** Shows the batch under way as what was counted and laid of it. */
  finish(batch: Batch): Batch {
    this.#isOffered = 2 * this.#fromKernel > batch.records;
    const shown = this.#plan.finish(batch);
    if (!this.isActive) return shown;
    return { ...shown, layRecord: (record) => this.#layRecord(record) };
  }

  #layRecord(row: number): void {
    const laid = this.#laid.get(row);
    if (laid === undefined) {
      const { sides } = this.#runs.find(({ until }) => row < until)!;
      for (const [at, side] of sides.entries()) this.#layPayload(row, side, PAYLOADS * row + at);
      return;
    }
    const { columnStarts, columnEnds, stride } = this.#builder;
    for (let column = 0; column < this.width; column++) {
      columnStarts[column * stride + row] = laid.columnStarts[column]!;
      columnEnds[column * stride + row] = laid.columnEnds[column]!;
    }
  }

  /** Cells before and behind a payload's text are missing. */
  #layPayload(row: number, { column, cells }: SideSlot, payload: number): void {
    const { bytes, columnStarts, columnEnds, stride } = this.#builder;
    const fields = PAYLOAD_FIELDS * payload;
    const to = this.#payloads[fields + TO]!;
    const end = (column + cells) * stride + row;
    let place = column * stride + row;
    for (let left = this.#payloads[fields + LEADING]!; left > 0 && place < end; left--) {
      columnStarts[place] = MISSING;
      place += stride;
    }
    for (let at = this.#payloads[fields + FROM]!; place < end; at++) {
      const start = at;
      while (at < to && bytes[at] !== COMMA) at++;
      columnStarts[place] = start >= at ? MISSING : start;
      columnEnds[place] = at;
      place += stride;
    }
  }
}
