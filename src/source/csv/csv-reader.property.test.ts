import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { MISSING } from "../../base/cells.ts";
import type { ChunkRoom } from "../../storage/storage.ts";
import { ContentUnits } from "../content/content-units.ts";
import type { Rejection } from "../record-source.ts";
import type { CsvOptions } from "./csv-options.ts";
import { openCsv } from "./csv-reader.ts";

const HEADER = { file: "x.csv", line: 1, names: ["a", "b"] };

/** Chunks that were read into the room that was offered for them. */
let chunksInRoom = 0;

/** All that a reading tells, batch by batch. */
async function read(
  bytes: Uint8Array,
  cutAt: (from: number) => number,
  options: Partial<CsvOptions> = {},
  unitBytes?: number | undefined,
  readsInRoom?: boolean,
): Promise<unknown> {
  async function* chunks(room?: ChunkRoom): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; ) {
      const chunk = bytes.subarray(from, cutAt(from));
      const offered = room?.(chunk.length);
      if (offered !== undefined) chunksInRoom++;
      const place = offered ?? new Uint8Array(chunk.length);
      place.set(chunk);
      yield place;
      if (offered === undefined) place.fill(0x22);
      from += chunk.length;
    }
  }
  const rest = (room: ChunkRoom): AsyncGenerator<Uint8Array> =>
    chunks(readsInRoom ? room : undefined);
  const rejections: Rejection[] = [];
  const onReject = (rejection: Rejection): number => rejections.push(rejection);
  try {
    const source = await openCsv([{ path: "x.csv", size: undefined, chunks }], {
      header: "no",
      sniffDelimiter: true,
      onReject,
      units: unitBytes === undefined ? undefined : new ContentUnits(unitBytes),
      part: readsInRoom === undefined ? undefined : { header: HEADER, rest },
      ...options,
    });
    const batches: unknown[] = [];
    for await (const { records, columns, origins, unitEnd } of source.batches) {
      const lines = [...origins.lines.subarray(0, records)];
      const cells = columns.map(({ bytes: text, starts, ends }) =>
        lines.map((_, row) =>
          starts[row] === MISSING
            ? null
            : Buffer.from(text.subarray(starts[row], ends[row])).toString("latin1"),
        ),
      );
      batches.push({ lines, cells: JSON.stringify(cells), unitLines: unitEnd?.lines });
    }
    return { names: source.names, batches, rejections, tallies: source.tallies };
  } catch (error) {
    return { error: String(error), rejections };
  }
}

const whole = (bytes: Uint8Array) => (): number => bytes.length;
const every = (size: number) => (from: number) => from + size;

/** Cuts of growing and shrinking sizes, 1 to 9,973 bytes. */
const uneven = (from: number): number => from + 1 + ((from * 7919) % 9973);

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("a", "1", ",", ",", "\n", "\n", "\r\n", "é", "😀") },
  {
    weight: 4,
    arbitrary: fc.constantFrom('"', '""', '"x,\ny"', '"x""y"', "\r", " ", "\ufeff", "\u2028"),
  },
  { weight: 1, arbitrary: fc.constantFrom("\0", "\xff", "\xe2\x82") },
);

const text = fc
  .array(piece, { maxLength: 60 })
  .map((pieces) =>
    Buffer.concat(
      pieces.map((each) =>
        each.startsWith("\xff") || each.startsWith("\xe2")
          ? Buffer.from(each, "latin1")
          : Buffer.from(each),
      ),
    ),
  );

describe("how the bytes of a CSV file arrive changes nothing", () => {
  test("for hostile texts cut anywhere, down to single bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom("no", "yes", "auto"),
        fc.constantFrom(undefined, 8, 40),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 }),
        async (bytes, header, recordBytesMax, sizes) => {
          let cuts = 0;
          const options = { header, recordBytesMax } as const;
          const expected = await read(bytes, whole(bytes), options);
          assert.deepEqual(await read(bytes, every(1), options), expected);
          const cutAt = (from: number): number => from + sizes[cuts++ % sizes.length]!;
          assert.deepEqual(await read(bytes, cutAt, options), expected);
        },
      ),
      { seed: 1, numRuns: casesOf(150, 2_000) },
    );
  });

  test("for texts cut into units", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom("no", "yes"),
        fc.constantFrom(undefined, 8, 40),
        fc.integer({ min: 4, max: 50 }),
        async (bytes, header, recordBytesMax, unitBytes) => {
          const options = { header, recordBytesMax, delimiter: "," } as const;
          const expected = await read(bytes, whole(bytes), options, unitBytes);
          assert.deepEqual(await read(bytes, every(1), options, unitBytes), expected);
          assert.deepEqual(await read(bytes, every(7), options, unitBytes), expected);
        },
      ),
      { seed: 1, numRuns: casesOf(150, 2_000) },
    );
  });

  test("for texts read into the room that is offered", async () => {
    const options = { delimiter: "," };
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 4, max: 50 }), async (bytes, unitBytes) => {
        const expected = await read(bytes, whole(bytes), options, unitBytes, false);
        assert.deepEqual(await read(bytes, every(1), options, unitBytes, true), expected);
        assert.deepEqual(await read(bytes, every(40), options, unitBytes, true), expected);
        assert.deepEqual(await read(bytes, whole(bytes), options, unitBytes, true), expected);
      }),
      { seed: 1, numRuns: casesOf(150, 2_000) },
    );
    expect(chunksInRoom).toBeGreaterThan(1000);
  });

  const LARGE: [string, string][] = [
    ["a field of 1 MB", `a,b\n1,"${'x,""\r\n'.repeat(170_000)}"\n2,3\n`],
    ["3,000 columns", `${`${Array(3000).fill("7").join(",")}\r\n`.repeat(100)}`],
    ["ragged records", "1\n1,2,3\n,\n1,2,3,4,5\n".repeat(5000)],
    ["more than 4 MiB of one batch", `${"y".repeat(500_000)},1\n`.repeat(20)],
    ["a rejected stretch of 6 MB", `a,b\n1,2\n${`"x"${"y".repeat(96)}\n`.repeat(60_000)}3,4\n`],
    ["blank lines of 4.3 MB", `a,b\n1,2\n${"\n".repeat(4_300_000)}3,4\n`],
    ["a quote that is never closed before 1 MB", `a,b\n1,"2\n${"3,4\n".repeat(250_000)}`],
    ["a last record cut off inside quotes", `${"1,2\n".repeat(9000)}5,"6\r\n7`],
    ["a last record without a newline", `${"1,2\r\n".repeat(9000)}5,6\r`],
    ["NUL among the cells", "1,a\0b\n2,3333333333\n".repeat(3000)],
  ];

  test.each(LARGE)("for %s", async (_, content) => {
    const bytes = Buffer.from(content);
    const options = { onReject: undefined };
    const expected = await read(bytes, whole(bytes), options);
    expect(expected).toHaveProperty("batches");
    assert.deepEqual(await read(bytes, uneven, options), expected);
  });

  test("for a record longer than the longest one, whose rest is skipped", async () => {
    const long = `1,${"x".repeat(300_000)}\n2,"${"y\n".repeat(5000)}"\n3,4\n`;
    const bytes = Buffer.from(`a,b\n${long}${long}`);
    const options = { recordBytesMax: 5000 };
    const expected = await read(bytes, whole(bytes), options);
    expect(expected).toMatchObject({ tallies: [{ rejected: { csv: 6 } }] });
    assert.deepEqual(await read(bytes, uneven, options), expected);
    assert.deepEqual(await read(bytes, every(100), options), expected);
  });
});
