/**
 * Counts of one feature's values within each value of another: what a second pass over the records
 * collects, to see among which records a shift is concentrated.
 *
 * Memory: one number per bin of a feature and value of another; with 10 features of 65 bins and 20
 * others of 20 values about 2 MiB.
 */
import { MISSING } from "../base/cells.ts";
import { countBelow } from "../sketch/search-sorted.ts";
import { TextEntries } from "../sketch/text-entries.ts";
import type { Batch, Column } from "../source/batch/batch.ts";
import { CellReader, FRACTIONAL } from "./cell-reader.ts";

/** Numbers fall in (bounds[i - 1], bounds[i]], the last bin open; each text has one of its own. */
export type Bins = { readonly bounds: readonly number[] } | { readonly texts: readonly string[] };

export interface ColumnPlace {
  /** Its name in batches that carry names. */
  readonly name: string;
  readonly position: number;
}

export interface BinnedColumn extends ColumnPlace {
  readonly bins: Bins;
}

export interface SegmentColumn extends ColumnPlace {
  readonly values: readonly string[];
}

/** Cells that have no bin: missing ones, and those that are no number where numbers are binned. */
const NO_BIN = -1;

const encoder = new TextEncoder();

export class SegmentCounts {
  readonly #width: number;
  readonly #features: readonly Binner[];
  readonly #segments: readonly Binner[];
  /** By feature, by segment column: bins of each value in turn. */
  readonly #counts: readonly (readonly Float64Array[])[];
  readonly #all: readonly Float64Array[];

  /** `width` is the number of columns of batches without names. */
  constructor(
    width: number,
    features: readonly BinnedColumn[],
    segments: readonly SegmentColumn[],
    lenientNumbers = false,
  ) {
    this.#width = width;
    this.#features = features.map((feature) => new Binner(feature, feature.bins, lenientNumbers));
    this.#segments = segments.map((each) => new Binner(each, { texts: each.values }, false));
    this.#all = this.#features.map(({ size }) => new Float64Array(size));
    this.#counts = this.#features.map(({ size }) =>
      segments.map(({ values }) => new Float64Array(size * values.length)),
    );
  }

  add(batch: Batch): void {
    if (batch.names === undefined && batch.columns.length !== this.#width) return;
    const segments = this.#segments.map((segment) => segment.binsOf(batch));
    this.#features.forEach((feature, f) => {
      const bins = feature.binsOf(batch);
      if (bins === undefined) return;
      count(bins, this.#all[f]!);
      segments.forEach((values, s) => {
        const isSame = feature.position === this.#segments[s]!.position;
        if (values !== undefined && !isSame) {
          countWithin(bins, values, feature.size, this.#counts[f]![s]!);
        }
      });
    });
  }

  /** The bins of a feature over all records. */
  allOf(feature: number): Float64Array {
    return this.#all[feature]!;
  }

  /** The bins of a feature among the records with a value of a segment column. */
  within(feature: number, segment: number, value: number): Float64Array {
    const { size } = this.#features[feature]!;
    return this.#counts[feature]![segment]!.subarray(value * size, (value + 1) * size);
  }
}

function count(bins: Int32Array, into: Float64Array): void {
  for (const bin of bins) if (bin !== NO_BIN) into[bin]! += 1;
}

function countWithin(bins: Int32Array, values: Int32Array, size: number, into: Float64Array): void {
  const segments = into.length / size;
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i]!;
    const value = values[i]!;
    if (bin !== NO_BIN && value !== NO_BIN && value < segments) into[value * size + bin]! += 1;
  }
}

/** Finds the bins of a column's cells. */
class Binner {
  readonly position: number;
  readonly size: number;
  readonly #name: string;
  readonly #bounds: readonly number[] | undefined;
  readonly #texts = new TextEntries();
  readonly #reader: CellReader;

  constructor({ name, position }: ColumnPlace, bins: Bins, lenientNumbers: boolean) {
    this.#name = name;
    this.position = position;
    this.#reader = new CellReader({ lenientNumbers });
    this.#bounds = "bounds" in bins ? bins.bounds : undefined;
    const texts = "texts" in bins ? bins.texts : [];
    for (const text of texts) {
      const bytes = encoder.encode(text);
      this.#texts.insert(bytes, 0, bytes.length, 0);
    }
    this.size = (this.#bounds ?? texts).length + 1;
  }

  /** Undefined where the batch has no such column. */
  binsOf({ columns, names, records }: Batch): Int32Array | undefined {
    const place = names === undefined ? this.position : names.indexOf(this.#name);
    const column = columns[place];
    if (column === undefined) return undefined;
    const bins = new Int32Array(records);
    for (let i = 0; i < records; i++) bins[i] = this.#binOf(column, i);
    return bins;
  }

  #binOf({ bytes, starts, ends }: Column, i: number): number {
    const start = starts[i]!;
    if (start === MISSING) return NO_BIN;
    const end = ends[i]!;
    const bounds = this.#bounds;
    if (bounds === undefined) {
      const found = this.#texts.find(bytes, start, end);
      return found === -1 ? this.size - 1 : found;
    }
    if (this.#reader.read(bytes, start, end) > FRACTIONAL) return NO_BIN;
    const { value } = this.#reader;
    return Number.isFinite(value) ? countBelow(bounds, value) : NO_BIN;
  }
}
