/**
 * Spells doubles with the WebAssembly kernel. This file and `kernel/assembly/spell-doubles.ts` are
 * the two sides of one interface.
 */
import type { Kernel } from "../../kernel/kernel.ts";
import { KernelCall } from "../../kernel/kernel-call.ts";

/** The fields of `SpellRun`, 32 bits each; those of addresses are byte offsets in the memory. */
const RUN_FIELDS = ["values", "count", "text", "ends", "areSingle"] as const;

type RunField = (typeof RUN_FIELDS)[number];

const VALUES_AT = 64;

export class SpellKernel {
  readonly kernel: Kernel;
  /** The doubles to be spelled. */
  readonly values: Float64Array;
  /** Where the text of each ended, counted from the first one's start; one may have none. */
  readonly ends: Uint32Array;
  readonly #at: number;
  readonly #call: KernelCall<RunField>;

  private constructor(kernel: Kernel, at: number, countMax: number) {
    this.kernel = kernel;
    this.#at = at;
    this.values = new Float64Array(kernel.buffer, at + VALUES_AT, countMax);
    this.ends = new Uint32Array(kernel.buffer, at + VALUES_AT + 8 * countMax, countMax);
    this.#call = new KernelCall(kernel.buffer, at, RUN_FIELDS);
  }

  /** For so many doubles at a time; undefined where the kernel's memory has no room. */
  static open(kernel: Kernel, countMax: number): SpellKernel | undefined {
    const at = kernel.allocate(VALUES_AT + 12 * countMax);
    return at === undefined ? undefined : new SpellKernel(kernel, at, countMax);
  }

  /**
   * Spells the first `count` values, of double or single precision, at an offset of the memory,
   * where each has 32 bytes.
   */
  spell(count: number, text: number, areSingle: boolean): void {
    const { byteOffset: values } = this.values;
    const { byteOffset: ends } = this.ends;
    this.#call.write({ values, count, text, ends, areSingle: areSingle ? 1 : 0 });
    this.kernel.code.spellDoubles(this.#at);
  }
}
