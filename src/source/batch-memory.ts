/** Memory in which a batch lies: its cell ranges, its line numbers and its text. */

export interface BatchMemory {
  /** All of it; replaced when it grows, and what it held stands in the new one. */
  readonly buffer: ArrayBuffer;
  /** First byte that is the batch's, a multiple of 64. */
  readonly from: number;
  /** Makes it at least so large. */
  reserve(bytes: number): void;
}

/** Ordinary memory. */
export class HeapMemory implements BatchMemory {
  buffer: ArrayBuffer = new ArrayBuffer(0);
  readonly from = 0;

  reserve(bytes: number): void {
    if (bytes <= this.buffer.byteLength) return;
    const grown = new ArrayBuffer(bytes);
    new Uint8Array(grown).set(new Uint8Array(this.buffer));
    this.buffer = grown;
  }
}
