/**
 * Values that are counted while they are read come to what their cells would have come to: of
 * records, alike or not, and of Arrow tables, in batches that end where they would have ended.
 */
import {
  Bool,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  Struct,
  Table,
  Uint64,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { fileOf } from "../../fixtures/read-capture.ts";
import { profileRecords } from "../accumulate/profile-records.ts";
import type { Semantics } from "../base/semantics.ts";
import { writeStatistics } from "../profile/statistics-file.ts";
import type { Batch } from "./batch/batch.ts";
import type { ArrowRecordBatch } from "./columnar/arrow-column.ts";
import { openRecordBatches } from "./columnar/arrow-reader.ts";
import { openJsonLines } from "./json/json-lines-reader.ts";
import type { RecordSource, Rejection } from "./record-source.ts";
import { openRecordValues, RECORDS_PATH } from "./record-values.ts";

/** Enough that most of them are read once there are counters. */
const ROWS = 9000;

interface Read {
  /** Of the profiles of all groups of records. */
  readonly statistics: readonly string[];
  readonly cells: readonly unknown[];
  readonly names: readonly string[] | undefined;
  readonly batchRecords: readonly number[];
  /** Batches of which a column was counted. */
  readonly countedBatches: number;
  readonly rejections: readonly Rejection[];
}

async function read(
  source: RecordSource,
  rejections: readonly Rejection[] = [],
  semantics: Semantics = "tidemark",
): Promise<Read> {
  const batchRecords: number[] = [];
  let countedBatches = 0;
  let shown = 0;
  async function* watched(): AsyncGenerator<Batch> {
    for await (const batch of source.batches) {
      shown += batch.records;
      if (!batch.isPart) {
        batchRecords.push(shown);
        shown = 0;
      }
      if (batch.columns.some(({ counted }) => counted !== undefined)) countedBatches += 1;
      yield batch;
    }
  }
  const { profiler, otherWidths } = await profileRecords(
    { tallies: source.tallies, names: source.names, batches: watched() },
    { semantics },
  );
  const widths = otherWidths.map(({ width, records, places }) => [width, records, places]);
  if (profiler === undefined) throw new Error("no record was read");
  const names = Array.from({ length: profiler.width }, (_, at) => `_c${at}`);
  const profile = profiler.finish(names);
  return {
    statistics: [writeStatistics(profile), JSON.stringify(widths)],
    cells: profile.features.map(({ measured, ...rest }) => ({
      present: rest.present,
      missing: rest.missing,
      cells: measured!.cells,
      firstString: measured!.firstString,
      counts: [...measured!.frequencies.counts],
    })),
    names: source.names,
    batchRecords,
    countedBatches,
    rejections,
  };
}

async function readRecords(
  records: readonly unknown[],
  offersCounts: boolean,
  semantics: Semantics = "tidemark",
): Promise<Read> {
  const rejections: Rejection[] = [];
  const source = openRecordValues(records, {
    semantics,
    featureNames: undefined,
    onReject: (rejection) => rejections.push(rejection),
    offersCounts,
  });
  return await read(source, rejections, semantics);
}

const number = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 300 }) },
  { weight: 2, arbitrary: fc.integer({ min: -2_000_000, max: 2_000_000 }).map((x) => x / 100) },
  { weight: 2, arbitrary: fc.integer({ min: -70_000, max: 70_000 }).map((x) => x / 10) },
  fc.integer({ min: -70_000, max: 70_000 }).map((x) => x / 1000),
  fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
  fc.double(),
  fc.constantFrom(0, -0, 0.1 + 0.2, 1e21, 1e-7, 65_535, 65_536, 6553.5, 6553.6, 65.535, 5e-324),
);
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("no", "yes", "", "12", "1.50", "-3", "é", "a\0b", "1e5"),
  },
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("\ud800", "\udc00x", "x".repeat(300)),
);
const scalar = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 3, arbitrary: text },
  fc.boolean(),
  fc.constantFrom(null, undefined, new Date(0), new Date(Number.NaN), 12n, -(2n ** 70n)),
);

/** Values of a column: those of one pool, and from some row on those of another. */
function columnOf<T>(value: fc.Arbitrary<T>): fc.Arbitrary<(row: number) => T> {
  const pool = fc.array(value, { minLength: 1, maxLength: 30 });
  return fc
    .tuple(pool, pool, fc.nat(2 * ROWS), fc.nat(1000))
    .map(([first, second, from, step]) => (row: number) => {
      const values = row < from ? first : second;
      return values[(row * step + (row >> 3)) % values.length]!;
    });
}

/** A record that is read by itself: none is learned from a map. */
const alone = (record: object): unknown => new Map(Object.entries(record));

/** Expects what was read but for how it was counted. */
function expectSame(found: Read, expected: Read): void {
  expect({ ...found, countedBatches: 0 }).toEqual({ ...expected, countedBatches: 0 });
}

