/** What a call of the kernel is told and tells: fields of 32 bits at a place in its memory. */
export class KernelCall<Field extends string> {
  readonly #words: Uint32Array;
  readonly #places: ReadonlyMap<Field, number>;

  /** The fields in the order in which the kernel lays them out. */
  constructor(buffer: SharedArrayBuffer, at: number, fields: readonly Field[]) {
    this.#words = new Uint32Array(buffer, at, fields.length);
    this.#places = new Map(fields.map((field, place) => [field, place]));
  }

  write(values: Readonly<Record<Field, number>>): void {
    for (const [field, place] of this.#places) this.#words[place] = values[field];
  }

  read(field: Field): number {
    return this.#words[this.#places.get(field)!]!;
  }
}
