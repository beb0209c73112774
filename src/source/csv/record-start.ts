/**
 * A guess where a record begins in the middle of a CSV file: at the first line from which on some
 * records have as many cells as they should, and no quote where none belongs. Nothing may rest on
 * it: a text within quotes may look like records.
 */
import { type CsvBytes, CsvScanner } from "./csv-scanner.ts";

const NEWLINE = 10;
/** Records that must look right, and lines that are tried. */
const RECORDS = 8;
const LINES_MAX = 200;
/** Bytes of text that a line is tried with. */
const TRIED_BYTES: number = 64 * 1024;

/** Guesses in a text that begins with a line; 0 where no line looks right. */
export function guessRecordStart(text: Uint8Array, width: number, dialect: CsvBytes): number {
  let from = 0;
  for (let lines = 0; lines < LINES_MAX && from < text.length; lines++) {
    if (looksRight(text.slice(from, from + TRIED_BYTES), width, dialect)) return from;
    const newline = text.indexOf(NEWLINE, from);
    if (newline < 0) return 0;
    from = newline + 1;
  }
  return 0;
}

function looksRight(text: Uint8Array, width: number, dialect: CsvBytes): boolean {
  const scanner = new CsvScanner(dialect);
  const end = text.length - 1;
  let at = 0;
  for (let records = 0; records < RECORDS; ) {
    const outcome = scanner.scan(text, at, end, false);
    if (outcome === "incomplete") return records > 0;
    if (outcome === "rejected") return false;
    if (outcome === "record") {
      if (scanner.cells !== width || hasStrayQuote(text, scanner, dialect.quote)) return false;
      records++;
    }
    at = scanner.next;
  }
  return true;
}

function hasStrayQuote(text: Uint8Array, scanner: CsvScanner, quote: number): boolean {
  for (let cell = 0; cell < scanner.cells; cell++) {
    const [start, end] = [scanner.starts[cell]!, scanner.ends[cell]!];
    const isQuoted = start > 0 && text[start - 1] === quote;
    if (!isQuoted && start < end && text.subarray(start, end).includes(quote)) return true;
  }
  return false;
}
