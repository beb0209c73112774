import { describe, expect, it } from "vitest";
import { FrequencyTable } from "./frequency-table.ts";

const HINT = "Please report this with the command you ran.";
const encoder = new TextEncoder();

function count(table: FrequencyTable, ...texts: string[]): boolean[] {
  const known = texts.map((text) => {
    const bytes = encoder.encode(text);
    return table.count(bytes, 0, bytes.length);
  });
  table.checkInvariants();
  return known;
}

describe("FrequencyTable", () => {
  it("counts texts and tells whether it had counted one before", () => {
    const table = new FrequencyTable();
    expect(table.isEmpty).toBe(true);
    expect(count(table, "a", "b", "a", "", "", "New York", "New York City", "a")).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(table.counts()).toEqual(
      new Map([
        ["a", 3],
        ["b", 1],
        ["", 2],
        ["New York", 1],
        ["New York City", 1],
      ]),
    );
    expect(table.isEmpty).toBe(false);
    expect(table.other).toBe(0);
  });

  it("counts many cells of one text at once, within its cap and beyond", () => {
    const table = new FrequencyTable({ textsMax: 1 });
    const bytes = encoder.encode("ab");
    expect(table.count(bytes, 0, 1, 3)).toBe(false);
    expect(table.count(bytes, 0, 1, 4)).toBe(true);
    expect(table.counts()).toEqual(new Map([["a", 7]]));
    expect(table.count(bytes, 1, 2, 5)).toBe(false);
    expect(table.count(bytes, 0, 1, 6)).toBe(false);
    expect([table.counts().size, table.other]).toEqual([0, 18]);
  });

  it("keeps a byte order mark as part of a text", () => {
    const table = new FrequencyTable();
    count(table, "\ufeffa", "a");
    expect([...table.counts().keys()]).toEqual(["\ufeffa", "a"]);
  });

  it("tells texts of one character apart by their length", () => {
    for (let code = 0; code < 128; code++) {
      const table = new FrequencyTable();
      const texts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => String.fromCharCode(code).repeat(n));
      count(table, ...texts, ...texts.toReversed());
      expect(table.counts()).toEqual(new Map(texts.map((text) => [text, 2])));
    }
  });

  it("tells long texts of equal hash apart", () => {
    const table = new FrequencyTable();
    // Pairs found by search for the hash function of the table.
    const texts = ["city 67301596", "city 59357540", "city 04060290", "city 09055694"];
    expect(count(table, ...texts, ...texts)).toEqual([...texts, ...texts].map((_, i) => i > 3));
    expect(table.counts()).toEqual(new Map(texts.map((text) => [text, 2])));
  });

  it("drops its contents at the first text beyond the cap when nothing is pinned", () => {
    const table = new FrequencyTable({ textsMax: 2 });
    count(table, "a", "b", "b");
    expect(table.isOverflown).toBe(false);
    expect(count(table, "c", "a")).toEqual([false, false]);
    expect(table.isOverflown).toBe(true);
    expect(table.counts()).toEqual(new Map());
    expect(table.other).toBe(5);
    expect(table.isEmpty).toBe(false);
  });

  it("holds 1,024 texts when not told otherwise", () => {
    const table = new FrequencyTable();
    for (let i = 0; i < 1024; i++) count(table, `text ${i}`);
    expect(table.isOverflown).toBe(false);
    expect(table.counts().size).toBe(1024);
    count(table, "one more");
    expect(table.isOverflown).toBe(true);
  });

  it("overflows past 4 MiB of texts, however few", () => {
    const table = new FrequencyTable();
    const bytes = new Uint8Array(128 * 1024).fill(65);
    for (let i = 0; i < 32; i++) {
      bytes[0] = 65 + i;
      table.count(bytes, 0, bytes.length);
    }
    expect(table.isOverflown).toBe(false);
    count(table, "one more");
    expect(table.isOverflown).toBe(true);
    expect(table.other).toBe(33);
  });

  it("counts many cells of one text at once, also when they have no room", () => {
    const bytes = encoder.encode("ab");
    const table = new FrequencyTable({ textsMax: 1 });
    expect(table.count(bytes, 0, 1, 5)).toBe(false);
    expect(table.count(bytes, 0, 1, 7)).toBe(true);
    expect(table.counts()).toEqual(new Map([["a", 12]]));
    expect(table.count(bytes, 1, 2, 3)).toBe(false);
    expect(table.count(bytes, 0, 2, 2)).toBe(false);
    expect(table.other).toBe(17);
  });

  it("counts pinned texts beside and beyond the cap", () => {
    const table = new FrequencyTable({ textsMax: 1, pinned: ["a", "pinned", "never", "a"] });
    expect(table.isEmpty).toBe(true);
    expect(count(table, "x", "y", "a", "x", "pinned", "pinned", "z")).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(table.isOverflown).toBe(true);
    expect(table.other).toBe(2);
    expect(table.counts()).toEqual(
      new Map([
        ["a", 1],
        ["pinned", 2],
        ["x", 2],
      ]),
    );
  });

  it("sums the counts of pinned texts by their places, which a merge leaves as they are", () => {
    const options = { textsMax: 2, pinned: ["a", "long enough to hash", "é"] };
    const table = new FrequencyTable(options);
    const places = table.placesOf(["é", "not pinned", "a", "a"]);
    expect(table.countAt(places)).toBe(0);
    count(table, "a", "x", "é", "y", "z", "a", "long enough to hash");
    expect(table.countAt(places)).toBe(3);
    const other = new FrequencyTable(options);
    count(other, "a", "y");
    table.merge(other);
    expect(table.countAt(places)).toBe(4);
    expect(table.placesOf(["é", "a"])).toEqual(places);
  });

  it("moves to other what a merge can not count exactly", () => {
    const options = { textsMax: 2, pinned: ["p"] };
    const left = new FrequencyTable(options);
    const right = new FrequencyTable(options);
    count(left, "a", "b", "p", "z");
    count(right, "b", "c", "d", "a", "p");
    left.merge(right);
    left.checkInvariants();
    // The right side met "a" when it was full, as the left one may have met "c"; "b" is sure.
    expect(left.counts()).toEqual(
      new Map([
        ["p", 2],
        ["b", 2],
      ]),
    );
    expect(left.other).toBe(5);
    expect(left.isOverflown).toBe(true);
    // There is room again, but an earlier "e" may have gone by: nothing new is taken in.
    expect(count(left, "e", "e", "b")).toEqual([false, false, true]);
    expect(left.other).toBe(7);
  });

  it("keeps in a merge what only the side with room has met", () => {
    const options = { textsMax: 2, pinned: ["p"] };
    const left = new FrequencyTable(options);
    const right = new FrequencyTable(options);
    count(left, "a");
    count(right, "b", "c", "c", "d");
    left.merge(right);
    expect(left.counts()).toEqual(
      new Map([
        ["b", 1],
        ["c", 2],
      ]),
    );
    expect(left.other).toBe(2);
  });

  it("overflows in a merge of two tables that fit alone", () => {
    const left = new FrequencyTable({ textsMax: 2 });
    const right = new FrequencyTable({ textsMax: 2 });
    count(left, "a", "b");
    count(right, "b", "c");
    left.merge(right);
    left.checkInvariants();
    expect(left.isOverflown).toBe(true);
    expect(left.other).toBe(4);
    expect(left.counts()).toEqual(new Map());
  });

  it("refuses to merge with a table of other options", () => {
    const what = `internal: FrequencyTable merged with one of other options. ${HINT}`;
    const table = new FrequencyTable({ pinned: ["a"] });
    expect(() => table.merge(new FrequencyTable({ pinned: ["b"] }))).toThrow(what);
    expect(() => table.merge(new FrequencyTable({ pinned: ["a", "b"] }))).toThrow(what);
    expect(() => table.merge(new FrequencyTable({ pinned: ["a"], textsMax: 3 }))).toThrow(what);
  });
});
