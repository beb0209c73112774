/** Rows written as JSON in every shape, key order and grouping, read back as the rows they were. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { type Cell, fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";

const NAMES = ["label", "a", "b.c", "d[0]", 'e"'];

/** A cell as it stands in JSON and as it is read; an absent one has no key. */
interface Value {
  readonly json: string | undefined;
  readonly cell: Cell;
}

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("0", "1.0", "-2.50", "1e5").map(plain) },
  { weight: 1, arbitrary: fc.constantFrom("true", "false").map(plain) },
  { weight: 3, arbitrary: fc.string({ maxLength: 6, unit: "grapheme" }).map(quoted) },
  { weight: 1, arbitrary: fc.constant({ json: "null", cell: null }) },
  { weight: 1, arbitrary: fc.constant({ json: undefined, cell: null }) },
);

function plain(text: string): Value {
  return { json: text, cell: text };
}

function quoted(text: string): Value {
  return { json: JSON.stringify(text), cell: text };
}

type Row = Readonly<Record<string, Value>>;

const SHAPES = ["array", "wrapper", "lines", "table", "base64"] as const;

function objectOf(row: Row, names: readonly string[]): string {
  const entries = names.flatMap((name) => {
    const { json } = row[name]!;
    return json === undefined ? [] : [`${JSON.stringify(name)}: ${json}`];
  });
  return `{${entries.join(",")}}`;
}

function payloadOf(rows: readonly Row[], orders: readonly string[][], shape: string): string {
  if (shape === "table") {
    const [names = []] = orders;
    const data = rows.map((row) => `[${names.map((name) => row[name]!.json ?? "null").join(",")}]`);
    return `{"columns":${JSON.stringify(names)},"data":[${data.join(",")}]}`;
  }
  const objects = rows.map((row, i) => objectOf(row, orders[i]!));
  if (shape === "lines") return objects.join("\n");
  return shape === "wrapper" ? `{"instances":[${objects.join(",")}]}` : `[${objects.join(",")}]`;
}

const request = fc
  .array(fc.record(Object.fromEntries(NAMES.map((name) => [name, value]))), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      inputs: fc.array(fc.shuffledSubarray(NAMES.slice(1), { minLength: 4 }), {
        minLength: rows.length,
        maxLength: rows.length,
      }),
      shape: fc.constantFrom(...SHAPES),
      outputShape: fc.constantFrom("array", "wrapper", "column", "scalars"),
    }),
  );

type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

function lineOf({ rows, inputs, shape, outputShape }: Request): string {
  const text = payloadOf(rows, inputs, shape === "base64" ? "array" : shape);
  const labels = rows.map((row) => row["label"]!.json ?? "null").join(",");
  const objects = payloadOf(
    rows,
    rows.map(() => ["label"]),
    outputShape,
  );
  const output =
    outputShape === "column"
      ? `{"label":[${labels}]}`
      : outputShape === "scalars"
        ? `[${labels}]`
        : objects;
  const isBase64 = shape === "base64";
  return recordOf({
    input: isBase64 ? Buffer.from(text).toString("base64") : text,
    output,
    encodings: [isBase64 ? "BASE64" : "JSON", "JSON"],
    contentTypes: ["application/json", "application/json"],
  });
}

describe("openCapture", () => {
  it("lays rows of any shape and key order over a baseline's features", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 5 }), async (requests) => {
        const content = requests.map(lineOf).join("\n");
        const { batches, rejections } = await readCapture([fileOf("a", content)], {
          featureNames: NAMES,
        });
        // A row of absent cells alone has no name that the baseline could know.
        const isNamed = requests.every(({ rows }) =>
          rows.every((row) => NAMES.slice(1).some((name) => row[name]!.json !== undefined)),
        );
        fc.pre(isNamed);
        expect(rejections).toEqual([]);
        expect(batches.flatMap(({ rows }) => rows)).toEqual(
          requests.flatMap(({ rows }) => rows.map((row) => NAMES.map((name) => row[name]!.cell))),
        );
      }),
      { seed: 1, numRuns: casesOf(300, 3_000) },
    );
  });
});
