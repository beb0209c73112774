/** One thread and several give the same, whatever quotes and bytes stand where units are cut. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { writeStatistics } from "../profile/statistics-file.ts";
import { findInputs } from "../source/byte-inputs.ts";
import type { Rejection } from "../source/record-source.ts";
import { answerUnit } from "./answer-unit.ts";
import type { ReadOptions } from "./job-options.ts";
import { profileInputs } from "./profile-inputs.ts";
import type { UnitReaders } from "./unit-pool.ts";
import type { UnitSetup } from "./unit-task.ts";

const root = temporaryFolder();

/** Reads units in this thread, one after another. */
function readHere(rejectionsMax?: number) {
  return (_threads: number, setup: UnitSetup): UnitReaders => ({
    run: (task) => answerUnit(setup, task, { rejectionsMax }),
    fail: () => undefined,
    close: async () => undefined,
  });
}

interface Reading {
  readonly threads: number;
  readonly unitBytes: number;
  readonly rejectionsMax?: number;
  readonly isThreaded?: boolean;
}

/** All that reading files tells. */
async function read(
  paths: readonly string[],
  options: ReadOptions,
  { threads, unitBytes, rejectionsMax, isThreaded }: Reading,
): Promise<unknown> {
  const rejections: Rejection[] = [];
  try {
    const { profile, tallies, warnings } = await profileInputs(
      await findInputs(paths),
      { delimiter: ",", maxRejectedShare: { share: 1 }, ...options, threads },
      {
        unitBytes,
        openReaders: isThreaded ? undefined : readHere(rejectionsMax),
        onReject: (rejection) => rejections.push(rejection),
        rejectedHint: { see: "see", raise: "raise" },
      },
    );
    const measured = profile.features.map(({ measured: all }) => {
      const { cells, frequencies, values, firstString, numeric } = all!;
      const texts = [...frequencies.counts, frequencies.other];
      return { cells, texts, values, firstString, tails: numeric?.tails };
    });
    const statistics = writeStatistics(profile, {});
    return { statistics, measured, tallies, warnings, rejections };
  } catch (error) {
    return { error: String(error), rejections };
  }
}

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
        fc.integer({ min: 1, max: 60 }),
        async (files, unitBytes) => {
          const paths = write(files);
          const options = { header: false };
          const alone = await read(paths, options, { threads: 1, unitBytes });
          expect(await read(paths, options, { threads: 2, unitBytes })).toEqual(alone);
        },
      ),
      { numRuns: 400 },
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
          const alone = await read(paths, options, { threads: 1, unitBytes });
          expect(await read(paths, options, { threads: 3, unitBytes })).toEqual(alone);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("where a unit rejects more than a thread may keep", async () => {
    const rows = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? '"a"b,1\n' : `${i},2\n`));
    const paths = write([Buffer.from(`p,q\n${rows.join("")}`)]);
    const alone = await read(paths, {}, { threads: 1, unitBytes: 400 });
    const shared = await read(paths, {}, { threads: 2, unitBytes: 400, rejectionsMax: 5 });
    expect(shared).toEqual(alone);
    expect((alone as { rejections: unknown[] }).rejections).toHaveLength(100);
  });
});
