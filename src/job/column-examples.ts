/** The first different cells of each column: by name where batches have names, else by position. */
import { MISSING } from "../base/cells.ts";
import { textShape } from "../monitor/text-shape.ts";
import type { Batch } from "../source/batch/batch.ts";
import { columnKey } from "./column-key.ts";

const EXAMPLES_MAX = 3;
/** Records looked at in each batch; later ones are hardly ever of another kind. */
const RECORDS_MAX = 256;
/** Bytes read of a cell whose value is shown; a shape needs fewer. */
const CELL_BYTES_MAX = 256;

export class ColumnExamples {
  readonly #spell: (text: string) => string;
  readonly #byColumn = new Map<string, Set<string>>();

  /** Shows shapes of cells, or with `showsValues` their values. */
  constructor(showsValues: boolean) {
    this.#spell = showsValues ? (text) => text : textShape;
  }

  add({ names, columns, records }: Batch): void {
    for (const [at, { bytes, starts, ends }] of columns.entries()) {
      const key = columnKey(columns.length, at, names?.[at]);
      const found = this.#byColumn.get(key) ?? new Set();
      this.#byColumn.set(key, found);
      for (let i = 0; i < Math.min(records, RECORDS_MAX) && found.size < EXAMPLES_MAX; i++) {
        const start = starts[i]!;
        if (start === MISSING) continue;
        const end = Math.min(ends[i]!, start + CELL_BYTES_MAX);
        found.add(this.#spell(Buffer.from(bytes.subarray(start, end)).toString()));
      }
    }
  }

  /** The examples of a column, in order of appearance. */
  of(key: string): readonly string[] {
    return [...(this.#byColumn.get(key) ?? [])];
  }
}
