import { describe, expect, test } from "vitest";
import { MISSING } from "../../base/cells.ts";
import { BATCH_BYTES_MAX, BATCH_CELLS_MAX, BATCH_RECORDS_MAX, type Batch } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";

/** Matches an error by its whole message. */
const saying = (message: string) => expect.objectContaining({ message });

function rowsOf({ records, columns }: Batch): (string | null)[][] {
  return Array.from({ length: records }, (_, row) =>
    columns.map(({ bytes, starts, ends }) =>
      starts[row] === MISSING
        ? null
        : Buffer.from(bytes.subarray(starts[row], ends[row])).toString(),
    ),
  );
}

/** Adds a record of texts; null is missing. */
function add(builder: BatchBuilder, texts: (string | null)[], line = 1, eventId?: string): void {
  const starts = new Uint32Array(texts.length);
  const ends = new Uint32Array(texts.length);
  for (const [cell, text] of texts.entries()) {
    starts[cell] = text === null ? MISSING : builder.appendText(text);
    ends[cell] = builder.position;
  }
  builder.addRecord(starts, ends, texts.length, line, {
    eventId,
    inferenceId: eventId && `${eventId} of the caller`,
    inferenceTime: eventId && "now",
  });
}

/** Records that fit until the batch is full, when each is `texts`. */
function countUntilFull(texts: (string | null)[]): number {
  const builder = new BatchBuilder();
  builder.begin("x.csv", texts.length);
  let count = 0;
  while (!builder.isFull) {
    add(builder, texts);
    count++;
  }
  return count;
}