describe("records", () => {
  it("that are alike are the rows that they are one by one", async () => {
    const column = fc.oneof(
      columnOf<unknown>(number),
      columnOf<unknown>(text),
      columnOf<unknown>(scalar),
    );
    const law = fc.asyncProperty(
      fc.array(column, { minLength: 1, maxLength: 5 }),
      async (columns) => {
        const records = Array.from({ length: ROWS }, (_, row) =>
          Object.fromEntries(columns.map((valueAt, at) => [`c ${at}`, valueAt(row)])),
        );
        const expected = await readRecords(records.map(alone), false);
        expectSame(await readRecords(records, false), expected);
        const counted = await readRecords(records, true);
        expectSame(counted, expected);
        expect(counted.countedBatches).toBeGreaterThan(0);
        const ordered = await readRecords(records, true, "model-monitor");
        expectSame(ordered, await readRecords(records.map(alone), false, "model-monitor"));
        expect(ordered.countedBatches).toBe(0);
      },
    );
    await fc.assert(law, { numRuns: casesOf(10, 100) });
  });

  it("of several kinds keep their order, and go where each would go", async () => {
    class Customer {
      calls = 0;
      plan = "new";
      get isNew(): boolean {
        return this.calls === 0;
      }
    }
    const inherited = Object.assign(Object.create({ plan: "inherited" }), { calls: 1 });
    const kinds: readonly ((row: number) => object)[] = [
      (row) => ({ calls: row % 90, plan: `plan ${row % 4}` }),
      (row) => ({ plan: `plan ${row % 3}`, calls: row / 8 }),
      (row) => ({ calls: row % 7 }),
      (row) => ({ calls: row % 5, plan: "x", late: row % 2 === 0 }),
      (row) => ({ calls: row, [`rare ${row % 20}`]: row }),
      (row) => ({ calls: { day: row % 10, night: 1 }, plan: null }),
      (row) => Object.assign(new Customer(), { calls: row % 6 }),
      (row) => Object.assign(Object.create(null), { calls: row % 3, plan: "bare" }),
      () => inherited,
      () => ({ calls: 1, plan: () => "no cell" }),
      () => ({}),
    ];
    const run = fc.tuple(fc.nat(kinds.length - 1), fc.constantFrom(1, 2, 127, 128, 129, 700));
    const law = fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 40 }), async (runs) => {
      // First one of each, so that all columns are there, and a batch, so that they have counters.
      const first = kinds.map((kind) => kind(0));
      const batch = Array.from({ length: 4200 }, (_, row) => kinds[0]!(row));
      const rest = runs.flatMap(([kind, length]) =>
        Array.from({ length }, (_, row) => kinds[kind]!(row)),
      );
      const records = [...first, ...batch, ...rest];
      const expected = await readRecords(records.map(alone), false);
      for (const offersCounts of [false, true]) {
        expectSame(await readRecords(records, offersCounts), expected);
      }
    });
    await fc.assert(law, { numRuns: casesOf(20, 200) });
  });

  it("that are arrays are the rows that JSON lines make of them", async () => {
    const cell = fc.oneof(number.filter(Number.isFinite), text, fc.boolean(), fc.constant(null));
    const law = fc.asyncProperty(
      fc.array(columnOf<unknown>(cell), { minLength: 1, maxLength: 4 }),
      fc.nat(ROWS),
      async (columns, wider) => {
        const records = Array.from({ length: ROWS }, (_, row) => {
          const cells = columns.map((valueAt) => valueAt(row));
          return row >= wider && row % 50 === 0 ? [...cells, row] : cells;
        });
        const lines = records.map((record) => JSON.stringify(record)).join("\n");
        const expected = await read(
          openJsonLines([fileOf(RECORDS_PATH, lines)], {
            semantics: "tidemark",
            featureNames: undefined,
            onReject: () => undefined,
          }),
        );
        for (const offersCounts of [false, true]) {
          expectSame(await readRecords(records, offersCounts), expected);
        }
      },
    );
    await fc.assert(law, { numRuns: casesOf(10, 100) });
  });

  it("of many columns with odd names are the rows that they are one by one", async () => {
    const odd = ["", "a b", 'say "so"', "it's\\", "\u2028", "toString", "7"];
    const valueAt = (row: number, column: number): unknown =>
      [row % 90, row / 8, `text ${row % 5}`, row % 3 === 0, null][(column + (row >> 10)) % 5];
    const records = Array.from({ length: 5000 }, (_, row) =>
      Object.fromEntries(
        Array.from({ length: 100 }, (_, at) => [odd[at] ?? `c${at}`, valueAt(row, at)]),
      ),
    );
    const expected = await readRecords(records.map(alone), false);
    for (const offersCounts of [false, true]) {
      expectSame(await readRecords(records, offersCounts), expected);
    }
  });

  it("are the rows that they are one by one where more texts differ than are looked for", async () => {
    const records = Array.from({ length: ROWS }, (_, row) => ({
      phone: row % 11 === 0 ? null : row % 7 === 0 ? row % 300 : `${row % 2900}`.padStart(8, "é-"),
      code: `code ${(row * 7) % 1500}`,
      rare: row % 2000 === 1999 ? "rare" : row / 4,
    }));
    const expected = await readRecords(records.map(alone), false);
    for (const offersCounts of [false, true]) {
      expectSame(await readRecords(records, offersCounts), expected);
    }
  });

  it("are the rows that they are one by one where columns are added behind the first part", async () => {
    const records = Array.from({ length: 600 }, (_, row) =>
      row % 129 === 128 ? { n: row % 90, [`late ${row}`]: row } : { n: row % 90, price: row / 100 },
    );
    for (const length of [128, 129, 130, 600]) {
      const some = records.slice(0, length);
      expectSame(await readRecords(some, true), await readRecords(some.map(alone), false));
    }
  });

  it("end their batches at 4 MiB of text, counted or not", async () => {
    const records = Array.from({ length: ROWS }, (_, row) => ({
      long: "é".repeat(400 + (row % 7) * 60),
      same: "x".repeat(300),
      number: row % 50_000,
      price: row / 100,
    }));
    const expected = await readRecords(records.map(alone), false);
    expect(expected.batchRecords.length).toBeGreaterThan(Math.ceil(ROWS / 4096));
    for (const offersCounts of [false, true]) {
      expectSame(await readRecords(records, offersCounts), expected);
    }
  });
});

