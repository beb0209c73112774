import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";
import { readTransform } from "../../../fixtures/read-transform.ts";
import { GroundTruthIndex } from "../capture/ground-truth-index.ts";

const TIME = "2026-11-20T10:00:00Z";
const IDS = [1, 2, 3].map((i) => `0a1b2c3d-0000-4000-8000-00000000000${i}`);

describe("openTransform", () => {
  it("lays the rows of both files side by side, outputs first", async () => {
    const contents = { input: '1,x\n2,"a,b"\n', output: "0.1\n\n0.2" };
    const { batches, tallies, isSameUnderBoth } = await readTransform(contents);
    expect(batches).toEqual([
      {
        file: "in",
        rows: [
          ["0.1", "1", "x"],
          ["0.2", "2", "a,b"],
        ],
        lines: [1, 2],
        eventIds: [undefined, undefined],
      },
    ]);
    expect(tallies.map(({ path, records }) => [path, records])).toEqual([
      ["in", 2],
      ["out", 2],
    ]);
    expect(isSameUnderBoth).toBe(true);
    const last = await readTransform(contents, { outputColumnsPosition: "END" });
    expect(last.batches[0]?.rows[0]).toEqual(["1", "x", "0.1"]);
  });

  it("strips the id columns, and names the event by them", async () => {
    const output = IDS.map((id, i) => `0.${i},${id},${TIME}`).join("\n");
    const { batches } = await readTransform({ input: "1\n2\n3", output });
    expect(batches[0]).toMatchObject({
      rows: [
        ["0.0", "1"],
        ["0.1", "2"],
        ["0.2", "3"],
      ],
      eventIds: IDS,
    });
  });

  it.each([
    ["a label and a time", `12345678,${TIME}`],
    ["two cells alone", `${IDS[0]},${TIME}`],
    ["an id and no time", `0.1,${IDS[0]},yesterday`],
    ["a short text and a time", `0.1,churned,${TIME}`],
    ["a number and a time", `0.1,12345678,${TIME}`],
  ])("keeps %s", async (_, output) => {
    const { batches } = await readTransform({ output });
    expect(batches[0]?.rows).toEqual([output.split(",")]);
  });

  it("leaves ids in a request alone", async () => {
    const input = `0.1,${IDS[0]},${TIME}`;
    const { batches } = await readTransform({ input });
    expect(batches[0]?.rows).toEqual([input.split(",")]);
  });

  it("rejects a row without the ids that its file has", async () => {
    const output = `0.1,${IDS[0]},${TIME}\n0.2\n0.3,${IDS[2]},${TIME}`;
    const { batches, rejections, tallies } = await readTransform({ input: "1\n2\n3", output });
    expect(batches[0]?.rows).toEqual([
      ["0.1", "1"],
      ["0.3", "3"],
    ]);
    expect(rejections).toEqual([
      {
        file: "out",
        line: 2,
        reason: "shape",
        detail: "the output's row does not end with its ids",
        text: "0.2",
      },
    ]);
    expect(tallies.map(({ records, rejected }) => [records, rejected])).toEqual([
      [2, {}],
      [2, { shape: 1 }],
    ]);
  });

  it.each([
    ["output", { input: "1\n2", output: "0.1\n0.2\n0.3\n0.4" }, "out", [3, 4], ["0.3", "0.4"]],
    ["input", { input: "1\n2\n3", output: "0.1\n0.2" }, "in", [3], ["3"]],
  ])("rejects surplus rows of the %s", async (side, contents, file, lines, texts) => {
    const { batches, rejections, tallies } = await readTransform(contents);
    expect(batches[0]?.rows).toHaveLength(2);
    const detail = `the ${side === "output" ? "input" : "output"} has no record for it`;
    expect(rejections).toEqual(
      lines.map((line, i) => ({ file, line, reason: "row_pairing", detail, text: texts[i] })),
    );
    const tally = tallies.find(({ path }) => path === file);
    expect(tally?.rejected).toEqual({ row_pairing: lines.length });
  });

  it("keeps the pairs behind a record that can not be read", async () => {
    const contents = { input: '1\n"2"x\n3\n4', output: '0.1\n0.2\n"0.3" \n0.4' };
    const { batches, rejections } = await readTransform(contents);
    expect(batches[0]?.rows).toEqual([
      ["0.1", "1"],
      ["0.4", "4"],
    ]);
    expect(
      rejections.map(({ file, line, reason, detail }) => [file, line, reason, detail]),
    ).toEqual([
      ["in", 2, "csv", "text follows a closing quote"],
      ["out", 3, "csv", "text follows a closing quote"],
    ]);
  });

  it("pairs rows whose quoted cells hold line breaks", async () => {
    const contents = { input: '1,"a\nb"\n2,c', output: "0.1\n0.2" };
    const { batches } = await readTransform(contents);
    expect(batches[0]).toMatchObject({
      rows: [
        ["0.1", "1", "a\nb"],
        ["0.2", "2", "c"],
      ],
      lines: [1, 3],
    });
  });

  it("takes names from a header only when told that there is one", async () => {
    const contents = { input: "b,a\n1,2", output: "p\n0.5" };
    const plain = await readTransform(contents);
    expect(plain.batches[0]?.rows).toEqual([
      ["p", "b", "a"],
      ["0.5", "1", "2"],
    ]);
    const { batches, names } = await readTransform(contents, {
      hasHeader: true,
      featureNames: ["p", "a", "b"],
    });
    expect([batches[0]?.rows, names]).toEqual([[["0.5", "2", "1"]], ["p", "a", "b"]]);
  });

  it("reads JSON lines and arrays, unwrapped, beside CSV", async () => {
    const wrapped = (output: string, i: number): string =>
      `{"SageMakerOutput":${output},"SageMakerInferenceId":"${IDS[i]}",` +
      `"SageMakerInferenceTime":"${TIME}"}`;
    const features = ["p", "a"];
    const { batches } = await readTransform(
      {
        input: '[{"a":1.0},{"a":2},{"a":3}]',
        output: [wrapped('{"p":0.50}', 0), wrapped("0.6", 1), wrapped("[0.7]", 2)].join("\n"),
      },
      { featureNames: features },
    );
    expect(batches[0]).toMatchObject({
      rows: [
        ["0.50", "1.0"],
        ["0.6", "2"],
        ["0.7", "3"],
      ],
      eventIds: IDS,
    });
    const mixed = await readTransform(
      { input: "1\n2", output: '{"p":0.1}\n{"p":0.2}' },
      { featureNames: features },
    );
    expect(mixed.batches[0]?.rows).toEqual([
      ["0.1", "1"],
      ["0.2", "2"],
    ]);
  });

  it("rejects broken JSON at its place, and JSON that is not flat under model-monitor", async () => {
    const input = '{"a":1}\n{"a":\n{"a":[3]}\n[]';
    const { rejections } = await readTransform({ input });
    expect(
      rejections.map(({ line, reason, detail, text }) => [line, reason, detail, text]),
    ).toEqual([
      [2, "json", "the input is not JSON", '{"a":'],
      [4, "shape", "the input has no row", "[]"],
    ]);
    const service = await readTransform({ input }, { semantics: "model-monitor" });
    expect(service.rejections.map(({ line, detail }) => [line, detail])[1]).toEqual([
      3,
      "the record is not one flat JSON object; only tidemark reads others",
    ]);
    expect(service.isSameUnderBoth).toBe(false);
  });

  it("refuses a binary file", async () => {
    await expect(readTransform({ input: "PAR1\x00\x00" })).rejects.toThrow(
      "in: is a Parquet file; expected CSV or JSON lines in UTF-8. Pass --format parquet.",
    );
  });

  it("leaves out rows whose id has no label", async () => {
    const label = (eventId: string): string =>
      JSON.stringify({
        groundTruthData: { data: "1", encoding: "CSV" },
        eventMetadata: { eventId },
      });
    const labels = [label(IDS[1]!), label("other")].join("\n");
    const groundTruth = await GroundTruthIndex.read([fileOf("labels", labels)], () => {});
    const output = IDS.map((id, i) => `0.${i},${id},${TIME}`).join("\n");
    const { batches } = await readTransform({ input: "1\n2\n3", output }, { groundTruth });
    expect(batches[0]?.rows).toEqual([["0.1", "2"]]);
    expect([groundTruth.matched, groundTruth.unmatched, groundTruth.unused]).toEqual([1, 2, 1]);
  });
});

