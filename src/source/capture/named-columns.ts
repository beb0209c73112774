/**
 * Which column each cell of a captured row belongs to, by its name.
 *
 * The columns are the baseline's features in their order and, behind them, other names in the order
 * of their first appearance. A row is laid by name when it has a name that the baseline knows, or,
 * without a baseline, when it has any. Then:
 *
 * 1. A cell whose name is a feature is that feature's. Where both sides have a name, the output's
 *    cell is taken.
 * 2. An output that has no feature's name takes the features that the input does not name, in their
 *    order, if they are as many as its cells; or else the features where outputs are expected (the
 *    first ones, or the last ones) if the input names none of them: it may lack an optional key.
 * 3. An input without any names takes the features that the output does not name, if as many.
 * 4. What is left becomes columns of its own by name; but if it has no names (rules 2 and 3 do not
 *    fit), the whole row is by position: outputs first or last, keys in order of appearance.
 *
 * Without a baseline cells without names beside cells with names are `_c0`, `_c1`, … within their
 * side. Memory: the names, at most 100,000 of them and 16 Mi characters.
 */

import { COLUMNS_MAX, NAMES_LENGTH_MAX } from "../column-limits.ts";
import type { CaptureColumns } from "./capture-columns.ts";
import { type CellRange, lengthOf } from "./row-pairing.ts";

/** A cell that belongs to no column: left out, or given twice. */
export const NO_COLUMN = -1;
/** A cell whose column is not told yet. */
const UNTOLD = -2;

export interface NamingOptions {
  /** The baseline's features in order; none without a baseline. */
  readonly featureNames: readonly string[];
  readonly isOutputFirst: boolean;
  readonly columns: CaptureColumns;
}

/** Columns of a row's cells; undefined for a row by position. */
export type Placement = readonly number[] | "too many" | undefined;

/** One side of a row under way. */
interface SideCells {
  readonly names: readonly string[] | undefined;
  /** Column of each cell. */
  readonly columns: number[];
  /** Cells that are not left out. */
  readonly kept: number;
  /** Whether a name is a feature's. */
  readonly isKnown: boolean;
}

/** The columns of rows that are laid by name. */
export class NamedColumns {
  /** Names of all columns so far. */
  readonly names: string[];
  readonly #options: NamingOptions;
  readonly #columnOf: Map<string, number>;
  #namesLength = 0;
  /** The row placed last: most rows of a run are alike. */
  #last:
    | {
        readonly input: CellRange | undefined;
        readonly output: CellRange | undefined;
        readonly placement: Placement;
      }
    | undefined;
  /** Whether a row had the column at a position. */
  readonly #met: boolean[] = [];
  #isFeatureRowMet = false;

  constructor(options: NamingOptions) {
    this.#options = options;
    this.names = [...options.featureNames];
    this.#columnOf = new Map(this.names.map((name, column) => [name, column]));
  }