describe("Arrow columns", () => {
  const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
    fc.option(value, { freq: 8, nil: null });
  const whole = fc.integer({ min: -300, max: 70_000 });
  const long = fc.oneof(whole.map(BigInt), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
  const natural = fc.oneof(
    whole.map((x) => BigInt(Math.abs(x))),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  );
  const KINDS: readonly (readonly [DataType, fc.Arbitrary<unknown>])[] = [
    [new Int32(), whole],
    [new Int64(), long],
    [new Uint64(), natural],
    [new Float64(), number],
    [new Bool(), fc.boolean()],
    [new Utf8(), text],
    [new Dictionary(new Utf8(), new Int32()), text],
  ];
  const column = fc.constantFrom(...KINDS).chain(([type, value]) =>
    columnOf(nullable(value)).map((valueAt) => {
      const values = Array.from({ length: ROWS }, (_, row) => valueAt(row));
      return vectorFromArray(values, type);
    }),
  );

  it("are the same whether they are counted, in parts of any length", async () => {
    const law = fc.asyncProperty(
      fc.array(column, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 5 }),
      async (vectors, lengths) => {
        // The first one comes twice, so that two columns share a dictionary.
        const all = [...vectors, vectors[0]!];
        const table = new Table(Object.fromEntries(all.map((vector, at) => [`c${at}`, vector])));
        const parts: Table[] = [];
        let from = 0;
        for (const length of [...lengths, ROWS]) {
          parts.push(table.slice(from, Math.min(from + length, ROWS)));
          from = Math.min(from + length, ROWS);
        }
        const open = async (offersCounts: boolean) =>
          await read(await openRecordBatches(batchesOf(parts), RECORDS_PATH, { offersCounts }));
        const expected = await open(false);
        expect(expected.countedBatches).toBe(0);
        expectSame(await open(true), expected);
      },
    );
    await fc.assert(law, { numRuns: casesOf(15, 150) });
  });

  it("within a struct are missing where it is", async () => {
    const type = new Struct([
      new Field("n", new Int32(), true),
      new Field("flag", new Bool(), true),
    ]);
    const values = Array.from({ length: ROWS }, (_, row) =>
      row % 5 === 0 ? null : { n: row % 3 === 0 ? null : row % 70, flag: row % 2 === 0 },
    );
    const table = new Table({ s: vectorFromArray(values, type) });
    const open = async (offersCounts: boolean) =>
      await read(await openRecordBatches(batchesOf([table]), RECORDS_PATH, { offersCounts }));
    const [counted, laid] = [await open(true), await open(false)];
    // All but the first part of the first of three.
    expect(counted.countedBatches).toBe(3);
    expectSame(counted, laid);
    expect(counted.cells).toMatchObject([{ missing: 4200 }, { missing: 1800 }]);
  });

  it("end their batches at 4 MiB of text, counted or not", async () => {
    const texts = Array.from({ length: ROWS }, (_, row) => `${row} ${"x".repeat(row % 4500)}`);
    const table = new Table({
      text: vectorFromArray(texts, new Utf8()),
      double: vectorFromArray(Float64Array.from(texts, (_, row) => row / 8)),
      whole: vectorFromArray(Int32Array.from(texts, (_, row) => row % 50_000)),
    });
    const open = async (offersCounts: boolean) =>
      await read(await openRecordBatches(batchesOf([table]), RECORDS_PATH, { offersCounts }));
    const laid = await open(false);
    expect(laid.batchRecords.length).toBeGreaterThan(Math.ceil(ROWS / 4096));
    expectSame(await open(true), laid);
  });
});

async function* batchesOf(tables: readonly Table[]): AsyncGenerator<ArrowRecordBatch> {
  for (const table of tables) for (const batch of table.batches) yield batch;
}
