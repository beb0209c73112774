import { describe, expect, test } from "vitest";
import { MISSING } from "../../base/cells.ts";
import { type CsvBytes, CsvScanner, RFC_4180 } from "./csv-scanner.ts";

/** Matches an error by its whole message. */
const saying = (message: string) => expect.objectContaining({ message });

interface Found {
  outcome: string;
  cells: (string | null)[];
  next: number;
  newlines: number;
}

function scan(text: string, isLast = true, dialect: CsvBytes = RFC_4180): Found {
  const bytes = Buffer.from(`${text}#stale"text`);
  const scanner = new CsvScanner(dialect);
  const end = Buffer.byteLength(text);
  const outcome = scanner.scan(bytes, 0, end, isLast);
  const { starts, ends, next, newlines } = scanner;
  const cells = Array.from({ length: scanner.cells }, (_, cell) =>
    starts[cell] === MISSING ? null : bytes.toString("utf8", starts[cell], ends[cell]),
  );
  return { outcome, cells, next, newlines };
}

/** Cells of the only record of `text`. */
function cellsOf(text: string): (string | null)[] {
  const { outcome, cells, next } = scan(text);
  expect({ outcome, next }).toEqual({ outcome: "record", next: Buffer.byteLength(text) });
  return cells;
}

describe("the CSV scanner reads", () => {
  test.each<[string, string, (string | null)[]]>([
    ["cells between commas", "a,bc,d\n", ["a", "bc", "d"]],
    ["a record that ends in a carriage return and a newline", "a,b\r\n", ["a", "b"]],
    ["a last record without a newline", "a,b", ["a", "b"]],
    ["an unquoted empty cell as missing", ",a,,b,\n", [null, "a", null, "b", null]],
    ["an unquoted empty cell before a carriage return as missing", "a,\r\n", ["a", null]],
    ["a trailing comma at the end of the text as a missing cell", "a,", ["a", null]],
    ["a quoted empty cell as a present empty text", '"",a,""\r\n', ["", "a", ""]],
    ["a record of one quoted empty cell", '""\n', [""]],
    ["commas and newlines inside quotes", '"a,b","c\nd\r\ne"\n', ["a,b", "c\nd\r\ne"]],
    ["a doubled quote as one", '"a""b","""",""""""\n', ['a"b', '"', '""']],
    ["a quote inside an unquoted cell as data", 'a"b,c"",d"\n', ['a"b', 'c""', 'd"']],
    ["a quote behind a space as data", ' "a"\n', [' "a"']],
    ["NUL and a lone carriage return as data", "a\0b,\r,c\rd\n", ["a\0b", "\r", "c\rd"]],
    ["a carriage return at the end of the text as data", "a\r", ["a\r"]],
    ["two carriage returns: the first is data", "a\r\r\n", ["a\r"]],
    ["white space as it stands", " a , b\t\n", [" a ", " b\t"]],
    ["text beyond ASCII", "é,😀\n", ["é", "😀"]],
  ])("%s", (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  test("a thousand cells", () => {
    const cells = Array.from({ length: 1000 }, (_, at) => `"${at}"`);
    expect(cellsOf(`${cells.join(",")}\n`)).toEqual(
      Array.from({ length: 1000 }, (_, at) => `${at}`),
    );
  });

  test("another delimiter and another quote", () => {
    const dialect = { ...RFC_4180, delimiter: 0x7c, quote: 0x27 };
    expect(scan("a,\"b\"|'c|''d'\n", true, dialect).cells).toEqual(['a,"b"', "c|'d"]);
  });

  test("one record of several, and counts its newlines", () => {
    expect(scan('a,"b\nc"\nd\n')).toMatchObject({ outcome: "record", next: 8, newlines: 2 });
  });
});

describe("the CSV scanner", () => {
  test("calls a line without a byte blank", () => {
    expect(scan("\na")).toMatchObject({ outcome: "blank", next: 1, newlines: 1 });
    expect(scan("\r\na")).toMatchObject({ outcome: "blank", next: 2, newlines: 1 });
  });

  test("says when nothing is left", () => {
    expect(scan("").outcome).toBe("end");
    expect(scan("", false).outcome).toBe("incomplete");
  });

  test.each(["a", "a,", '"a', '"a"', '"a""', '"a"\r', "a\r", '"a"x'])(
    "waits for the rest of %j",
    (text) => {
      expect(scan(text, false).outcome).toBe("incomplete");
    },
  );

  test("leaves an incomplete record unchanged, so that it can be scanned again", () => {
    const bytes = Buffer.from('"a""b",c\n');
    const scanner = new CsvScanner();
    expect(scanner.scan(bytes, 0, 8, false)).toBe("incomplete");
    expect(bytes.toString()).toBe('"a""b",c\n');
  });

  test("rejects text behind a closing quote up to the newline that follows it", () => {
    const scanner = new CsvScanner();
    const text = Buffer.from('1,"a\nb"x,"\n2\n#');
    expect(scanner.scan(text, 0, text.length - 1, true)).toBe("rejected");
    expect(scanner).toMatchObject({ problem: "trailing", problemAt: 7, next: 11, newlines: 2 });
  });

  test("takes a carriage return behind a closing quote for text when no newline follows it", () => {
    expect(scan('"a"\r').outcome).toBe("rejected");
    expect(scan('"a"\rb\n').outcome).toBe("rejected");
    expect(scan('"a"\r,b\n').outcome).toBe("rejected");
    expect(cellsOf('"a"\r\n')).toEqual(["a"]);
  });

  test("rejects a quote that is never closed up to the next line after it opened", () => {
    const scanner = new CsvScanner();
    const text = Buffer.from('"1\n2",a,"b\nc\nd\n#');
    expect(scanner.scan(text, 0, text.length - 1, true)).toBe("rejected");
    expect(scanner).toMatchObject({ problem: "unclosed", problemAt: 8, next: 11, newlines: 2 });
  });

  test("reads a record of exactly the longest length and rejects a longer one", () => {
    const dialect = { ...RFC_4180, recordBytesMax: 5 };
    expect(scan("12,45\n6\n", true, dialect)).toMatchObject({ outcome: "record", next: 6 });
    expect(scan("12,45", true, dialect).outcome).toBe("record");
    expect(scan("12,456\n7\n", true, dialect)).toMatchObject({ outcome: "rejected", next: 7 });
    expect(scan("12,456", true, dialect)).toMatchObject({ outcome: "rejected", next: 6 });
  });

  test("takes a quote still open past the longest record for one that is never closed", () => {
    const scanner = new CsvScanner({ ...RFC_4180, recordBytesMax: 5 });
    const text = Buffer.from('"1\n345678"\n#');
    expect(scanner.scan(text, 0, text.length - 1, true)).toBe("rejected");
    expect(scanner).toMatchObject({ problem: "unclosed", problemAt: 0, next: 3 });
  });

  test("asks to skip the rest of a long line that has not arrived", () => {
    const scanner = new CsvScanner({ ...RFC_4180, recordBytesMax: 5 });
    const text = Buffer.alloc(5000, "x");
    expect(scanner.scan(text, 0, 4000, false)).toBe("incomplete");
    expect(scanner.scan(text, 0, 4999, false)).toBe("rejected");
    expect(scanner).toMatchObject({ problem: "long", next: 4999, isCut: true });
  });

  test("puts back the byte it borrows behind the text", () => {
    const bytes = Buffer.from("a,b#");
    new CsvScanner().scan(bytes, 0, 3, true);
    expect(bytes.toString()).toBe("a,b#");
  });

  test("refuses a text without a byte behind it", () => {
    expect(() => new CsvScanner().scan(Buffer.from("a"), 0, 1, true)).toThrow(
      saying("internal: a CSV text fills its buffer. Please report this with the command you ran."),
    );
  });
});
