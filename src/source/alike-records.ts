/**
 * Records of a program that are like some before them: objects with the keys of one of those, or
 * arrays of as many scalars. Their cells go into columns, many records at a time, without being
 * made rows one by one. What they come to is what those rows would have come to.
 *
 * Memory: 65,536 cells, or one record; the keys of 16 kinds of records; the texts of a batch.
 */
import type { Batch } from "./batch/batch.ts";
import { finishGroup } from "./batch/row-batches.ts";
import type { RowGroup } from "./batch/row-group.ts";
import { NO_COLUMN } from "./capture/named-columns.ts";
import { RUN_CELLS_MAX } from "./columnar/cell-writer.ts";
import { ColumnRuns, type ColumnWriter } from "./columnar/column-runs.ts";
import { NUMBER_BYTES_MAX } from "./columnar/number-text.ts";
import type { NullTokens } from "./null-tokens.ts";
import { scalarOf, valueWriter } from "./value-cells.ts";

const CELLS_MAX = 65_536;
const SHAPES_MAX = 16;
/** Records that are learned from at most: of data without a form more would be in vain. */
const LEARNED_MAX = 64;
/** Bytes of a UTF-16 unit in UTF-8 at most. */
const UNIT_BYTES_MAX = 3;

/** A kind of records. */
interface Shape {
  /** Keys in their order; undefined for arrays. */
  readonly keys: readonly string[] | undefined;
  readonly prototype: object | null;
  /** Column of each cell, `NO_COLUMN` for none. */
  readonly columns: readonly number[];
  /** Columns of other shapes that none of its cells takes. */
  absent: readonly number[];
}

export class AlikeRecords {
  /** Records that wait to be added. */
  count = 0;
  readonly #tokens: NullTokens | undefined;
  /** Where all of them belong. */
  #group: RowGroup | undefined;
  #runs: ColumnRuns | undefined;
  #shapes: Shape[] = [];
  #learned = 0;
  /** Whether a record was taken since the last one that was not. */
  #hasTaken = false;
  /** By column the values of the records that wait, as `valueWriter` takes them. */
  #numbers: Float64Array = new Float64Array(0);
  #texts: (string | null)[][] = [];
  #writers: readonly ColumnWriter[] = [];
  /** Records whose values there is room for. */
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
    if (group !== this.#group || width !== this.#texts.length) this.#begin(group, width);
    if (this.#shapes.length === SHAPES_MAX) return;
    const keys = isArray ? undefined : Object.keys(record);
    this.#shapes.push({ keys, prototype, columns, absent: [] });
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
      this.#room = Math.min(this.#stride, recordsMax - records);
    }
    for (let each = 0; each < shapes.length; each++) {
      const shape = shapes[each]!;
      const isArray = shape.keys === undefined;
      const units = isArray ? this.#takeArray(record, shape) : this.#takeObject(record, shape);
      if (units === undefined) continue;
      for (const column of shape.absent) this.#setText(column, null);
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
    const isRoomy = builder.position + builder.unwritten + bytesMax < builder.filledMax;
    // A batch ends with the record that fills it.
    const step = isRoomy ? count : 1;
    for (let from = 0; from < count; from += step) {
      for (let column = 0; column < builder.width; column++) {
        this.#runs!.write(column, this.#writers[column] ?? NOTHING, from, from + step);
      }
      builder.addAllLaid(step, line + from);
      if (builder.isFull) yield* finishGroup(group);
    }
    this.count = 0;
    this.#units = 0;
  }

  #begin(group: RowGroup, width: number): void {
    this.#group = group;
    this.#runs = new ColumnRuns(group.builder, this.#tokens, group.counts);
    this.#shapes = [];
    this.#stride = Math.min(RUN_CELLS_MAX, Math.max(1, Math.floor(CELLS_MAX / width)));
    const stride = this.#stride;
    const numbers = new Float64Array(width * stride).fill(Number.NaN);
    this.#numbers = numbers;
    this.#texts = Array.from({ length: width }, () => new Array<null>(stride).fill(null));
    this.#writers = this.#texts.map((texts, column) =>
      valueWriter(numbers.subarray(column * stride, (column + 1) * stride), texts),
    );
  }

  #setText(column: number, text: string | null): void {
    this.#numbers[column * this.#stride + this.count] = Number.NaN;
    this.#texts[column]![this.count] = text;
  }

  /** Takes the cells of an object; returns the units of its texts. */
  #takeObject(record: object, { keys, prototype, columns }: Shape): number | undefined {
    if (Object.getPrototypeOf(record) !== prototype) return undefined;
    const known = keys!;
    const numbers = this.#numbers;
    const stride = this.#stride;
    const { count } = this;
    const members = record as Readonly<Record<string, unknown>>;
    let units = 0;
    let cell = 0;
    // This loop, and only this one, reads members without looking each of them up.
    for (const key in members) {
      if (key !== known[cell]) return undefined;
      const value = members[key];
      const column = columns[cell]!;
      cell += 1;
      if (typeof value === "number" && !Number.isNaN(value)) {
        if (column !== NO_COLUMN) numbers[column * stride + count] = value;
        continue;
      }
      const text = scalarOf(value);
      if (text === undefined) return undefined;
      if (text !== null) units += text.length;
      if (column !== NO_COLUMN) this.#setText(column, text);
    }
    return cell === known.length ? units : undefined;
  }

  /** As for an object. */
  #takeArray(record: object, { columns }: Shape): number | undefined {
    if (!Array.isArray(record) || record.length !== columns.length) return undefined;
    let units = 0;
    for (let cell = 0; cell < columns.length; cell++) {
      const value: unknown = record[cell];
      const column = columns[cell]!;
      if (typeof value === "number" && !Number.isNaN(value)) {
        this.#numbers[column * this.#stride + this.count] = value;
        continue;
      }
      const text = scalarOf(value);
      if (text === undefined) return undefined;
      if (text !== null) units += text.length;
      this.#setText(column, text);
    }
    return units;
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