  /** Whether a name is a feature's. */
  isFeature(name: string): boolean {
    return (this.#columnOf.get(name) ?? this.#features) < this.#features;
  }

  /** Names of the columns that rows had, in order; undefined when no row was laid by name. */
  get metNames(): readonly string[] | undefined {
    if (this.#met.length === 0) return undefined;
    const isMet = (column: number) =>
      this.#met[column] === true || (this.#isFeatureRowMet && column < this.#features);
    return this.names.filter((_, column) => isMet(column));
  }

  /**
   * Finds the column of each cell in the order of the row, `NO_COLUMN` for none; undefined for a
   * row by position, and a word when there would be too many columns.
   */
  place(input: CellRange | undefined, output: CellRange | undefined): Placement {
    if (input?.names === undefined && output?.names === undefined) return undefined;
    const last = this.#last;
    if (last !== undefined && isAlike(input, last.input) && isAlike(output, last.output)) {
      return last.placement;
    }
    const placement = this.#placeNew(input, output);
    this.#last = { input, output, placement };
    return placement;
  }

  /** Notes that a row had these columns. */
  meet(columns: readonly number[]): void {
    for (const column of columns) if (column !== NO_COLUMN) this.#met[column] = true;
  }

  /** Notes that a row had all features, be it as missing cells. */
  meetFeatures(): void {
    this.#isFeatureRowMet = true;
  }

  get #features(): number {
    return this.#options.featureNames.length;
  }

  #placeNew(input: CellRange | undefined, output: CellRange | undefined): Placement {
    const { isOutputFirst } = this.#options;
    const outputs = this.#find(output, isOutputFirst ? 0 : lengthOf(input));
    const inputs = this.#find(input, isOutputFirst ? lengthOf(output) : 0);
    if (this.#features > 0) {
      if (!outputs.isKnown && !inputs.isKnown) return undefined;
      if (!outputs.isKnown) this.#fill(outputs, this.#freeForOutputs(outputs.kept, inputs));
      if (!inputs.isKnown && inputs.names === undefined) {
        this.#fill(inputs, this.#freeBeside(outputs, inputs.kept));
      }
      const isTold = (side: SideCells) =>
        side.names !== undefined || !side.columns.includes(UNTOLD);
      if (!isTold(outputs) || !isTold(inputs)) return undefined;
    }
    const sides = isOutputFirst ? [outputs, inputs] : [inputs, outputs];
    if (!sides.every((side) => this.#addRest(side))) return "too many";
    const taken = new Set(outputs.columns);
    for (const [cell, column] of inputs.columns.entries()) {
      if (taken.has(column)) inputs.columns[cell] = NO_COLUMN;
    }
    return sides.flatMap(({ columns }) => columns);
  }

  #find(range: CellRange | undefined, from: number): SideCells {
    const names = range?.names;
    const columns: number[] = [];
    let kept = 0;
    let isKnown = false;
    for (let cell = 0; cell < lengthOf(range); cell++) {
      const name = names?.[cell];
      if (!this.#options.columns.keeps(from + cell, name)) {
        columns.push(NO_COLUMN);
        continue;
      }
      const column =
        name !== undefined && this.isFeature(name) ? this.#columnOf.get(name)! : UNTOLD;
      isKnown ||= column !== UNTOLD;
      kept += 1;
      columns.push(column);
    }
    return { names, columns, kept, isKnown };
  }

  #fill({ columns }: SideCells, features: readonly number[] | undefined): void {
    if (features === undefined) return;
    let next = 0;
    for (const [cell, column] of columns.entries()) {
      if (column === UNTOLD) columns[cell] = features[next++]!;
    }
  }

  /** The features that a side does not name, if there are `count` of them. */
  #freeBeside({ columns }: SideCells, count: number): readonly number[] | undefined {
    const named = new Set(columns);
    const free: number[] = [];
    for (let feature = 0; feature < this.#features; feature++) {
      if (!named.has(feature)) free.push(feature);
    }
    return free.length === count ? free : undefined;
  }

  #freeForOutputs(count: number, inputs: SideCells): readonly number[] | undefined {
    const first = this.#options.isOutputFirst ? 0 : this.#features - count;
    const expected = Array.from({ length: count }, (_, i) => first + i);
    const isFree = (feature: number) =>
      feature >= 0 && feature < this.#features && !inputs.columns.includes(feature);
    return this.#freeBeside(inputs, count) ?? (expected.every(isFree) ? expected : undefined);
  }

  /** Gives the untold cells columns by their name; false when there is no room. */
  #addRest({ names, columns }: SideCells): boolean {
    for (const [cell, column] of columns.entries()) {
      if (column !== UNTOLD) continue;
      const added = this.#columnFor(names === undefined ? `_c${cell}` : names[cell]!);
      if (added === undefined) return false;
      columns[cell] = added;
    }
    return true;
  }

  #columnFor(name: string): number | undefined {
    const column = this.#columnOf.get(name);
    if (column !== undefined) return column;
    if (this.names.length >= COLUMNS_MAX) return undefined;
    if (this.#namesLength + name.length > NAMES_LENGTH_MAX) return undefined;
    this.#namesLength += name.length;
    this.#columnOf.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** Whether two sides have the same names or, without names, as many cells. */
function isAlike(a: CellRange | undefined, b: CellRange | undefined): boolean {
  if (lengthOf(a) !== lengthOf(b)) return false;
  const [names, others] = [a?.names, b?.names];
  if (names === undefined || others === undefined) return names === others;
  return names === others || names.every((name, cell) => name === others[cell]);
}
