import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { fileOf, recordOf } from "../../fixtures/read-capture.ts";
import type { Semantics } from "../base/semantics.ts";
import { type CaptureOptions, openCapture } from "../source/capture/capture-reader.ts";
import { type ByteInput, withBatches } from "../source/record-source.ts";
import type { OffenceRule } from "./feature-offences.ts";
import { profileRecords } from "./profile-records.ts";

const OFFENCES = ["missing", "mistyped", "outside", "negative"] as const;
const WIDTH = 6;

/** All that is told of the records of a run, and how many cells were counted while it was read. */
async function profile(
  inputs: readonly ByteInput[],
  semantics: Semantics,
  options: Partial<CaptureOptions>,
): Promise<{ told: unknown; counted: number }> {
  const source = await openCapture(inputs, {
    semantics,
    sides: "both",
    outputColumnsPosition: "START",
    window: {},
    onReject: () => undefined,
    ...options,
  });
  let counted = 0;
  async function* batches() {
    for await (const batch of source.batches) {
      for (const { counted: part, count } of batch.columns) if (part) counted += part.cells - count;
      yield batch;
    }
  }
  const rule: OffenceRule = {
    name: "f",
    isMissingCounted: true,
    classes: ["integral"],
    domain: ["0", "1"],
    isNonNegative: true,
  };
  const { profiler, otherWidths } = await profileRecords(withBatches(source, batches()), {
    semantics,
    pinnedAt: () => ["0", "1"],
    offenders: { seed: 7, recordsMax: 5, keepsValues: true, ruleAt: () => rule },
  });
  if (profiler === undefined) return { told: undefined, counted };
  const positions = [...Array(profiler.width).keys()];
  const collector = profiler.offenders!;
  const told = {
    profile: profiler.finish(positions.map(String)),
    widths: otherWidths.map(({ width, records }) => [width, records]),
    cells: positions.map((position) =>
      collector.rows
        .cellsOf(position)
        .map(({ record, bytes }) => [record, Buffer.from(bytes).toString("latin1")]),
    ),
    samples: positions.map((position) =>
      OFFENCES.map((offence) => collector.offencesAt(position)!.sampleOf(offence)),
    ),
    tallies: source.tallies,
  };
  return { told, counted };
}

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constant("0") },
  { weight: 3, arbitrary: fc.constantFrom("1", "7", "2.5") },
  fc.constantFrom("", "-3", "00", "x y", "é漢", "1e3", "0123456789".repeat(7)),
);
const payload = (cells: number) =>
  fc.array(cell, { minLength: cells, maxLength: cells }).map((row) => row.join(","));
const line = fc
  .record({
    input: fc.oneof({ weight: 30, arbitrary: payload(WIDTH - 1) }, payload(WIDTH)),
    output: payload(1),
    // An escape leaves the line to the parser.
    inferenceId: fc.oneof({ weight: 15, arbitrary: fc.constant("i") }, fc.constant('"')),
  })
  .map(recordOf);
// A batch ends with its file: what is counted in one is known from those before.
const files = fc.array(fc.array(line, { minLength: 1, maxLength: 12 }), {
  minLength: 3,
  maxLength: 20,
  size: "max",
});

describe("captured cells that are counted while they are read", () => {
  it("give the profile, the samples and the offending records of those that are laid", async () => {
    const numRuns = casesOf(25, 400);
    let met = 0;
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.constantFrom<Semantics>("tidemark", "model-monitor"),
        fc.constantFrom("START" as const, "END" as const),
        async (all, semantics, outputColumnsPosition) => {
          const inputs = all.map((lines, at) => fileOf(`${at}`, `${lines.join("\n")}\n`, [999]));
          const options = { outputColumnsPosition };
          const slow = { ...options, kernel: "typescript" as const };
          const { told } = await profile(inputs, semantics, slow);
          const laid = await profile(inputs, semantics, options);
          const read = await profile(inputs, semantics, { ...options, offersCounts: true });
          assert.deepEqual(laid, { told, counted: 0 });
          assert.deepEqual(read.told, told);
          met += read.counted;
        },
      ),
      { seed: 1, numRuns },
    );
    expect(met).toBeGreaterThan(50 * numRuns);
  });

  it("are those of wide payloads, of other sides, and of columns beyond what is counted", async () => {
    const lines = (from: number, sides: readonly ("input" | "output")[]): string => {
      let text = "";
      for (let i = from; i < from + 1500; i++) {
        const flags = Array.from({ length: 150 }, (_, at) => (i % (at + 2) === 0 ? "1" : "0"));
        const cells = `,,0,${i},id-${i},${flags.join(",")},${Math.sqrt(i)},,`;
        const parts = { input: cells, output: `${i % 2}` };
        text += `${recordOf(Object.fromEntries(sides.map((side) => [side, parts[side]])))}\n`;
      }
      return text;
    };
    for (const sides of [["input", "output"], ["output", "input"], ["input"]] as const) {
      const inputs = [0, 1, 2].map((at) => fileOf(`${at}`, lines(1500 * at, sides)));
      const { told } = await profile(inputs, "tidemark", { kernel: "typescript" });
      const read = await profile(inputs, "tidemark", { offersCounts: true });
      assert.deepEqual(read.told, told);
      expect(read.counted).toBeGreaterThan(200_000);
    }
  });
});
