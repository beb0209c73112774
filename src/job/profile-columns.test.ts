/** Under `model-monitor` threads share the columns, and change nothing. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { readUnits } from "../../fixtures/read-units.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { profileRecords } from "../accumulate/profile-records.ts";
import type { ColumnShare, ProfilerOptions } from "../accumulate/profiler.ts";
import { seededRandom } from "../base/seeded-random.ts";
import { findInputs } from "../source/content/byte-inputs.ts";
import { openCsv } from "../source/csv/csv-reader.ts";
import { profileInputs } from "./profile-inputs.ts";
import { readColumns } from "./read-columns.ts";
import type { ThreadSetup } from "./thread-setup.ts";

const root = temporaryFolder();
const unitBytes = 50_000;

function write(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

function rowsOf(rows: number, seed: number): string {
  const random = seededRandom(seed, 0);
  return Array.from({ length: rows }, (_, i) => {
    const flag = i % 501 === 500 ? '"bad"x' : i % 9 === 0 ? 1 : 0;
    const note = i % 97 === 0 ? '"two\nlines, ""quoted"""' : i % 31 === 0 ? "" : "plain";
    return `${flag},id-${i},${random() * 1e9},${(random() * 9).toFixed(1)},${note}\n`;
  }).join("");
}

const HEADER = "flag,id,value,share,note\n";
const one = write("1.csv", `\ufeff${HEADER}${rowsOf(9_000, 1)}`);
const two = write("2.csv", `${HEADER}${rowsOf(5_000, 2)}`);
const swapped = write("3.csv", "id,flag,value,share,note\nx,1,2,3,4\n");

describe("threads under model-monitor", () => {
  it.each([
    ["one file", [one]],
    ["several files", [one, two, swapped]],
  ])("give the same of %s, more of them than columns too", async (_, paths) => {
    const options = { semantics: "model-monitor" } as const;
    const alone = await readUnits(paths, options, { threads: 1, unitBytes });
    expect(alone.error).toBeUndefined();
    expect(alone.rejections.length).toBeGreaterThan(15);
    for (const threads of [2, 3, 7]) {
      assert.deepEqual(await readUnits(paths, options, { threads, unitBytes }), alone);
    }
  });

  it("end with the error that one ends with, after the same rejections", async () => {
    const paths = [one, write("4.csv", "flag,id,value,share,remark\n1,2,3,4,5\n")];
    const options = { semantics: "model-monitor" } as const;
    const alone = await readUnits(paths, options, { threads: 1, unitBytes });
    expect(alone.error).toContain("header differs from");
    assert.deepEqual(await readUnits(paths, options, { threads: 2, unitBytes }), alone);
  });

  it("end when they are told to, with the reason", async () => {
    const abort = new AbortController();
    const reading = profileInputs(
      await findInputs([one]),
      {
        semantics: "model-monitor",
        threads: 2,
        signal: abort.signal,
        onProgress: () => abort.abort("SIGTERM"),
      },
      { unitBytes, rejectedHint: { see: "", raise: "" } },
    );
    await expect(reading).rejects.toBe("SIGTERM");
  });
});

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("0", "1", "", "x", '"a,\nb"', "true", "-0", "1e999") },
  { weight: 3, arbitrary: fc.double({ noNaN: true }).map(String) },
  { weight: 3, arbitrary: fc.integer({ min: -99, max: 999 }).map((tenths) => `${tenths / 10}`) },
);

describe("shares of columns", () => {
  it("are the features that one thread folds, bit for bit", async () => {
    const table = fc.integer({ min: 1, max: 9 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 40,
        }),
        repeats: fc.constantFrom(1, 1, 150),
        threads: fc.integer({ min: 2, max: 4 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ width, rows, repeats, threads }) => {
        const names = Array.from({ length: width }, (_, at) => `c${at}`);
        const body = rows.map((cells) => `${cells.join(",")}\n`).join("");
        const text = `${names.join(",")}\n${body.repeat(repeats)}`;
        const path = write("table.csv", text);
        const csv = { header: "yes", sniffDelimiter: false, offersCounts: true } as const;
        const open = async () => await openCsv(await findInputs([path]), csv);
        // Undefined where all lines are blank.
        const profile = async (share?: ColumnShare) => {
          const options: ProfilerOptions = { semantics: "model-monitor", share };
          return (await profileRecords(await open(), options)).profiler;
        };
        const { header } = await open();
        const setup: ThreadSetup = {
          inputs: [{ path, size: text.length }],
          unitBytes,
          csv,
          header: header!,
          profiler: {},
          pinned: [],
        };
        const shared = await profile({ first: 0, step: threads });
        for (let first = 1; first < threads; first++) {
          const share = { first, step: threads };
          const features = await readColumns(setup, share);
          shared?.loadShare(share, features);
        }
        assert.deepEqual(shared?.finish(names), (await profile())?.finish(names));
      }),
      { numRuns: casesOf(60, 1_000) },
    );
  });
});
