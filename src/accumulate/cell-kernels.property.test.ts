import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { profileCsv, sameProfileUnderBothKernels } from "../../fixtures/kernel-laws.ts";

describe("the kernels of cells", () => {
  it("profile as TypeScript does, while records are read or batch by batch", async () => {
    const numRuns = casesOf(25, 300);
    await fc.assert(sameProfileUnderBothKernels().property, { seed: 1, numRuns });
  });

  it("read columns of more texts than are counted, some of them pinned", async () => {
    let csv = "";
    for (let i = 0; i < 20_000; i++) {
      csv += `${i % 2},${i},${i % 9 === 0 ? "no" : `id ${i}`},${Math.cos(i)},${i * 1e-9}\n`;
    }
    const bytes = Buffer.from(csv);
    for (const pins of [[], ["no", "7"], ["no", "more than 16 bytes"]]) {
      for (const semantics of ["tidemark", "model-monitor"] as const) {
        const options = { semantics, pinnedAt: () => pins };
        const expected = await profileCsv(bytes, 1_000_000, { kernel: "typescript" }, options);
        assert.deepEqual(await profileCsv(bytes, 100_000, {}, options), expected);
      }
    }
  });

  it("lays the zeros of a column that has too many texts to be counted", async () => {
    let csv = "";
    for (let i = 0; i < 20_000; i++) csv += `0,${i % 7},t,${i % 3 === 0 ? "0" : `id-${i}`},1\n`;
    const bytes = Buffer.from(csv);
    const expected = await profileCsv(bytes, 1_000_000, { kernel: "typescript" });
    assert.deepEqual(await profileCsv(bytes, 1_000_000, { offersCounts: true }), expected);
    expect(expected!.features[3]!.measured!.cells.integral).toBe(6667);
  });

  it("counts more than half a million doubles that never repeat as TypeScript does", async () => {
    let csv = "";
    for (let i = 1; i < 120_000; i++) {
      csv += `${i % 2},${Math.sin(i)},${(i * 7919) % 99_991},${(i % 1000) / 100},0\n`;
    }
    const bytes = Buffer.from(csv);
    const expected = await profileCsv(bytes, 1_000_000, { kernel: "typescript" });
    assert.deepEqual(await profileCsv(bytes, 100_000, { offersCounts: true }), expected);
  });
});
