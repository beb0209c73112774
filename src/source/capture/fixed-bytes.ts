/**
 * Bytes to look for at a known place, compared 8 at a time.
 *
 * 8 bytes are compared as a double, which a `DataView` reads without an allocation. Invariant: no
 * two texts are mistaken for each other, and none for different from itself. Different bytes are
 * equal doubles only as 0 and -0, which hold zeros; NaN, which equals nothing, has as its last byte
 * 7f or ff behind one of f0 to ff, which no valid UTF-8 has. So the bytes looked for must be valid
 * UTF-8 without NUL.
 */
export class FixedBytes {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly #words: Float64Array;
  /** The up to 7 bytes behind the last whole word. */
  readonly #rest: Uint8Array;

  /** Takes valid UTF-8 without NUL. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const words = bytes.length >> 3;
    this.bytes = new Uint8Array(bytes);
    this.length = bytes.length;
    this.#words = Float64Array.from({ length: words }, (_, i) => view.getFloat64(8 * i, true));
    this.#rest = this.bytes.subarray(8 * words);
  }

  /** Whether the bytes stand at `at` in the view and end at or before `end`. */
  standAt(view: DataView, at: number, end: number): boolean {
    if (at + this.length > end) return false;
    const words = this.#words;
    let place = at;
    for (let i = 0; i < words.length; i++, place += 8) {
      if (view.getFloat64(place, true) !== words[i]) return false;
    }
    const rest = this.#rest;
    for (let i = 0; i < rest.length; i++) if (view.getUint8(place + i) !== rest[i]) return false;
    return true;
  }
}
