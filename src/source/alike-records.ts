/**
 * Records of a program that are like some before them: objects with the keys of one of those, or
 * arrays of as many scalars. Their cells go into columns, many records at a time, without being
 * made rows one by one. What they come to is what those rows would have come to.
 *
 * Memory: 65,536 cells, or one record; the keys of 16 kinds of records; the texts of a batch.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { type Batch, RUN_CELLS_MAX } from "./batch/batch.ts";
import { finishGroup, finishPart } from "./batch/row-batches.ts";
import type { RowGroup } from "./batch/row-group.ts";
import { NO_COLUMN } from "./capture/named-columns.ts";
import { ColumnRuns, type ColumnWriter } from "./columnar/column-runs.ts";
import { NUMBER_BYTES_MAX } from "./columnar/number-text.ts";
import type { NullTokens } from "./null-tokens.ts";
import { type CellStore, RecordShape } from "./record-shape.ts";
import { scalarOf, valueWriter } from "./value-cells.ts";

const CELLS_MAX = 65_536;
/** Cells of a cache line of 64 bytes. */
const LINE_CELLS = 8;
const SHAPES_MAX = 16;
/** Records that are learned from at most: of data without a form more would be in vain. */
const LEARNED_MAX = 64;
/** Bytes of a UTF-16 unit in UTF-8 at most. */
const UNIT_BYTES_MAX = 3;

export class AlikeRecords {
  /** Records that wait to be added. */
  count = 0;
  readonly #tokens: NullTokens | undefined;
  /** Where all of them belong. */
  #group: RowGroup | undefined;
  #runs: ColumnRuns | undefined;
  #shapes: RecordShape[] = [];
  #learned = 0;
  /** Whether a record was taken since the last one that was not. */
  #hasTaken = false;
  /** The values of the records that wait, as `valueWriter` takes them. */
  #store: CellStore = storeOf(new Float64Array(0));
  /** The kernel whose memory has the numbers; undefined where none has. */
  #kernel: Kernel | undefined;
  #writers: readonly ColumnWriter[] = [];
  /** Records whose values there is room for. */
  #roomMax = 0;
  /** Places from a column to the next. */
  #stride = 0;
  /** Records that may wait. */
  #room = 0;
  /** UTF-16 units of the texts that wait. */
  #units = 0;

  constructor(tokens: NullTokens | undefined) {
    this.#tokens = tokens;
  }

  get isFull(): boolean {
    return this.count === this.#room;
  }

  /**
   * Learns from a record that was added to a group as one row, whose cells took these columns of
   * its batches. None may wait.
   */
  learn(record: object, columns: readonly number[], group: RowGroup): void {
    if (this.#learned === LEARNED_MAX) return;
    const hadTaken = this.#hasTaken;
    this.#hasTaken = false;
    // One that belongs elsewhere is not enough to forget those that keep coming.
    if (hadTaken && group !== this.#group) return;
    const prototype: object | null = Object.getPrototypeOf(record);
    const isArray = Array.isArray(record);
    if (!isArray && hasInherited(prototype)) return;
    this.#learned += 1;
    const { width } = group.builder;
    if (group !== this.#group || width !== this.#writers.length) this.#begin(group, width);
    if (this.#shapes.length === SHAPES_MAX) return;
    const places = Array.from({ length: width + 1 }, (_, column) => column * this.#stride);
    this.#shapes.push(new RecordShape(record, columns, places));
    const all = new Set(this.#shapes.flatMap((shape) => shape.columns));
    all.delete(NO_COLUMN);
    for (const shape of this.#shapes) {
      const own = new Set(shape.columns);
      shape.absent = [...all].filter((column) => !own.has(column));
    }
  }

  /** Takes a record that is like one before; false, and it is left alone, for any other. */
  take(record: unknown): boolean {
    if (typeof record !== "object" || record === null) return false;
    const shapes = this.#shapes;
    if (this.count === 0 && shapes.length > 0) {
      const { recordsMax, records } = this.#group!.builder;
      this.#room = Math.min(this.#roomMax, recordsMax - records);
    }
    for (let each = 0; each < shapes.length; each++) {
      const shape = shapes[each]!;
      const units = shape.read(record, this.count, this.#store);
      if (Number.isNaN(units)) continue;
      for (const column of shape.absent) this.#store.put(column * this.#stride + this.count, null);
      this.#units += units;
      this.count += 1;
      this.#hasTaken = true;
      if (each > 0) shapes.unshift(...shapes.splice(each, 1));
      return true;
    }
    return false;
  }

  /** Adds the records that wait, the first of them on `line`, and gives the batches that end. */
  *flush(line: number): Generator<Batch, void> {
    const { count } = this;
    if (count === 0) return;
    const group = this.#group!;
    if (group.isOutgrown) yield* finishGroup(group);
    const { builder } = group;
    const bytesMax = NUMBER_BYTES_MAX * count * builder.width + UNIT_BYTES_MAX * this.#units;
    const isRoomy = builder.position + bytesMax < builder.filledMax;
    // A batch ends with the record that fills it.
    const step = isRoomy ? count : 1;
    for (let from = 0; from < count; from += step) {
      for (let column = 0; column < builder.width; column++) {
        const at = column * this.#stride + from;
        this.#runs!.write(column, this.#writers[column] ?? NOTHING, at, at + step);
      }
      builder.addAllLaid(step, line + from);
      if (builder.isFull) yield* finishGroup(group);
      else if (group.counts?.isAsking) yield* finishPart(group);
    }
    this.count = 0;
    this.#units = 0;
  }

  #begin(group: RowGroup, width: number): void {
    this.#group = group;
    this.#runs = new ColumnRuns(group.builder, this.#tokens, group.counts);
    this.#shapes = [];
    this.#roomMax = Math.min(RUN_CELLS_MAX, Math.max(1, Math.floor(CELLS_MAX / width)));
    // An odd number of cache lines spreads the cells of a record over all sets of the L1 cache.
    this.#stride = this.#roomMax < RUN_CELLS_MAX ? this.#roomMax : RUN_CELLS_MAX + LINE_CELLS;
    // A column more takes what belongs to none.
    this.#openStore((width + 1) * this.#stride, group.counts && group.builder.kernel);
    this.#writers = Array.from({ length: width }, () => valueWriter(this.#store));
  }

  /** Makes room for so many values, in the memory of a kernel where that has room. */
  #openStore(cells: number, kernel: Kernel | undefined): void {
    const { byteOffset, byteLength } = this.#store.numbers;
    this.#kernel?.free(byteOffset, byteLength);
    const held = kernel?.allocateDoubles(cells);
    this.#kernel = held && kernel;
    this.#store = storeOf(held ?? new Float64Array(cells));
  }
}

/** What takes a column that no record has. */
const NOTHING: ColumnWriter = {
  write: (from, to, run) => {
    for (let at = from; at < to; at++) run.addMissing();
  },
  count: undefined,
};

/** Whether a loop over the keys of an object would meet others than its own. */
function hasInherited(prototype: object | null): boolean {
  for (const _ in prototype) return true;
  return false;
}

function storeOf(numbers: Float64Array): CellStore {
  numbers.fill(Number.NaN);
  const texts = new Array<string | null>(numbers.length).fill(null);
  return {
    numbers,
    texts,
    put: (place, value) => {
      const text = scalarOf(value);
      if (text === undefined) return Number.NaN;
      numbers[place] = Number.NaN;
      texts[place] = text;
      return text === null ? 0 : text.length;
    },
  };
}
