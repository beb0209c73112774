import { afterEach, describe, expect, it, vi } from "vitest";
import { fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";
import { CaptureKernel } from "./capture-kernel.ts";
import { CaptureTemplates } from "./capture-template.ts";

/** `count` alike lines, with payloads and ids of so many characters. */
function linesOf(count: number, cell = 1, id = 1): string {
  const line = (i: number): string =>
    recordOf({
      input: `${i},${"7".repeat(cell)},`,
      output: `${i % 2}`,
      contentTypes: [undefined, undefined],
      eventId: `${i}`.padEnd(id, "x"),
      inferenceId: `i${i}`,
      time: "t",
    });
  return Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");
}

/** Reads under both kernels, which must agree, and counts the lines that this one read. */
async function countRead(content: string, cuts: readonly number[] = []): Promise<number> {
  const spy = vi.spyOn(CaptureKernel.prototype, "readInto");
  const { batches } = await readCapture([fileOf("a", content, cuts)]);
  expect(batches.flatMap(({ lines }) => lines).length).toBe(content.split("\n").length - 1);
  return spy.mock.results.reduce((sum, { value }) => sum + (value as number), 0);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("CaptureKernel", () => {
  it("reads all but the first line of a file, over several batches", async () => {
    expect(await countRead(linesOf(10_000))).toBe(9999);
  });

  it("goes on where a chunk ends within a line", async () => {
    expect(await countRead(linesOf(1000), [100, 5000, 5001, 90_000])).toBe(999);
  });

  it("reads chunks larger than its memory", async () => {
    expect(await countRead(linesOf(30, 200_000))).toBeGreaterThan(20);
  });

  it("leaves lines over 1 MiB to TypeScript", async () => {
    expect(await countRead(linesOf(4, 1024 * 1024))).toBe(0);
  });

  it("leaves to TypeScript what its memory has no room for", async () => {
    expect(await countRead(linesOf(20, 1, 250_000))).toBeGreaterThan(10);
    vi.restoreAllMocks();
    expect(await countRead(linesOf(5, 1, 270_000))).toBe(0);
  });

  it("hands a template with more gaps than it has room for to TypeScript", async () => {
    const more = Array.from({ length: 70 }, (_, i) => `"k${i}":"v",`).join("");
    const content = linesOf(50).replaceAll('"eventId"', `${more}"eventId"`);
    const slow = vi.spyOn(CaptureTemplates.prototype, "readInto");
    expect(await countRead(content)).toBe(0);
    expect(slow.mock.results.filter(({ value }) => value === 1).length).toBe(2 * 49);
  });
});
