/**
 * Which dialect a CSV file is read in: what the options say, checked, or a guess from its first
 * bytes where a guess is allowed.
 */
import { excerpt, TidemarkError } from "../../base/tidemark-error.ts";
import { type CsvDialect, guessDelimiter } from "./csv-dialect.ts";
import { type CsvBytes, CsvScanner, RECORD_BYTES_MAX, RFC_4180 } from "./csv-scanner.ts";

/** Bytes of text a delimiter is guessed from. */
export const SNIFF_BYTES: number = 64 * 1024;

export interface FormatOptions {
  /** Default `,`. */
  readonly delimiter?: string | undefined;
  /** One character, default `"`. */
  readonly quote?: string | undefined;
  /** How a quote is written inside quotes, default doubled. */
  readonly csvEscape?: "double" | "backslash" | undefined;
  /** Default 16 MiB. */
  readonly recordBytesMax?: number | undefined;
}

/** Completes and checks a dialect; throws a usage error for one that can not be read. */
export function resolveDialect(options: FormatOptions): CsvDialect {
  const { delimiter = ",", quote = '"', csvEscape = "double" } = options;
  if (quote.length !== 1 || /[\r\n\\]/.test(quote)) {
    throw refusal("--quote", quote, "one character other than a line end and a backslash");
  }
  if (delimiter === "" || /[\r\n"\ufeff]/.test(delimiter) || delimiter.includes(quote)) {
    throw refusal("--delimiter", delimiter, "characters other than line ends and quotes");
  }
  return {
    delimiter,
    quote,
    csvEscape,
    recordBytesMax: options.recordBytesMax ?? RECORD_BYTES_MAX,
  };
}

/** Spells a dialect for the byte scanner; undefined for one that it does not take. */
export function bytesOf(dialect: CsvDialect): CsvBytes | undefined {
  const { delimiter, quote, csvEscape, recordBytesMax } = dialect;
  if (csvEscape !== "double" || !isAscii(delimiter) || !isAscii(quote)) return undefined;
  return { delimiter: delimiter.charCodeAt(0), quote: quote.charCodeAt(0), recordBytesMax };
}

/**
 * Returns the delimiter to read a text by, given its first bytes: a comma, unless the first record
 * is a single cell that way and a guess makes more of it.
 */
export async function sniffDelimiter(head: Uint8Array): Promise<string> {
  if (countCells(head, ",") !== 1) return ",";
  const guess = await guessDelimiter(new TextDecoder().decode(head));
  return guess !== undefined && countCells(head, guess) > 1 ? guess : ",";
}

/** Counts the cells of the first record; 0 where there is none. */
function countCells(text: Uint8Array, delimiter: string): number {
  const scanner = new CsvScanner({ ...RFC_4180, delimiter: delimiter.charCodeAt(0) });
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text);
  let from = 0;
  for (;;) {
    const outcome = scanner.scan(bytes, from, text.length, true);
    if (outcome !== "blank") return outcome === "record" ? scanner.cells : 0;
    from = scanner.next;
  }
}

function isAscii(text: string): boolean {
  return text.length === 1 && text.charCodeAt(0) < 0x80;
}

function refusal(option: string, value: string, expected: string): TidemarkError {
  return new TidemarkError({ code: "usage", what: `${option} is ${excerpt(value)}`, expected });
}
