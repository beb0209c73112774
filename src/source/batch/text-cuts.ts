/** Where a text that is read and moves within its buffer is to be cut. */
export class TextCuts {
  /** Ascending positions; an early one may lie behind what was read. */
  #cuts: number[] = [];

  /** The first one; infinite where there is none. */
  get next(): number {
    return this.#cuts[0] ?? Number.POSITIVE_INFINITY;
  }

  add(position: number): void {
    this.#cuts.push(position);
  }

  /** Forgets the cuts up to a position; returns the last of them, undefined if there were none. */
  take(position: number): number | undefined {
    const ahead = this.#cuts.findIndex((cut) => cut > position);
    return this.#cuts.splice(0, ahead < 0 ? this.#cuts.length : ahead).at(-1);
  }

  /** Follows the text so many bytes to the front. */
  move(bytes: number): void {
    this.#cuts = this.#cuts.map((cut) => cut - bytes);
  }
}
