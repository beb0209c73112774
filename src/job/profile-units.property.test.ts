/** One thread and several give the same, whatever quotes and bytes stand where units are cut. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { readUnits } from "../../fixtures/read-units.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import type { ReadOptions } from "./job-options.ts";

const root = temporaryFolder();

function write(files: readonly Uint8Array[]): string[] {
  return files.map((bytes, at) => {
    const path = join(root, `${at}.csv`);
    writeFileSync(path, bytes);
    return path;
  });
}

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom("a", "1", "0", "-2.5", "007", ",", ",", "\n", "\n", "\r\n", "é"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('"', '""', '"x,\ny"', '"x""\n"', 'x"y', "\r", "\n\n", "\ufeff"),
  },
  { weight: 1, arbitrary: fc.constantFrom("\0", "\xff", "\xe2\x82") },
);

const text = fc
  .array(piece, { minLength: 1, maxLength: 120 })
  .map((pieces) =>
    Buffer.concat(
      pieces.map((each) => (/^[\xff\xe2]/.test(each) ? latin1(each) : Buffer.from(each))),
    ),
  );

const row = fc
  .tuple(
    fc.constantFrom("1", "0", "2.50", "", "x", '"a,\nb"', '"say ""no"""', 'in"ner'),
    fc.constantFrom("9", "77", "yes", '"1,2\n3,4\n5,6"', "é"),
    fc.constantFrom("\n", "\n", "\r\n", ",more\n", ",\n"),
  )
  .map(([a, b, end]) => `${a},${b}${end}`);

const table = fc
  .array(row, { minLength: 1, maxLength: 60 })
  .map((rows) => Buffer.from(`p,q\n${rows.join("")}`));

describe("threads change nothing", () => {
  test("for hostile texts cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 4, max: 60 }),
        async (files, unitBytes) => {
          const paths = write(files);
          const options = { header: false };
          const alone = await readUnits(paths, options, { threads: 1, unitBytes });
          assert.deepEqual(
            await readUnits(paths, options, { threads: 2, unitBytes, isHere: true }),
            alone,
          );
        },
      ),
      {
        numRuns: casesOf(100, 1_000),
        examples: [
          // A record of the first unit ends behind the cut, and what is no UTF-8 is the second's.
          [[latin1('a"x,\ny""x""\n""x""\n"\r\n\xff')], 18],
          // Behind a cut, text waits while what is no UTF-8 before it grows.
          [[latin1('"x,\ny"\n\n\xff,"\na')], 4],
        ],
      },
    );
  });

  test("for tables with quotes, ragged rows and text in lines, one or several", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(table, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 8, max: 300 }),
        fc.constantFrom<ReadOptions>({}, { columns: ["q"] }, { nullTokens: ["x"] }, { quote: "'" }),
        async (files, unitBytes, options) => {
          const paths = write(files);
          const alone = await readUnits(paths, options, { threads: 1, unitBytes });
          assert.deepEqual(
            await readUnits(paths, options, { threads: 3, unitBytes, isHere: true }),
            alone,
          );
        },
      ),
      { numRuns: casesOf(60, 500) },
    );
  });

  test("where a unit rejects more than a thread may keep", async () => {
    const rows = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? '"a"b,1\n' : `${i},2\n`));
    const paths = write([Buffer.from(`p,q\n${rows.join("")}`)]);
    const alone = await readUnits(paths, {}, { threads: 1, unitBytes: 400 });
    const reading = { threads: 2, unitBytes: 400, isHere: true, rejectionsMax: 5 };
    const shared = await readUnits(paths, {}, reading);
    expect(shared).toEqual(alone);
    expect(alone.rejections).toHaveLength(100);
  });
});