const cell = fc.constantFrom("1", "2.5", "x", "", '""', '"a,""b"', "é漢😀", '"two\nlines"', "NA");
const pairs = fc.array(
  fc.record({
    // The second cell keeps a row from being a blank line.
    input: fc.array(cell, { minLength: 1, maxLength: 2 }).map((cells) => [...cells, "7"].join()),
    output: fc.constantFrom("0.1", "1", '"yes"'),
  }),
  { minLength: 1, maxLength: 10 },
);

describe("openTransform", () => {
  it("makes the rows that captured invocations of the same payloads make", async () => {
    const options = fc.record({
      semantics: fc.constantFrom("tidemark" as const, "model-monitor" as const),
      sides: fc.constantFrom("both" as const, "input" as const, "output" as const),
      outputColumnsPosition: fc.constantFrom("START" as const, "END" as const),
      featureNames: fc.constantFrom(undefined, ["p", "a", "b"]),
      nullTokens: fc.constantFrom([], ["NA"]),
    });
    const cuts = fc.array(fc.nat(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(pairs, options, fc.boolean(), cuts, async (all, chosen, hasIds, at) => {
        const { sides } = chosen;
        const lines = all.map(({ input, output }) => recordOf({ input, output }));
        const captured = await readCapture([fileOf("capture", lines.join("\n"))], chosen);
        const outputs = all.map(({ output }) => (hasIds ? `${output},${IDS[0]},${TIME}` : output));
        const transformed = await readTransform(
          {
            input: sides === "output" ? undefined : all.map(({ input }) => input).join("\n"),
            output: sides === "input" ? undefined : outputs.join("\n"),
          },
          chosen,
          at,
        );
        const rowsOf = ({ batches, rejections, names, isSameUnderBoth }: typeof captured) => ({
          batches: batches.map(({ rows, names: own }) => [own, rows]),
          rejections: rejections.length,
          names,
          isSameUnderBoth,
        });
        expect(rowsOf(transformed)).toEqual(rowsOf(captured));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
