import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { recordOf } from "../../../fixtures/read-capture.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import { type BatchMemory, HeapMemory } from "../batch/batch-memory.ts";
import type { RowSlot } from "../batch/row-slot.ts";
import { Lines } from "../lines/line-reader.ts";
import { openCaptureKernel } from "./capture-kernel.ts";
import { isFault, parseCaptureRecord } from "./capture-record.ts";
import { CaptureTemplates } from "./capture-template.ts";

const INPUTS = 20;
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("0", "1") },
  fc.constantFrom("", "2.5", "-3", "x y", "é漢😀", "0123456789".repeat(9), "\x7f"),
);
const cells = (length: number) =>
  fc.array(cell, { minLength: length, maxLength: length }).map((row) => row.join(","));
const parts = fc.record({
  input: fc.oneof({ weight: 20, arbitrary: cells(INPUTS) }, cells(INPUTS - 1), cells(INPUTS + 1)),
  output: fc.oneof({ weight: 20, arbitrary: cells(1) }, cells(2)),
  eventId: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, fc.constantFrom("", "é\u2028", "a\\b")),
  inferenceId: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, fc.constantFrom("", "漢")),
  time: fc.constantFrom("2026-11-20T10:45:00Z", "t", ""),
});
/** One byte of a line replaced, inserted or deleted, or the line cut there. */
const change = fc.record({
  kind: fc.nat(3),
  at: fc.nat(),
  byte: fc.oneof(
    fc.constantFrom(0x22, 0x5c, 0x2c, 0x20, 0x1f, 0x0d, 0x00, 0xff),
    fc.nat(255).filter((byte) => byte !== 0x0a),
  ),
});
const line = fc
  .tuple(parts, fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, change))
  .map(([record, mutation]) => {
    const bytes = [...Buffer.from(recordOf(record))];
    if (mutation === undefined) return bytes;
    const { kind, at, byte } = mutation;
    const place = at % bytes.length;
    if (kind === 0) bytes[place] = byte;
    if (kind === 1) bytes.splice(place, 0, byte);
    if (kind === 2) bytes.splice(place, 1);
    // A blank line would be passed over by whoever asks for the next one.
    if (kind === 3) bytes.length = Math.max(1, place);
    return bytes;
  });

/** A batch in a memory of 128 KiB for its text, and the place of the lines' cells in it. */
function openSlot(memory: BatchMemory, isOutputFirst: boolean): RowSlot {
  const builder = new BatchBuilder(memory);
  builder.begin("f", INPUTS + 1);
  const input = { column: isOutputFirst ? 1 : 0, cells: INPUTS };
  const output = { column: isOutputFirst ? 0 : INPUTS, cells: 1 };
  return { builder, width: INPUTS + 1, input, output };
}

/** All that a batch shows, and its text. */
function contentOf({ builder }: RowSlot): unknown {
  const { records, columns, origins } = builder.finish();
  const { bytes, filled, position } = builder;
  return {
    records,
    position,
    text: Buffer.from(bytes.slice(0, filled)).toString("latin1"),
    cells: columns.map(({ starts, ends }) =>
      [starts, ends].map((ranges) => ranges.subarray(0, records).join()),
    ),
    lines: origins.lines.subarray(0, records).join(),
    ids: [origins.eventIds, origins.inferenceIds, origins.inferenceTimes].map((ids) =>
      Array.from({ length: records }, (_, row) => ids?.at(row)),
    ),
  };
}

const templates = new CaptureTemplates();
const usual = recordOf({
  input: Array(INPUTS).fill("1").join(","),
  output: "1",
  eventId: "e",
  inferenceId: "i",
  time: "",
});
const record = parseCaptureRecord(usual, "both");
if (isFault(record)) throw new Error(record.detail);
templates.learn(Buffer.from(usual), record);

/**
 * Puts what the kernel may write into an older copy of its memory: what it is told, its ids and
 * lines; rows from `row` to the one that was not alike; text from `text` on.
 */
function permit(before: Uint8Array, after: Uint8Array, slot: RowSlot, row: number, text: number) {
  const { columnStarts, columnEnds, lines, bytes, stride, records } = slot.builder;
  const take = (from: number, to: number): void => before.set(after.subarray(from, to), from);
  take(64, bytes.byteOffset);
  for (const { byteOffset, length } of [columnStarts, columnEnds, lines]) {
    for (let first = 0; first < length; first += stride) {
      take(byteOffset + 4 * (first + row), byteOffset + 4 * (first + records + 1));
    }
  }
  take(bytes.byteOffset + text, bytes.byteOffset + bytes.length);
}

describe("CaptureKernel", () => {
  it("reads what TypeScript reads, and writes nothing else, whatever lies behind the end", () => {
    const numRuns = casesOf(200, 2_000);
    let [seen, alike, stopped] = [0, 0, 0];
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 4, maxLength: 40, size: "max" }),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        fc.nat(255),
        (all, isOutputFirst, endsWithFeed, left, garbage) => {
          const kernel = openCaptureKernel()!;
          const slots = [kernel.memory, new HeapMemory()].map((each) =>
            openSlot(each, isOutputFirst),
          );
          const [fast, slow] = slots as [RowSlot, RowSlot];
          const bytes = Buffer.concat(
            all.flatMap((each) => [Buffer.from(each), Buffer.from("\n")]),
          );
          const chunk = Buffer.concat([bytes, Buffer.alloc(300, garbage)]);
          const [ours, theirs] = [new Lines(10_000), new Lines(10_000)];
          for (const lines of [ours, theirs]) {
            lines.open(chunk, 0, bytes.length - (endsWithFeed ? 0 : 1));
            lines.left = left;
          }
          // All that was given out, and as much behind it as a wrong address may reach.
          const { buffer } = fast.builder.bytes;
          const ends = [fast.builder.bytes, fast.builder.lines].map(
            ({ byteOffset, byteLength }) => byteOffset + byteLength,
          );
          const memory = new Uint8Array(buffer, 0, Math.max(...ends) + 65_536);
          const before = memory.fill(garbage, 64).slice();
          while (theirs.peek() !== undefined) {
            const { records, filled } = fast.builder;
            before.set(memory);
            expect(kernel.takes(templates.last, fast)).toBe(true);
            ours.peek();
            const read = kernel.readInto(fast, ours);
            let expected = 0;
            while (templates.readInto(slow, theirs) === 1) expected += 1;
            expect(read).toBe(expected);
            expect([ours.from, ours.number, ours.left]).toEqual([
              theirs.from,
              theirs.number,
              theirs.left,
            ]);
            expect(contentOf(fast)).toEqual(contentOf(slow));
            permit(before, memory, fast, records, filled);
            expect(Buffer.compare(before, memory)).toBe(0);
            alike += read;
            if (theirs.next() !== undefined) stopped += 1;
            ours.next();
          }
          seen += all.length;
        },
      ),
      { seed: 1, numRuns },
    );
    expect(seen).toBeGreaterThan(16 * numRuns);
    expect(Math.min(alike, stopped)).toBeGreaterThan(3 * numRuns);
  });
});
