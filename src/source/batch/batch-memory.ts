/** Memory in which a batch lies: its cell ranges, its line numbers and its text. */
import { type Kernel, openKernel } from "../../kernel/kernel.ts";

export interface BatchMemory {
  /** Where it lies; another one, maybe, after `reserve`. */
  readonly buffer: ArrayBufferLike;
  /** First byte that is the batch's, a multiple of 64; another one, maybe, after `reserve`. */
  readonly from: number;
  /** The kernel in whose memory it lies; undefined for other memory. */
  readonly kernel: Kernel | undefined;
  /** Makes it at least so many bytes from `from` on; what it held is moved along. */
  reserve(bytes: number): void;
}

/** Opens a kernel's memory, or ordinary memory where the machine can not run a kernel. */
export function openBatchMemory(): BatchMemory {
  const kernel = openKernel();
  return kernel === undefined ? new HeapMemory() : new KernelMemory(kernel);
}

/** Ordinary memory. */
export class HeapMemory implements BatchMemory {
  buffer: ArrayBuffer = new ArrayBuffer(0);
  readonly from = 0;
  readonly kernel: undefined;

  reserve(bytes: number): void {
    if (bytes <= this.buffer.byteLength) return;
    const grown = new ArrayBuffer(bytes);
    new Uint8Array(grown).set(new Uint8Array(this.buffer));
    this.buffer = grown;
  }
}

/** A kernel's memory while it has room, then ordinary memory. */
export class KernelMemory implements BatchMemory {
  buffer: ArrayBufferLike;
  from = 0;
  kernel: Kernel | undefined;
  #size = 0;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.buffer = kernel.buffer;
  }

  reserve(bytes: number): void {
    if (bytes <= this.#size) return;
    const size = 2 ** Math.ceil(Math.log2(bytes));
    const held = new Uint8Array(this.buffer, this.from, this.#size);
    const from = this.kernel?.allocate(size, false);
    this.buffer = from === undefined ? new ArrayBuffer(size) : this.kernel!.buffer;
    new Uint8Array(this.buffer, from ?? 0, size).set(held);
    if (this.#size > 0) this.kernel?.free(this.from, this.#size);
    if (from === undefined) this.kernel = undefined;
    this.from = from ?? 0;
    this.#size = size;
  }
}
