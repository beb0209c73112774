/** The start of a line whose end has not come yet; doubles as it grows, up to `bytesMax`. */
export class Carry {
  readonly #bytesMax: number;
  #buffer: Uint8Array = new Uint8Array(1024);
  #length = 0;
  isCut = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  append(piece: Uint8Array): void {
    const room = this.#bytesMax - this.#length;
    const kept = piece.length > room ? piece.subarray(0, room) : piece;
    if (kept !== piece) this.isCut = true;
    const length = this.#length + kept.length;
    if (length > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#buffer.length));
      grown.set(this.bytes);
      this.#buffer = grown;
    }
    this.#buffer.set(kept, this.#length);
    this.#length = length;
  }

  clear(): void {
    this.#length = 0;
    this.isCut = false;
  }
}
