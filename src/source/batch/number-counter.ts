/**
 * Counts doubles with the WebAssembly kernel. This file and `kernel/assembly/count-doubles.ts` are
 * the two sides of one interface; where there is no kernel, cells are laid.
 *
 * Memory: 1.5 KiB.
 */
import type { Kernel } from "../../kernel/kernel.ts";
import { RUN_CELLS_MAX } from "./batch.ts";

const DOUBLE_BYTES = 8;

export class NumberCounter {
  /** A place for doubles that lie elsewhere. */
  readonly values: Float64Array;
  /** How many were left by the last call, and behind that their numbers. */
  readonly rest: Uint32Array;
  readonly #kernel: Kernel;
  readonly #restAt: number;

  private constructor(kernel: Kernel, at: number) {
    this.#kernel = kernel;
    this.values = new Float64Array(kernel.buffer, at, RUN_CELLS_MAX);
    this.#restAt = at + this.values.byteLength;
    this.rest = new Uint32Array(kernel.buffer, this.#restAt, 1 + RUN_CELLS_MAX);
  }

  /** Undefined where the kernel's memory has no room. */
  static open(kernel: Kernel): NumberCounter | undefined {
    const at = kernel.allocate((DOUBLE_BYTES + 4) * RUN_CELLS_MAX + 4, false);
    return at === undefined ? undefined : new NumberCounter(kernel, at);
  }

  /**
   * Counts the doubles [`from`, `from` + `count`), at most `RUN_CELLS_MAX`, of an array in the
   * kernel's memory, each with `placesMin` decimals at least, in the counters at `decimals`, and
   * returns the bytes of their texts. Lists in `rest` those that have no counter, and NaN.
   */
  count(
    values: Float64Array,
    from: number,
    count: number,
    decimals: number,
    placesMin: 0 | 1,
  ): number {
    const at = values.byteOffset + DOUBLE_BYTES * from;
    return this.#kernel.code.countDoubles(at, count, decimals, placesMin, this.#restAt);
  }
}
