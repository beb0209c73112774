import { describe, expect, it } from "vitest";
import { type CellRange, pairRows } from "./row-pairing.ts";

/** Rows of the given lengths, one after the other. */
function rowsOf(...lengths: number[]): CellRange[] {
  let to = 0;
  return lengths.map((length) => {
    const from = to;
    to += length;
    return { from, to };
  });
}

describe("pairRows", () => {
  const [a, b, c] = rowsOf(2, 2, 2);

  it("pairs equal numbers of rows one by one, even where one output row could be spread", () => {
    expect(pairRows([a!], rowsOf(1))).toEqual([{ input: a, output: { from: 0, to: 1 } }]);
    expect(pairRows([a!, b!], rowsOf(1, 3))).toEqual([
      { input: a, output: { from: 0, to: 1 } },
      { input: b, output: { from: 1, to: 4 } },
    ]);
  });

  it("spreads one output row of as many cells over the input rows", () => {
    expect(pairRows([a!, b!, c!], rowsOf(3))).toEqual([
      { input: a, output: { from: 0, to: 1 } },
      { input: b, output: { from: 1, to: 2 } },
      { input: c, output: { from: 2, to: 3 } },
    ]);
  });

  it("does not spread a row whose cells have names of their own", () => {
    const output = [{ from: 0, to: 3, names: ["label", "score", "model"] }];
    expect(pairRows([a!, b!, c!], output)).toEqual({
      reason: "row_pairing",
      detail: "3 input rows do not pair with 1 output rows",
    });
  });

  it("repeats one input row for each output row", () => {
    expect(pairRows([a!], rowsOf(1, 1))).toEqual([
      { input: a, output: { from: 0, to: 1 } },
      { input: a, output: { from: 1, to: 2 } },
    ]);
  });

  it("gives the rows of the other side where one has none", () => {
    expect(pairRows([a!, b!], [])).toEqual([{ input: a }, { input: b }]);
    expect(pairRows([], [a!])).toEqual([{ output: a }]);
    expect(pairRows([], [])).toEqual([]);
  });

  it("refuses the rest", () => {
    expect(pairRows([a!, b!, c!], rowsOf(1, 1))).toEqual({
      reason: "row_pairing",
      detail: "3 input rows do not pair with 2 output rows",
    });
    expect(pairRows([a!, b!, c!], rowsOf(2))).toEqual({
      reason: "row_pairing",
      detail: "3 input rows do not pair with 1 output rows",
    });
  });
});
