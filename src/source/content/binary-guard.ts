/**
 * Refuses files that are not text before a reader makes nonsense of them.
 *
 * Known formats are told by their first bytes; anything else is refused when more than a tenth of
 * its first 4,096 bytes are control characters. The content decides, never the name.
 */
import { TidemarkError } from "../../base/tidemark-error.ts";

/** Bytes the guard looks at. */
export const GUARD_BYTES = 4096;
const CONTROL_SHARE_MAX = 0.1;

interface Format {
  readonly name: string;
  /** Latin-1 spelling of the first bytes. */
  readonly magic: string;
  /** What to do with such a file. */
  readonly hint: string;
  /** Whether a CSV header could spell the magic, so that a control byte must follow soon. */
  readonly isWord?: boolean;
}

const CONVERT = "Convert it to CSV first.";
const UNPACK = "Unpack it first; gzip is read as it is.";
const RECODE = "Convert it to UTF-8 first, for example with iconv.";

const FORMATS: readonly Format[] = [
  { name: "a Parquet file", magic: "PAR1", hint: "Pass --format parquet.", isWord: true },
  { name: "an Arrow file", magic: "ARROW1", hint: "Pass --format arrow.", isWord: true },
  { name: "an ORC file", magic: "ORC", hint: CONVERT, isWord: true },
  { name: "an Avro file", magic: "Obj\x01", hint: CONVERT },
  { name: "a SQLite database", magic: "SQLite format 3\0", hint: CONVERT },
  { name: "a PDF file", magic: "%PDF-", hint: CONVERT },
  { name: "a PNG image", magic: "\x89PNG", hint: "Check the path." },
  { name: "an ELF program", magic: "\x7fELF", hint: "Check the path." },
  { name: "a zip archive", magic: "PK\x03\x04", hint: UNPACK },
  { name: "a Zstandard file", magic: "\x28\xb5\x2f\xfd", hint: UNPACK },
  { name: "an xz file", magic: "\xfd7zXZ\0", hint: UNPACK },
  { name: "a bzip2 file", magic: "BZh", hint: UNPACK, isWord: true },
  { name: "UTF-16 text", magic: "\xff\xfe", hint: RECODE },
  { name: "UTF-16 text", magic: "\xfe\xff", hint: RECODE },
];

/**
 * Throws an input error unless `head`, the first bytes of a file's content, may be text. `expected`
 * names what was looked for; `delimiter`, an ASCII code, is data even if it is a control character.
 */
export function refuseBinary(
  head: Uint8Array,
  path: string,
  expected: string,
  delimiter?: number | undefined,
): void {
  const bytes = head.subarray(0, GUARD_BYTES);
  const start = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  const format = FORMATS.find(
    ({ magic, isWord }) => start.startsWith(magic) && (isWord !== true || hasControl(start)),
  );
  if (format !== undefined) throw refusal(path, `is ${format.name}`, expected, format.hint);
  const isOdd = (byte: number): boolean => isControl(byte) && byte !== delimiter;
  const odd = bytes.filter(isOdd).length;
  if (odd <= bytes.length * CONTROL_SHARE_MAX) return;
  const what = `is not text (binary bytes at offset ${bytes.findIndex(isOdd)})`;
  throw refusal(path, what, expected, "Check the path.");
}

function hasControl(latin1: string): boolean {
  return Buffer.from(latin1, "latin1").some(isControl);
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

function refusal(path: string, what: string, expected: string, hint: string): TidemarkError {
  return new TidemarkError({ code: "input", location: { file: path }, what, expected, hint });
}
