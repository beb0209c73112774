import { describe, expect, test } from "vitest";
import { refuseBinary } from "./binary-guard.ts";

/** Matches an error by its whole message. */
const saying = (message: string) => expect.objectContaining({ message });

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

function refuse(text: string, delimiter?: number): void {
  refuseBinary(latin1(text), "x", "a CSV file in UTF-8", delimiter);
}

const CONVERT = "Convert it to CSV first.";
const UNPACK = "Unpack it first; gzip is read as it is.";
const RECODE = "Convert it to UTF-8 first, for example with iconv.";

describe("the guard against binary files", () => {
  test.each([
    ["PAR1\x15\x04\x15", "a Parquet file", "Pass --format parquet."],
    ["ARROW1\0\0", "an Arrow file", "Pass --format arrow."],
    ["ORC\x08\x03", "an ORC file", CONVERT],
    ["Obj\x01avro", "an Avro file", CONVERT],
    ["SQLite format 3\0", "a SQLite database", CONVERT],
    ["%PDF-1.7\n", "a PDF file", CONVERT],
    ["\x89PNG\r\n\x1a\n", "a PNG image", "Check the path."],
    ["\x7fELF\x02\x01", "an ELF program", "Check the path."],
    ["PK\x03\x04data", "a zip archive", UNPACK],
    ["\x28\xb5\x2f\xfddata", "a Zstandard file", UNPACK],
    ["\xfd7zXZ\0", "an xz file", UNPACK],
    ["BZh91AY&SY\x01", "a bzip2 file", UNPACK],
    ["\xff\xfea\0,\0b\0", "UTF-16 text", RECODE],
    ["\xfe\xff\0a\0,\0b", "UTF-16 text", RECODE],
  ])("refuses %j", (text, name, hint) => {
    expect(() => refuse(text)).toThrow(
      saying(`x: is ${name}; expected a CSV file in UTF-8.${` ${hint}`}`),
    );
  });

  test("lets a header pass that begins with the word of a format", () => {
    expect(() => refuse("PAR1,ORC\n1,2\n")).not.toThrow();
    expect(() => refuse("BZh\n")).not.toThrow();
  });

  test("refuses more than a tenth of control characters", () => {
    expect(() => refuse(`abcd${"\0".repeat(2)}${"e".repeat(14)}`)).not.toThrow();
    expect(() => refuse(`abcd${"\0".repeat(2)}${"e".repeat(13)}`)).toThrow(
      saying(
        "x: is not text (binary bytes at offset 4); expected a CSV file in UTF-8. Check the path.",
      ),
    );
    expect(() => refuse("\x7f")).toThrow(
      saying(
        "x: is not text (binary bytes at offset 0); expected a CSV file in UTF-8. Check the path.",
      ),
    );
  });

  test("counts no tab, line end or delimiter among them", () => {
    expect(() => refuse("\t\r\n\t\r\n")).not.toThrow();
    expect(() => refuse("a\x01b\x01c", 1)).not.toThrow();
  });

  test("looks at the first 4,096 bytes only", () => {
    expect(() => refuse(`${"a".repeat(4096)}${"\0".repeat(4096)}`)).not.toThrow();
  });

  test("lets an empty file pass", () => {
    expect(() => refuse("")).not.toThrow();
  });
});
