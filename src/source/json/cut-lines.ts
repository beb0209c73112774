import { type Line, Lines } from "../lines/line-reader.ts";

/** Lines of a chunk that were cut already, and not at its line feeds. */
export class CutLines extends Lines {
  readonly #lines: readonly Line[];
  #read = 0;

  constructor(lines: readonly Line[]) {
    // It holds no bytes of its own, so that nobody reads on in them.
    super(0);
    this.#lines = lines;
  }

  override peek(): Line | undefined {
    return this.left > 0 ? this.#lines[this.#read] : undefined;
  }

  override next(): Line | undefined {
    const line = this.peek();
    if (line === undefined) return undefined;
    this.#read += 1;
    this.left -= 1;
    return line;
  }

  override rest(): Line[] {
    return this.#lines.slice(this.#read, this.#read + this.left);
  }
}
