/** What a call of the kernel is told and tells: fields of 32 bits at a place in its memory. */
export class KernelCall<Field extends string> {
  readonly #words: Uint32Array;
  readonly #fields: readonly Field[];

  /** The fields in the order in which the kernel lays them out. */
  constructor(buffer: SharedArrayBuffer, at: number, fields: readonly Field[]) {
    this.#words = new Uint32Array(buffer, at, fields.length);
    this.#fields = fields;
  }

  write(values: Readonly<Record<Field, number>>): void {
    const fields = this.#fields;
    for (let place = 0; place < fields.length; place++) this.#words[place] = values[fields[place]!];
  }

  read(field: Field): number {
    return this.#words[this.#fields.indexOf(field)]!;
  }
}
