/**
 * Counts cells with the WebAssembly kernel: what `CountedCells.add` does to cells whose counter
 * exists. This file and `kernel/assembly/count-cells.ts` are the two sides of one interface.
 *
 * Invariant: the counters are those that TypeScript would have. Memory: 16 KiB.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { KernelCall } from "../kernel/kernel-call.ts";
import { BATCH_RECORDS_MAX, type Column, type CounterPlaces } from "../source/batch/batch.ts";

/** The fields of `CountRun`, 32 bits each; those of addresses are byte offsets in the memory. */
const RUN_FIELDS = [
  "text",
  "starts",
  "ends",
  "count",
  "decimals",
  "texts",
  "rest",
  "restCount",
  "missing",
] as const;

type RunField = (typeof RUN_FIELDS)[number];

const REST_AT = 64;

/** What a column's cells came to. */
export interface CountedRun {
  /** Numbers, from the first one on, of the cells that were not counted; until the next call. */
  readonly rest: Uint32Array;
  readonly missing: number;
}

export class CountKernel {
  readonly kernel: Kernel;
  readonly #at: number;
  readonly #call: KernelCall<RunField>;

  private constructor(kernel: Kernel, at: number) {
    this.kernel = kernel;
    this.#at = at;
    this.#call = new KernelCall(kernel.buffer, at, RUN_FIELDS);
  }

  /** Undefined where the kernel's memory has no room. */
  static open(kernel: Kernel): CountKernel | undefined {
    const at = kernel.allocate(REST_AT + 4 * BATCH_RECORDS_MAX);
    return at === undefined ? undefined : new CountKernel(kernel, at);
  }

  /** Counts cells of a column of a batch that lies in the kernel's memory. */
  count(
    { bytes, starts, ends }: Column,
    from: number,
    until: number,
    places: CounterPlaces,
  ): CountedRun {
    const at = this.#at;
    const call = this.#call;
    call.write({
      text: bytes.byteOffset,
      starts: starts.byteOffset + 4 * from,
      ends: ends.byteOffset + 4 * from,
      count: until - from,
      decimals: places.decimals,
      texts: places.texts,
      rest: at + REST_AT,
      restCount: 0,
      missing: 0,
    });
    this.kernel.code.countCells(at);
    return {
      rest: new Uint32Array(this.kernel.buffer, at + REST_AT, call.read("restCount")),
      missing: call.read("missing"),
    };
  }
}
