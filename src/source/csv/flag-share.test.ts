import { describe, expect, it } from "vitest";
import { flagShare } from "./flag-share.ts";

const header = "a header of whatever length\n";
const flags = (count: number, delimiter = ","): string =>
  Array.from({ length: count }, (_, at) => at % 2).join(delimiter);

const shareOf = (...records: readonly string[]): number =>
  flagShare(Buffer.from(header + records.join("")));

describe("flagShare", () => {
  it("is the share of the bytes of records that end with flags", () => {
    expect(shareOf(`${flags(40)}\n`)).toBeCloseTo(78 / 80);
    expect(shareOf(`12345678901234567890,${flags(40)}\n`)).toBeCloseTo(80 / 101);
    expect(shareOf(`1.5,${flags(40, ";").replaceAll(";", ",")}\n`, "text\n")).toBeCloseTo(80 / 89);
    expect(shareOf(`x\t${flags(40, "\t")}\r\n`)).toBeCloseTo(80 / 83);
  });

  it("leaves out the first line, and what no line end follows", () => {
    expect(flagShare(Buffer.from(`${flags(40)}\nx\n${flags(40)}`))).toBe(0);
    expect(shareOf(`x,${flags(40)}\n`, "and the begin of a long record")).toBeCloseTo(80 / 82);
  });

  it("counts as many flags as the kernel adds up", () => {
    expect(shareOf(`x,${flags(31)}\n`)).toBe(0);
    expect(shareOf(`x,${flags(32)}\n`)).toBeCloseTo(64 / 66);
    expect(shareOf(`${flags(300)}\n`)).toBeCloseTo(256 / 600);
  });

  it("counts them up to another cell or delimiter", () => {
    expect(shareOf(`${flags(20)},2,${flags(40)}\n`)).toBeCloseTo(80 / 122);
    expect(shareOf(`${flags(20)};${flags(40)}\n`)).toBeCloseTo(78 / 120);
    expect(shareOf("10,1\n", "1\n", "\n", "ab\n")).toBe(0);
  });

  it("is 0 of a text without records", () => {
    expect(flagShare(Buffer.from(""))).toBe(0);
    expect(flagShare(Buffer.from(flags(40)))).toBe(0);
    expect(shareOf()).toBe(0);
  });
});
