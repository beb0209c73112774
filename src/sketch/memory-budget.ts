/** What the count tables of all columns may use together. */
export const TABLE_BYTES_MAX: number = 16 * 1024 * 1024;

/** Bytes that several tables may use together. */
export class MemoryBudget {
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isExceeded(): boolean {
    return this.#bytes > this.#bytesMax;
  }

  /** Takes bytes, or gives them back when negative. */
  use(bytes: number): void {
    this.#bytes += bytes;
  }
}
