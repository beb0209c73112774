/** Memory in which a part of a batch lies: its cell ranges and line numbers, or its text. */
import { type Kernel, openKernel } from "../../kernel/kernel.ts";

export interface BatchMemory {
  /** Where it lies; another one, maybe, after `reserve`. */
  readonly buffer: ArrayBufferLike;
  /** First byte that is the batch's, a multiple of 64; another one, maybe, after `reserve`. */
  readonly from: number;
  /** Bytes from there on that are the batch's. */
  readonly size: number;
  /** The kernel in whose memory it lies; undefined for other memory. */
  readonly kernel: Kernel | undefined;
  /**
   * Makes it at least so many bytes, and at least twice as large if it must grow; the first `held`
   * ones are moved along.
   */
  reserve(bytes: number, held: number): void;
  /** Memory of the same kind beside it, for the other part. */
  another(): BatchMemory;
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

  get size(): number {
    return this.buffer.byteLength;
  }

  reserve(bytes: number, held: number): void {
    if (bytes <= this.size) return;
    const grown = new ArrayBuffer(Math.max(bytes, 2 * this.size));
    new Uint8Array(grown).set(new Uint8Array(this.buffer, 0, held));
    this.buffer = grown;
  }

  another(): HeapMemory {
    return new HeapMemory();
  }
}

/** A kernel's memory while it has room, then ordinary memory. */
export class KernelMemory implements BatchMemory {
  buffer: ArrayBufferLike;
  from = 0;
  kernel: Kernel | undefined;
  size = 0;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.buffer = kernel.buffer;
  }

  reserve(bytes: number, held: number): void {
    if (bytes <= this.size) return;
    const size = 2 ** Math.ceil(Math.log2(bytes));
    const moved = new Uint8Array(this.buffer, this.from, held);
    const from = this.kernel?.allocate(size, false);
    this.buffer = from === undefined ? new ArrayBuffer(size) : this.kernel!.buffer;
    new Uint8Array(this.buffer, from ?? 0, size).set(moved);
    if (this.size > 0) this.kernel?.free(this.from, this.size);
    if (from === undefined) this.kernel = undefined;
    this.from = from ?? 0;
    this.size = size;
  }

  another(): BatchMemory {
    return this.kernel === undefined ? new HeapMemory() : new KernelMemory(this.kernel);
  }
}
