/**
 * Reads cells with the WebAssembly kernel: what `FeatureAccumulator.add` does to cells of known
 * texts and usual numbers. This file and `kernel/assembly/read-cells.ts` are the two sides of one
 * interface.
 *
 * Invariant: what is read is what TypeScript would read. Memory: 160 KiB.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { KernelCall } from "../kernel/kernel-call.ts";
import { NO_TEXTS_BYTES, writeNoTexts } from "../sketch/kernel-texts.ts";
import { BATCH_RECORDS_MAX, type Column } from "../source/batch/batch.ts";

/** The fields of `ReadRun`, 32 bits each; those of addresses are byte offsets in the memory. */
const RUN_FIELDS = [
  "text",
  "starts",
  "ends",
  "count",
  "records",
  "rows",
  "texts",
  "isClosed",
  "registers",
  "powers",
  "digits",
  "counters",
  "values",
  "valueCount",
  "rest",
  "restPlaces",
  "restCount",
  "missing",
  "others",
  "integral",
  "fractional",
  "booleans",
  "strings",
  "firstBoolean",
  "firstString",
] as const;

type RunField = (typeof RUN_FIELDS)[number];

/** Columns whose numbers are held at once. */
export const AREAS = 4;

const NO_TEXTS_AT = 128;
const POWERS_AT: number = NO_TEXTS_AT + NO_TEXTS_BYTES;
const POWERS_OF_TEN = 23;
const POWERS_OF_FIVE = 28;
const POWERS_BYTES: number = 8 * POWERS_OF_TEN + 16 * POWERS_OF_FIVE;
/** The digits, behind bytes that are read and mean nothing, and the counters of each. */
const DIGITS_AT: number = POWERS_AT + POWERS_BYTES + 8;
const COUNTERS_AT: number = POWERS_AT + POWERS_BYTES + 24;
const REST_AT: number = Math.ceil((COUNTERS_AT + 40) / 64) * 64;
const PLACES_AT: number = REST_AT + 4 * BATCH_RECORDS_MAX;
const VALUES_AT: number = PLACES_AT + 4 * BATCH_RECORDS_MAX;
const AREA_BYTES: number = 8 * BATCH_RECORDS_MAX;
const BYTES: number = VALUES_AT + AREAS * AREA_BYTES;

/** The states of a column in the kernel's memory. */
export interface ReadPlaces {
  /** Undefined where the kernel knows no texts. */
  readonly texts: number | undefined;
  /** Whether texts that it does not know go to the registers alone. */
  readonly isClosed: boolean;
  readonly registers: number;
  /** Which of the four areas the numbers go to. */
  readonly area: number;
}

/** What a column's cells came to. */
export interface ReadCells {
  /**
   * The finite numbers in order, zeros that were left out among them, with a place for each cell of
   * `rest`, until the next call.
   */
  readonly values: Float64Array;
  /** Numbers of the cells that were not read, and their places in `values`. */
  readonly rest: Uint32Array;
  readonly restPlaces: Uint32Array;
  readonly missing: number;
  /** Cells whose text went to the registers alone. */
  readonly others: number;
  /** Cells by class, indexed by the class constants; zeros that were left out are in none. */
  readonly classes: readonly number[];
  /** Row of the first cell of these classes; undefined where there is none. */
  readonly firstBoolean: number | undefined;
  readonly firstString: number | undefined;
}

export class ReadKernel {
  readonly kernel: Kernel;
  readonly #at: number;
  readonly #call: KernelCall<RunField>;
  /** Whether what cells are read with is there: columns that are counted to the end need none. */
  #isReady = false;

  private constructor(kernel: Kernel, at: number) {
    this.kernel = kernel;
    this.#at = at;
    this.#call = new KernelCall(kernel.buffer, at, RUN_FIELDS);
  }

  #makeReady(): void {
    const { kernel } = this;
    const at = this.#at;
    writeNoTexts(kernel, at + NO_TEXTS_AT);
    writePowers(kernel.buffer, at + POWERS_AT);
    new Uint8Array(kernel.buffer, at + DIGITS_AT, 10).set(new TextEncoder().encode("0123456789"));
    this.#isReady = true;
  }

  /** Undefined where the kernel's memory has no room. */
  static open(kernel: Kernel): ReadKernel | undefined {
    const at = kernel.allocate(BYTES);
    return at === undefined ? undefined : new ReadKernel(kernel, at);
  }

  /** Reads a column of a batch that lies in the kernel's memory. */
  read({ bytes, starts, ends, count, rows, zeros = 0 }: Column, places: ReadPlaces): ReadCells {
    if (!this.#isReady) this.#makeReady();
    const at = this.#at;
    const valuesAt = at + VALUES_AT + places.area * AREA_BYTES;
    const call = this.#call;
    call.write({
      text: bytes.byteOffset,
      starts: starts.byteOffset,
      ends: ends.byteOffset,
      count,
      records: count + zeros,
      rows: zeros === 0 ? 0 : rows!.byteOffset,
      texts: places.texts ?? at + NO_TEXTS_AT,
      isClosed: Number(places.isClosed),
      registers: places.registers,
      powers: at + POWERS_AT,
      digits: at + DIGITS_AT,
      counters: at + COUNTERS_AT,
      values: valuesAt,
      valueCount: 0,
      rest: at + REST_AT,
      restPlaces: at + PLACES_AT,
      restCount: 0,
      missing: 0,
      others: 0,
      integral: 0,
      fractional: 0,
      booleans: 0,
      strings: 0,
      firstBoolean: 0,
      firstString: 0,
    });
    this.kernel.code.readCells(at);
    const { buffer } = this.kernel;
    return {
      values: new Float64Array(buffer, valuesAt, call.read("valueCount")),
      rest: new Uint32Array(buffer, at + REST_AT, call.read("restCount")),
      restPlaces: new Uint32Array(buffer, at + PLACES_AT, call.read("restCount")),
      missing: call.read("missing"),
      others: call.read("others"),
      classes: [
        call.read("integral"),
        call.read("fractional"),
        call.read("booleans"),
        call.read("strings"),
      ],
      firstBoolean: call.read("booleans") === 0 ? undefined : call.read("firstBoolean"),
      firstString: call.read("strings") === 0 ? undefined : call.read("firstString"),
    };
  }
}

/** Writes powers of ten as doubles, and inverse powers of five, their upper 128 bits rounded up. */
function writePowers(buffer: SharedArrayBuffer, at: number): void {
  const view = new DataView(buffer);
  for (let power = 0; power < POWERS_OF_TEN; power++) {
    view.setFloat64(at + 8 * power, 10 ** power, true);
  }
  const fives = at + 8 * POWERS_OF_TEN;
  for (let power = 0n; power < POWERS_OF_FIVE; power++) {
    const five = 5n ** power;
    const bits = BigInt((five - 1n).toString(2).length) * (five > 1n ? 1n : 0n);
    const inverse = five > 1n ? (1n << (bits + 127n)) / five + 1n : 1n << 127n;
    const place = fives + 16 * Number(power);
    view.setBigUint64(place, BigInt.asUintN(64, inverse), true);
    view.setBigUint64(place + 8, inverse >> 64n, true);
  }
}
