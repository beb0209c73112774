/**
 * Reads records of CSV text with the WebAssembly kernel: what `CsvScanner` and
 * `BatchBuilder.addRecord` do, many records at a time. This file and
 * `kernel/assembly/csv-records.ts` are the two sides of one interface.
 *
 * Cells are laid over the columns of a batch, or counted where a plan has counters.
 * Invariant: the records read, and all that is written for them, are those that TypeScript would
 * read and write; it leaves those that have another number of cells, or anything wrong.
 */
import { type Kernel, openKernel, SCRATCH_AT } from "../../kernel/kernel.ts";
import { KernelCall } from "../../kernel/kernel-call.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";
import { KernelMemory } from "../batch/batch-memory.ts";
import type { CountPlan } from "./count-plan.ts";
import type { CsvBytes } from "./csv-scanner.ts";

/** The fields of `CsvRun`, 32 bits each; those of addresses are byte offsets in the memory. */
const RUN_FIELDS = [
  "at",
  "end",
  "text",
  "delimiter",
  "quote",
  "recordBytesMax",
  "width",
  "starts",
  "ends",
  "stride",
  "lines",
  "line",
  "row",
  "rowsMax",
  "full",
  "columns",
  "rows",
  "record",
  "masks",
  "blocksMax",
] as const;

type RunField = (typeof RUN_FIELDS)[number];

const RUN_AT: number = SCRATCH_AT;

const NO_PLAN = { columns: 0, rows: 0, record: 0, masks: 0, blocksMax: 0 };

/** Opens the kernel; undefined where the machine can not run it. */
export function openCsvKernel(): CsvKernel | undefined {
  const kernel = openKernel(4 * RUN_FIELDS.length);
  return kernel && new CsvKernel(kernel);
}

export class CsvKernel {
  /** Where batches must lie. */
  readonly memory: KernelMemory;
  readonly #kernel: Kernel;
  readonly #call: KernelCall<RunField>;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.memory = new KernelMemory(kernel);
    this.#call = new KernelCall(kernel.buffer, RUN_AT, RUN_FIELDS);
  }

  /** The same kernel for another source, its memory free; this one must not be used again. */
  renew(): CsvKernel {
    this.#kernel.reset();
    return new CsvKernel(this.#kernel);
  }

  /**
   * Reads records from the builder's position on, the first at `line`, while it can, the batch is
   * not full and has less than `recordsMax`; returns the line behind them. The builder must be one
   * of `memory`.
   */
  read(
    builder: BatchBuilder,
    line: number,
    dialect: CsvBytes,
    plan: CountPlan | undefined,
    recordsMax: number,
  ): number {
    // Text that has outgrown the kernel's memory lies in another.
    if (builder.kernel !== this.#kernel) return line;
    const text = builder.bytes.byteOffset;
    const call = this.#call;
    call.write({
      at: text + builder.position,
      end: text + builder.filled,
      text,
      ...dialect,
      width: builder.width,
      starts: builder.columnStarts.byteOffset,
      ends: builder.columnEnds.byteOffset,
      stride: 4 * builder.stride,
      lines: builder.lines.byteOffset,
      line,
      row: builder.records,
      rowsMax: Math.min(builder.recordsMax, recordsMax),
      full: text + builder.filledMax,
      ...(plan?.places ?? NO_PLAN),
    });
    if (plan === undefined) this.#kernel.code.layRecords(RUN_AT);
    else this.#kernel.code.countRecords(RUN_AT);
    builder.takeInPlace(call.read("row") - builder.records, call.read("at") - text);
    return call.read("line");
  }
}
