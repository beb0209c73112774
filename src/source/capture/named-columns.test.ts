import { describe, expect, it } from "vitest";
import type { SelectionOptions } from "../column-selection.ts";
import { CaptureColumns } from "./capture-columns.ts";
import { NamedColumns } from "./named-columns.ts";
import type { CellRange } from "./row-pairing.ts";

/** Names of a side's cells, or their number. */
type Cells = readonly string[] | number | undefined;

interface Options extends SelectionOptions {
  features?: readonly string[];
  isOutputFirst?: boolean;
}

function open({ features = [], isOutputFirst = true, ...selection }: Options): NamedColumns {
  const columns = new CaptureColumns(selection);
  return new NamedColumns({ featureNames: features, isOutputFirst, columns });
}

function rangeOf(cells: Cells): CellRange | undefined {
  if (cells === undefined) return undefined;
  return typeof cells === "number"
    ? { from: 0, to: cells }
    : { from: 0, to: cells.length, names: cells };
}

/** Names of the columns that the cells of a row went to. */
function place(named: NamedColumns, output: Cells, input: Cells): (string | null)[] | string {
  const columns = named.place(rangeOf(input), rangeOf(output));
  if (columns === undefined) return "by position";
  if (columns === "too many") return columns;
  return columns.map((column) => (column < 0 ? null : named.names[column]!));
}

const FEATURES = ["label", "age", "plan", "rate"];

describe("NamedColumns over a baseline", () => {
  const features = FEATURES;

  it.each<[kind: string, output: Cells, input: Cells, columns: (string | null)[] | string]>([
    [
      "lays known names, in any order",
      ["label"],
      ["rate", "age", "plan"],
      ["label", "rate", "age", "plan"],
    ],
    ["leaves absent names out", ["label"], ["plan"], ["label", "plan"]],
    [
      "puts unknown names behind",
      ["label", "score"],
      ["tax", "age"],
      ["label", "score", "tax", "age"],
    ],
    ["compares names exactly", ["label"], ["Age", "plan "], ["label", "Age", "plan "]],
    ["takes one side alone", undefined, ["age"], ["age"]],
    ["lays rows without any known name by position", ["p"], ["a", "b"], "by position"],
    ["lays rows without names by position", 1, 3, "by position"],
    ["lays unknown names beside none by position", 1, ["a", "b", "c"], "by position"],
    [
      "gives an unknown output the features left",
      ["p"],
      ["rate", "plan", "age"],
      ["label", "rate", "plan", "age"],
    ],
    [
      "gives several unknown outputs the features left, in order",
      ["p", "q"],
      ["plan", "label"],
      ["age", "rate", "plan", "label"],
    ],
    [
      "gives an output without names the features left",
      1,
      ["age", "plan", "rate"],
      ["label", "age", "plan", "rate"],
    ],
    [
      "gives an unknown output its place when the input lacks a key",
      ["p"],
      ["plan", "rate"],
      ["label", "plan", "rate"],
    ],
    [
      "gives an output without names its place when the input lacks a key",
      1,
      ["plan"],
      ["label", "plan"],
    ],
    [
      "keeps unknown outputs apart that fit nowhere",
      ["p", "q"],
      ["age", "plan", "rate"],
      ["p", "q", "age", "plan", "rate"],
    ],
    [
      "keeps an unknown output apart when the input names its place",
      ["p"],
      ["label", "age"],
      ["p", "label", "age"],
    ],
    [
      "lays a row by position when an output without names fits nowhere",
      2,
      ["age", "plan", "rate"],
      "by position",
    ],
    [
      "gives an input without names the features left",
      ["label"],
      3,
      ["label", "age", "plan", "rate"],
    ],
    [
      "lays a row by position when an input without names does not fit",
      ["label"],
      2,
      "by position",
    ],
    ["keeps an unknown input apart", ["label"], ["a", "b", "c"], ["label", "a", "b", "c"]],
    [
      "keeps a partly known output's other names apart",
      ["label", "p"],
      ["age", "plan"],
      ["label", "p", "age", "plan"],
    ],
    [
      "takes the output's cell where both sides have the name",
      ["label", "id"],
      ["id", "age"],
      ["label", "id", null, "age"],
    ],
  ])("%s", (_kind, output, input, columns) => {
    expect(place(open({ features }), output, input)).toEqual(columns);
  });

  it("goes by the order of the sides when outputs stand behind", () => {
    const last = open({ features: ["age", "plan", "label"], isOutputFirst: false });
    expect(place(last, ["p"], ["plan", "age"])).toEqual(["plan", "age", "label"]);
    expect(place(last, ["p"], ["age"])).toEqual(["age", "label"]);
    expect(place(last, ["p", "q", "r", "s"], ["age"])).toEqual(["age", "p", "q", "r", "s"]);
  });

  it("counts unknown names in order of first appearance behind the features", () => {
    const named = open({ features });
    for (const names of [
      ["age", "z"],
      ["y", "z", "age"],
      ["age", "x"],
    ])
      place(named, undefined, names);
    expect(named.names).toEqual([...FEATURES, "z", "y", "x"]);
  });

  it("matches what is left when columns are chosen by name", () => {
    const named = open({ features, exclude: ["id", "model"] });
    expect(place(named, ["model", "p"], ["id", "plan", "rate", "age"])).toEqual([
      null,
      "label",
      null,
      "plan",
      "rate",
      "age",
    ]);
    expect(place(named, 1, ["plan", "id", "age", "rate"])).toEqual([
      "label",
      "plan",
      null,
      "age",
      "rate",
    ]);
    const kept = open({ features: ["age"], columns: ["age"] });
    expect(place(kept, ["p"], ["plan", "age"])).toEqual([null, null, "age"]);
  });

  it("matches what is left when columns are chosen by position in the row", () => {
    const named = open({ features, exclude: ["1"] });
    expect(place(named, 1, ["id", "plan", "rate", "age"])).toEqual([
      "label",
      null,
      "plan",
      "rate",
      "age",
    ]);
  });

  it("tells the names that rows had, once a row was laid by name", () => {
    const named = open({ features });
    expect(named.metNames).toBeUndefined();
    place(named, undefined, ["age", "never"]);
    named.meet([4, -1, 2]);
    expect(named.metNames).toEqual(["plan", "never"]);
    named.meetFeatures();
    expect(named.metNames).toEqual([...FEATURES, "never"]);
  });

  it("tells no names when all rows were by position", () => {
    const named = open({ features });
    named.meetFeatures();
    expect(named.metNames).toBeUndefined();
  });
});