describe("a batch builder", () => {
  test("spreads records over columns, with their lines and event ids", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 2);
    add(builder, ["a", "bc"], 3, "e1");
    add(builder, [null, ""], 5);
    const batch = builder.finish();
    expect(rowsOf(batch)).toEqual([
      ["a", "bc"],
      [null, ""],
    ]);
    expect(batch.origins.file).toBe("x.csv");
    expect([...batch.origins.lines.subarray(0, 2)]).toEqual([3, 5]);
    expect(batch.origins.eventIds?.at(0)).toBe("e1");
    expect(batch.origins.eventIds?.at(1)).toBeUndefined();
    expect(batch.origins.inferenceIds?.at(0)).toBe("e1 of the caller");
    expect(batch.origins.inferenceTimes?.at(0)).toBe("now");
  });

  test("has no event ids where no record has one, nor keeps those of the last batch", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    add(builder, ["a"], 1, "e1");
    builder.reset();
    add(builder, ["b"]);
    expect(builder.finish().origins.eventIds).toBeUndefined();
  });

  test("makes absent trailing cells missing and drops cells beyond the width", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 2);
    add(builder, ["a"]);
    add(builder, ["b", "c", "d"]);
    expect(rowsOf(builder.finish())).toEqual([
      ["a", null],
      ["b", "c"],
    ]);
  });

  test("writes a lone surrogate as U+FFFD", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    add(builder, ["a\ud800b"]);
    expect(rowsOf(builder.finish())).toEqual([["a\ufffdb"]]);
  });

  test("takes back the text of a record that turned out to be bad", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    add(builder, ["a"]);
    const position = builder.position;
    builder.appendBytes(Buffer.from("bad"), 0, 3);
    builder.endText(position);
    add(builder, ["b"]);
    expect(rowsOf(builder.finish())).toEqual([["a"], ["b"]]);
    expect(builder.position).toBe(2);
  });

  test("keeps the text of a batch while its buffer grows", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    add(builder, ["first"]);
    add(builder, ["x".repeat(300_000)]);
    expect(rowsOf(builder.finish())[0]).toEqual(["first"]);
  });

  test("keeps unread text over a reset, wherever it moves", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    builder.append(Buffer.from("abcdef"));
    for (const expected of ["a", "b", "c", "d", "e", "f"]) {
      const start = builder.position;
      builder.take(start + 1);
      builder.addRecord(Uint32Array.of(start), Uint32Array.of(start + 1), 1, 1);
      expect(rowsOf(builder.finish())).toEqual([[expected]]);
      builder.reset();
    }
    expect(builder.filled).toBe(0);
  });

  test("takes text in the room it has offered, and copies text from elsewhere", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    builder.append(Buffer.from("ab"));
    const room = builder.room(100_000);
    room.set(Buffer.from("cdef"));
    builder.append(room.subarray(0, 3));
    builder.append(room.subarray(0, 2));
    expect(Buffer.from(builder.bytes.subarray(0, builder.filled)).toString()).toBe("abcdecd");
  });

  test("offers room for what is left of batches as long as the last one", () => {
    const builder = new BatchBuilder();
    builder.begin("x.csv", 1);
    const offered = (): number => builder.room(1_048_576).length;
    const read = (bytes: number): void => {
      builder.append(Buffer.alloc(bytes));
      builder.take(builder.filled);
    };
    expect(offered()).toBe(1_048_576);
    read(640_000);
    builder.reset();
    // A 64th more, so that the batch does not ask for its last bytes alone.
    expect(offered()).toBe(650_000);
    read(300_000);
    expect(offered()).toBe(350_000);
    read(300_000);
    // Of less than 256 KiB too little is read at a time: another batch's text beyond it.
    expect(offered()).toBe(700_000);
    builder.reset();
    read(3_000_000);
    builder.reset();
    expect(offered()).toBe(1_048_576);
  });

  test("is full at 4,096 records, at 262,144 cells and at 4 MiB of text", () => {
    expect(countUntilFull(["1"])).toBe(BATCH_RECORDS_MAX);
    expect(countUntilFull(Array<null>(100).fill(null))).toBe(Math.floor(BATCH_CELLS_MAX / 100));
    expect(countUntilFull(["x".repeat(BATCH_BYTES_MAX / 16)])).toBe(16);
    expect(countUntilFull(["x".repeat(BATCH_BYTES_MAX / 16 - 1)])).toBe(17);
  });

  test("is never full while empty, so that one record larger than the limits still fits", () => {
    expect(countUntilFull(["x".repeat(BATCH_BYTES_MAX + 1)])).toBe(1);
    expect(countUntilFull(Array<null>(BATCH_CELLS_MAX + 1).fill(null))).toBe(1);
  });

  test("ends a batch that was shown in part where it would have ended", () => {
    const countWith = (part: number, text: string): number[] => {
      const builder = new BatchBuilder();
      builder.begin("x.csv", 1);
      const batches: number[] = [];
      for (let records = 1; batches.length < 2; records++) {
        add(builder, [text]);
        if (builder.isFull) {
          expect(rowsOf(builder.finish()).at(-1)).toEqual([text]);
          batches.push(records);
          builder.reset();
          records = 0;
        } else if (batches.length === 0 && records === part) {
          builder.endPart();
          expect([builder.records, builder.hasPart, builder.isFull]).toEqual([0, true, false]);
        }
      }
      expect(builder.hasPart).toBe(false);
      return batches;
    };
    for (const [text, expected] of [
      ["1", BATCH_RECORDS_MAX],
      ["x".repeat(BATCH_BYTES_MAX / 16), 16],
      ["x".repeat(BATCH_BYTES_MAX / 16 - 1), 17],
    ] as const) {
      for (const part of [1, 7, expected - 1]) {
        expect(countWith(part, text)).toEqual([expected, expected]);
      }
    }
  });

  test("counts text that is passed over behind a part to its batch, as in the middle of one", () => {
    const countWith = (hasPart: boolean): number => {
      const builder = new BatchBuilder();
      builder.begin("x.csv", 1);
      add(builder, ["x"]);
      if (hasPart) builder.endPart();
      builder.appendText("\n".repeat(BATCH_BYTES_MAX - 10));
      builder.skip(builder.position);
      let records = 1;
      for (; !builder.isFull; records++) add(builder, ["x"]);
      return records;
    };
    expect(countWith(true)).toBe(countWith(false));
    expect(countWith(true)).toBe(10);
  });

  test("keeps columns of any width apart by an odd number of cache lines", () => {
    for (const width of [2, 3, 64, 70, 100, 128, 1024, 3000]) {
      const builder = new BatchBuilder();
      builder.begin("x.csv", width);
      const [first, second] = builder.finish().columns;
      const stride = second!.starts.byteOffset - first!.starts.byteOffset;
      expect((stride / 64) % 2).toBe(1);
    }
  });

  test("changes its width between batches only", () => {
    const builder = new BatchBuilder();
    builder.begin("a.csv", 1);
    add(builder, ["a"]);
    expect(() => builder.begin("b.csv", 2)).toThrow(
      saying(
        "internal: a batch was begun before the last one was finished. " +
          "Please report this with the command you ran.",
      ),
    );
    builder.reset();
    builder.begin("b.csv", 2);
    add(builder, ["b", "c"]);
    expect(rowsOf(builder.finish())).toEqual([["b", "c"]]);
  });
});
