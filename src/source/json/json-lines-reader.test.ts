import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf, type ReadCapture, readSource } from "../../../fixtures/read-capture.ts";
import type { ByteInput, Rejection } from "../record-source.ts";
import { type JsonLinesOptions, openJsonLines } from "./json-lines-reader.ts";

async function readJson(
  content: string | ByteInput,
  options: Partial<JsonLinesOptions> = {},
): Promise<ReadCapture> {
  const rejections: Rejection[] = [];
  const input = typeof content === "string" ? fileOf("a.jsonl", content) : content;
  const source = openJsonLines([input], {
    semantics: "tidemark",
    onReject: (rejection) => rejections.push(rejection),
    ...options,
  });
  return await readSource(source, rejections);
}

describe("openJsonLines", () => {
  it("names columns by keys in order of first appearance and keeps number tokens", async () => {
    const lines = ['{"b":1.0,"a":null}', "", '{"c":{"d":[true]},"a":"x"}', '{"b":1e2}'];
    const { batches, names, tallies, isSameUnderBoth } = await readJson(lines.join("\n"));
    expect(names).toEqual(["b", "a", "c.d[0]"]);
    expect(batches.map(({ rows, lines: at }) => [rows, at])).toEqual([
      [[["1.0", null]], [1]],
      [
        [
          [null, "x", "true"],
          ["1e2", null, null],
        ],
        [3, 4],
      ],
    ]);
    expect(tallies[0]?.records).toBe(3);
    expect(isSameUnderBoth).toBe(false);
  });

  it("makes several rows of a line that holds them", async () => {
    const { batches } = await readJson('{"instances":[{"a":1},{"a":2}]}\n[{"a":3},{"a":4}]');
    expect(batches[0]?.rows).toEqual([["1"], ["2"], ["3"], ["4"]]);
    const arrays = await readJson('[{"a":1},{"a":2}]\n[{"a":3},{"a":4}]');
    expect(arrays.batches[0]?.rows).toEqual(batches[0]?.rows);
  });

  it("takes arrays of scalars by position", async () => {
    const { batches, names } = await readJson("[1,2]\n[3,null]");
    expect([names, batches[0]?.rows]).toEqual([
      undefined,
      [
        ["1", "2"],
        ["3", null],
      ],
    ]);
  });

  it("lays names over a baseline's features", async () => {
    const { batches, names } = await readJson('{"z":1,"b":2}\n{"a":3}', {
      featureNames: ["a", "b", "c"],
    });
    expect(names).toEqual(["a", "b", "z"]);
    expect(batches[0]?.rows.map((row) => row.slice(0, 4))).toEqual([
      [null, "2", null, "1"],
      ["3", null, null, null],
    ]);
  });

  it("tells missing texts, chosen columns and the same under both", async () => {
    const { batches, names, isSameUnderBoth } = await readJson('{"a":"NA","b":"","c":1}', {
      nullTokens: ["NA"],
      emptyIsMissing: true,
      exclude: ["c"],
    });
    expect([names, batches[0]?.rows, isSameUnderBoth]).toEqual([["a", "b"], [[null, null]], true]);
  });

  it.each<[text: string, reason: string, detail: string]>([
    ['{"a":1', "json", "the line is not JSON"],
    ["[]", "shape", "the line has no row"],
    ["{}", "row_length", "a row of length 0 lacks the columns to read"],
    ["[1,[2]]", "shape", "the line mixes objects, arrays and scalars in one array"],
    [`${"[".repeat(40)}`, "shape", "the line nests deeper than 32 levels"],
    [`"${"x".repeat(200)}"`, "json", "the line is too long"],
  ])("rejects %j", async (text, reason, detail) => {
    const { rejections, batches, tallies } = await readJson(`{"a":1}\n${text}`, {
      recordBytesMax: 100,
    });
    const told = { file: "a.jsonl", line: 2, reason, detail, text: text.slice(0, 100) };
    expect(rejections).toEqual([told]);
    expect(batches.flatMap(({ rows }) => rows)).toEqual([["1"]]);
    expect(tallies[0]?.rejected).toEqual({ [reason]: 1 });
  });

  it("rejects elements at their place", async () => {
    const text = '[{"a":1},\n {"a":}, , {"a":2} {"a":3}, []]';
    const { rejections, batches } = await readJson(text);
    expect(
      rejections.map(({ line, column, reason, detail }) => [line, column, reason, detail]),
    ).toEqual([
      [2, 2, "json", "the element is not JSON"],
      [2, 10, "json", "the element is not JSON"],
      [2, 12, "json", "the element is not JSON"],
      [2, 29, "shape", "the element has no row"],
    ]);
    expect(batches[0]?.rows).toEqual([["1"]]);
  });

  it("reads flat objects alone under model-monitor", async () => {
    const text = '{"a":1}\n[{"a":2}]\n{"a":{"b":1}}\n{"a"';
    const { rejections, batches, isSameUnderBoth } = await readJson(text, {
      semantics: "model-monitor",
    });
    expect(batches[0]?.rows).toEqual([["1"]]);
    const flat = "the line is not one flat JSON object; only tidemark reads others";
    expect(rejections.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["shape", flat],
      ["shape", flat],
      ["json", "the line is not JSON"],
    ]);
    expect(isSameUnderBoth).toBe(false);
  });
});

const record = fc.oneof(
  fc.dictionary(fc.constantFrom("a", "b", "c.d"), fc.constantFrom(1, 2.5, null, "é漢", true), {
    maxKeys: 3,
  }),
  fc.jsonValue({ maxDepth: 3 }),
);

describe("openJsonLines", () => {
  it("gives the same whether records are lines or one array, and however bytes arrive", async () => {
    const cuts = fc.array(fc.nat(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 8 }),
        cuts,
        fc.boolean(),
        async (all, at, isWide) => {
          const texts = all.map((each) => JSON.stringify(each));
          const array = isWide ? JSON.stringify(all, null, 1) : `[\n${texts.join("\n,\n")}]`;
          // A first line that is an array of arrays or objects would make the file an array of them.
          const asLines = await readJson(fileOf("a", `1\n${texts.join("\n")}`));
          const asArray = await readJson(
            fileOf("a", array.replace("[", `[\n1${all.length ? "," : ""}`), at),
          );
          const rowsOf = ({ batches, names, rejections, isSameUnderBoth }: ReadCapture) => ({
            rows: batches.map(({ rows, names: own }) => [own, rows]),
            names,
            isSameUnderBoth,
            rejections: rejections.map(({ reason, detail }) => [
              reason,
              detail.replace("element", "line"),
            ]),
          });
          expect(rowsOf(asArray)).toEqual(rowsOf(asLines));
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});