describe("NamedColumns without a baseline", () => {
  it("lays rows by their own names, outputs first", () => {
    const named = open({});
    expect(place(named, ["p"], ["b", "a"])).toEqual(["p", "b", "a"]);
    expect(place(named, ["p"], ["a", "c"])).toEqual(["p", "a", "c"]);
    expect(named.names).toEqual(["p", "b", "a", "c"]);
    expect(place(named, 2, 3)).toBe("by position");
  });

  it("names cells without names by their position in their side", () => {
    expect(place(open({}), 2, ["a"])).toEqual(["_c0", "_c1", "a"]);
    expect(place(open({}), ["p"], 2)).toEqual(["p", "_c0", "_c1"]);
    expect(place(open({ isOutputFirst: false }), 1, ["a", "b"])).toEqual(["a", "b", "_c0"]);
  });

  it("refuses more columns than a run may have, and goes on with those there are", () => {
    const named = open({});
    const names = Array.from({ length: 99_999 }, (_, i) => `n${i}`);
    expect(place(named, undefined, names)).toHaveLength(99_999);
    expect(place(named, undefined, ["a", "b"])).toBe("too many");
    expect(place(named, undefined, ["n7"])).toEqual(["n7"]);
    const long = open({});
    expect(place(long, undefined, ["k".repeat(16 * 1024 * 1024)])).toHaveLength(1);
    expect(place(long, undefined, ["b"])).toBe("too many");
  });
});
