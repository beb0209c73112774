import fc from "fast-check";
import { expect, it } from "vitest";
import { input } from "../../fixtures/read-csv.ts";
import { openCsv } from "../source/csv/csv-reader.ts";
import { SegmentCounts } from "./segment-counts.ts";

it("are those of a plain count over rows, whatever the values", async () => {
  const cell = fc.constantFrom("", "0", "1", "2.5", "-3", "x", "a", "b");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), async (rows) => {
      const text = `n,s\n${rows.map((row) => row.join(",")).join("\n")}\n,\n`;
      const counts = new SegmentCounts(
        2,
        [{ name: "n", position: 0, bins: { bounds: [0, 2] } }],
        [{ name: "s", position: 1, values: ["a", "b"] }],
      );
      const source = await openCsv([input("a.csv", text)], {
        header: "yes",
        sniffDelimiter: false,
      });
      for await (const batch of source.batches) counts.add(batch);
      const plain = (value: string): number[] => {
        const bins = [0, 0, 0];
        for (const [n, s] of rows) {
          if (s !== value || n === "" || /[a-z]/.test(n)) continue;
          bins[Number(n) <= 0 ? 0 : Number(n) <= 2 ? 1 : 2]! += 1;
        }
        return bins;
      };
      expect([...counts.within(0, 0, 0)]).toEqual(plain("a"));
      expect([...counts.within(0, 0, 1)]).toEqual(plain("b"));
    }),
  );
});
