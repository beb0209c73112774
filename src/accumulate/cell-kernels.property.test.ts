import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { profileCsv, sameProfileUnderBothKernels } from "../../fixtures/kernel-laws.ts";

describe("the kernels of cells", () => {
  it("profile as TypeScript does, while records are read or batch by batch", async () => {
    const { property, met } = sameProfileUnderBothKernels();
    await fc.assert(property, { seed: 1, numRuns: casesOf(25, 300) });
    expect(met()).toBeGreaterThan(50_000);
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

  it.each(["tidemark", "model-monitor"] as const)(
    "find what is late among zeros: %s",
    async (semantics) => {
      let csv = "";
      for (let i = 0; i < 60_000; i++) {
        const number = i % 3 === 0 ? i / 8 : 0;
        const late = i === 50_001 ? "late" : i === 50_004 ? "true" : number;
        csv += `0,${number},${i % 5 === 0 ? "no" : 0},${late},${i % 2 === 0 ? `id ${i}` : 0}\n`;
      }
      const bytes = Buffer.from(csv);
      let zeros = 0;
      for (const pins of [[], ["no"], ["0", "late"]]) {
        const options = { semantics, pinnedAt: () => pins };
        const expected = await profileCsv(bytes, 1_000_000, { kernel: "typescript" }, options);
        const reader = { offersCounts: true };
        const actual = await profileCsv(bytes, 1_000_000, reader, options, ({ columns }) => {
          for (const column of columns) zeros += column.zeros ?? 0;
        });
        assert.deepEqual(actual, expected);
        expect(actual!.features[3]!.measured!.firstString).toEqual({ file: "x.csv", line: 50_002 });
      }
      expect(zeros).toBeGreaterThan(semantics === "tidemark" ? 70_000 : 300_000);
    },
  );

  it("counts no comma as a text where cells are empty one behind another", async () => {
    const records = [",,,\n", "1,,,2\n", ...Array(5).fill("1,0,0,0\n")];
    const bytes = Buffer.from(records.join("").repeat(3000));
    const expected = await profileCsv(bytes, 1_000_000, { kernel: "typescript" });
    assert.deepEqual(await profileCsv(bytes, 1_000_000, { offersCounts: true }), expected);
    expect(expected!.features.map(({ missing }) => missing)).toEqual([3000, 6000, 6000, 3000]);
  });

  it("add up flags behind other cells, but for records that end otherwise", async () => {
    const flag = fc.constantFrom("0", "0", "1");
    const odd = fc.constantFrom("2", "9", "", '"1"', "10", "x", "-1", "0.0");
    const head = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("0", "1", "7", "17.5", "-3", "", "no") },
      fc.constantFrom('"a,b"', "a text of more than 16 bytes", "0.123456789"),
    );
    const shape = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 30, max: 140 }));
    const table = shape.chain(([ahead, flags]) =>
      fc.array(
        fc.record({
          cells: fc.array(head, { minLength: ahead, maxLength: ahead }),
          flags: fc.array(flag, { minLength: flags, maxLength: flags }),
          oddAt: fc.option(fc.nat(flags - 1), { freq: 4 }),
          odd,
          end: fc.oneof(
            { weight: 9, arbitrary: fc.constant("\n") },
            fc.constantFrom("\r\n", ",0\n"),
          ),
        }),
        { minLength: 1, maxLength: 12, size: "max" },
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.nat(),
        fc.constantFrom(997, 1_000_000),
        async (rows, seed, size) => {
          const plain = rows.filter(({ oddAt, end }) => oddAt === null && end === "\n");
          let csv = "";
          for (let i = 0; i < 6000; i++) {
            // The first batch makes the counters; behind it odd records are few, as they are met.
            const among = i < 1500 || plain.length === 0 || (i + seed) % 50 === 0 ? rows : plain;
            const { cells, flags, oddAt, odd: text, end } = among[(i + seed) % among.length]!;
            const shown = flags.map((each, at) => (at === oddAt && among === rows ? text : each));
            csv += `${[...cells, ...shown].join(",")}${end}`;
          }
          const bytes = Buffer.from(csv);
          const expected = await profileCsv(bytes, 1_000_000, { kernel: "typescript" });
          assert.deepEqual(await profileCsv(bytes, size, { offersCounts: true }), expected);
        },
      ),
      { seed: 1, numRuns: casesOf(20, 300) },
    );
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
