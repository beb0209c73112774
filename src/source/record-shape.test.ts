import { afterEach, describe, expect, it, vi } from "vitest";
import { NO_COLUMN } from "./capture/named-columns.ts";
import { type CellStore, RecordShape } from "./record-shape.ts";

afterEach(() => void vi.unstubAllGlobals());

/** A program that may not make code of texts. */
function forbidCode(): void {
  class Forbidden {
    constructor() {
      throw new EvalError("Code generation from strings disallowed for this context");
    }
  }
  vi.stubGlobal("Function", Forbidden);
}

/** Two records of room for each of so many columns, and for cells without one. */
const STRIDE = 2;
function storeOf(width: number): CellStore & { readonly others: unknown[] } {
  const numbers = new Float64Array((width + 1) * STRIDE).fill(-1);
  const others: unknown[] = [];
  const put = (place: number, value: unknown) => {
    others[place] = value;
    return value === undefined ? 0 : Number.NaN;
  };
  return { numbers, texts: [], put, others };
}

function placesOf(width: number): number[] {
  return Array.from({ length: width + 1 }, (_, column) => column * STRIDE);
}

describe.each([
  ["by code that is made for them", () => undefined],
  ["where no code may be made", forbidCode],
])("records are read %s:", (_, begin) => {
  it("the members of objects, whatever their names", () => {
    begin();
    const names = ["a b", "__proto__", 'say "so"\\', "\u2028", "constructor", "\ud800", "0", "`1`"];
    const record = JSON.parse(`{${names.map((name, i) => `${JSON.stringify(name)}:${i}`)}}`);
    const columns = Object.keys(record).map((_, at) => at);
    const shape = new RecordShape(record, columns, placesOf(names.length));
    const store = storeOf(names.length);
    expect(shape.read(record, 1, store)).toBe(0);
    const read = columns.map((column) => store.numbers[column * STRIDE + 1]);
    expect(read).toEqual(Object.values(record));
    expect(columns.map((column) => store.numbers[column * STRIDE])).toEqual(columns.map(() => -1));
  });

  it("the items of arrays, those without a column beside the others", () => {
    begin();
    const shape = new RecordShape([1, 2, 3], [1, NO_COLUMN, 0], placesOf(2));
    const store = storeOf(2);
    expect(shape.read([7, 8, "text"], 0, store)).toBe(4);
    expect(store.texts[0]).toBe("text");
    expect([...store.numbers]).toEqual([Number.NaN, -1, 7, -1, 8, -1]);
  });

  it("more cells than one function reads, and NaN among what is no number", () => {
    begin();
    const width = 150;
    const record = Object.fromEntries(placesOf(width - 1).map((_, at) => [`c${at}`, at / 4]));
    const columns = Object.keys(record).map((_, at) => at);
    const shape = new RecordShape(record, columns, placesOf(width));
    const store = storeOf(width);
    expect(shape.read({ ...record, c3: "abc", c140: "de" }, 0, store)).toBe(5);
    expect([store.texts[3 * STRIDE], store.texts[140 * STRIDE]]).toEqual(["abc", "de"]);
    expect([store.numbers[3 * STRIDE], store.numbers[140 * STRIDE]]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
    expect(store.numbers[149 * STRIDE]).toBe(149 / 4);
    expect(shape.read({ ...record, c100: Number.NaN }, 0, store)).toBeNaN();
    expect(store.others[100 * STRIDE]).toBeNaN();
    expect(shape.read({ ...record, c7: {} }, 0, store)).toBeNaN();
  });
});

describe.each([
  ["by code that is made for them", () => undefined],
  ["where no code may be made", forbidCode],
])("a record is of a kind, read %s,", (_, begin) => {
  function isRead(shape: RecordShape, record: object): boolean {
    return !Number.isNaN(shape.read(record, 0, storeOf(2)));
  }

  it("where it has the same keys in the same order", () => {
    begin();
    const shape = new RecordShape({ a: 1, b: 2 }, [0, 1], placesOf(2));
    expect(isRead(shape, { a: "x", b: undefined })).toBe(true);
    expect(isRead(shape, { b: 2, a: 1 })).toBe(false);
    expect(isRead(shape, { a: 1 })).toBe(false);
    expect(isRead(shape, { a: 1, b: 2, c: 3 })).toBe(false);
    expect(isRead(shape, Object.defineProperty({ a: 1 }, "b", { value: 2 }))).toBe(false);
    expect(isRead(shape, { a: 1, b: 2, [Symbol("c")]: 3 })).toBe(true);
  });

  it("and the same prototype", () => {
    begin();
    const shape = new RecordShape({ a: 1, b: 2 }, [0, 1], placesOf(2));
    expect(isRead(shape, Object.assign(Object.create(null), { a: 1, b: 2 }))).toBe(false);
    expect(isRead(shape, Object.assign(Object.create({ b: 2 }), { a: 1 }))).toBe(false);
    expect(isRead(shape, [1, 2])).toBe(false);
    const empty = new RecordShape({}, [], placesOf(0));
    expect([{}, Object.create(null), []].map((record) => isRead(empty, record))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("where it is an array of the same length", () => {
    begin();
    const arrays = new RecordShape([1, 2], [0, 1], placesOf(2));
    expect(isRead(arrays, ["x", undefined])).toBe(true);
    expect(isRead(arrays, [1])).toBe(false);
    expect(isRead(arrays, Float64Array.of(1, 2))).toBe(false);
    expect(isRead(arrays, { 0: 1, 1: 2 })).toBe(false);
  });
});
