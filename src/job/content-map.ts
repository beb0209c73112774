/** Where each byte of the content of several files, one behind another, stands. */
export interface ContentPlace {
  /** Number of the file, that of files where the content has ended. */
  readonly file: number;
  readonly byte: number;
}

export class ContentMap {
  /** All bytes. */
  readonly size: number;
  readonly #starts: readonly number[];

  constructor(sizes: readonly number[]) {
    let size = 0;
    this.#starts = sizes.map((each) => {
      size += each;
      return size - each;
    });
    this.size = size;
  }

  /** Byte of the content at which a file begins. */
  startOf(file: number): number {
    return this.#starts[file] ?? this.size;
  }

  /** Finds a byte; the end of a file is the start of the next one. */
  placeOf(offset: number): ContentPlace {
    if (offset >= this.size) return { file: this.#starts.length, byte: 0 };
    const file = this.#starts.findLastIndex((start) => start <= offset);
    return { file, byte: offset - this.#starts[file]! };
  }
}
