/** Records observed while they are read, and reading that ends after some of them. */
import { describe, expect, it } from "vitest";
import { fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";
import type { CaptureOptions } from "./capture-reader.ts";
import { isFault } from "./capture-record.ts";
import { parseTime } from "./capture-window.ts";

const LINES = [
  recordOf({ input: "1,2", output: "3", eventId: "a", time: "2026-01-01T10:10:00Z" }),
  recordOf({ input: "4,5", output: "6", eventId: "b", time: "2026-01-01T10:20:00Z" }),
  "{",
  recordOf({ input: '"', output: "6", eventId: "c", time: "2026-01-01T10:30:00Z" }),
  recordOf({ input: "7,8\n9,0", output: "1\n2", eventId: "d", time: "2026-01-01T10:40:00Z" }),
  recordOf({ input: "7,8", output: "9", eventId: "e", time: "2026-01-01T10:50:00Z" }),
  recordOf({ eventId: "f", time: "2026-01-01T10:55:00Z" }),
];
const FILES = [
  fileOf("2026/01/01/10/a.jsonl", `${LINES.slice(0, 4).join("\n")}\n`),
  fileOf("2026/01/01/10/b.jsonl", LINES.slice(4).join("\n")),
];
const window = { end: parseTime("2026-01-01T10:45:00Z") };

describe("an observer", () => {
  it("sees each record that could be parsed, and changes nothing", async () => {
    const seen: (readonly [string | undefined, number | string | undefined])[] = [];
    const onRecord: CaptureOptions["onRecord"] = ({ eventId }, rows) =>
      void seen.push([eventId, rows && (isFault(rows) ? rows.reason : rows.length)]);
    const observed = await readCapture(FILES, { window, onRecord });
    expect(seen).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", "csv"],
      ["d", 2],
      ["e", undefined],
      ["f", undefined],
    ]);
    expect(observed).toEqual(await readCapture(FILES, { window }));
  });
});

describe("a limit", () => {
  it.each([1, 2, 3, 4, 5, 6, 7])("of %i reads what the first lines hold", async (recordsMax) => {
    const [first, second] = [LINES.slice(0, 4), LINES.slice(4)];
    const cut = [
      fileOf("2026/01/01/10/a.jsonl", first.slice(0, recordsMax).join("\n")),
      fileOf("2026/01/01/10/b.jsonl", second.slice(0, Math.max(0, recordsMax - 4)).join("\n")),
    ];
    const { batches, rejections } = await readCapture(FILES, { recordsMax });
    const whole = await readCapture(cut);
    expect({ batches, rejections }).toEqual({
      batches: whole.batches,
      rejections: whole.rejections,
    });
  });
});
