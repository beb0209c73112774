/**
 * CSV dialects that the byte scanner does not take, read by papaparse; also its delimiter guess.
 *
 * Such a dialect has a delimiter or quote that is not one ASCII character, or a backslash before
 * quotes inside quoted cells (`\"`; `\\` stays as it is). Here a quoted empty cell can not be told
 * from an unquoted one: both are missing. Spaces between a closing quote and what follows are
 * dropped. A record with a quote error is rejected as far as papaparse took it.
 * Memory: the record being read up to twice, in characters, and 64 Ki characters.
 */
import { MISSING } from "../../base/cells.ts";
import { loadPapaparse, type Papa } from "../../base/load-papaparse.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";
import type { RejectionListener } from "../record-source.ts";
import { type CsvRecords, detailOf, excerptRecord, type ReadOutcome } from "./csv-records.ts";
import type { CsvProblem } from "./csv-scanner.ts";

const BLOCK_LENGTH = 64 * 1024;
/** Records looked at when a delimiter is guessed. */
const PREVIEW_RECORDS = 10;

export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly csvEscape: "double" | "backslash";
  readonly recordBytesMax: number;
}

interface Row {
  readonly cells: readonly string[];
  /** The row as it stood, its line end included. */
  readonly text: string;
  readonly problem: CsvProblem | undefined;
}

/** Guesses the delimiter of a text's records; undefined where none makes two cells of a record. */
export async function guessDelimiter(text: string): Promise<string | undefined> {
  const papa = await loadPapaparse();
  const preview = PREVIEW_RECORDS;
  const guess = papa.parse(text, { newline: "\n", preview, skipEmptyLines: true }).meta.delimiter;
  return guess !== "," && /^[\0-\x7f]$/.test(guess) ? guess : undefined;
}

/** Opens one file's records in such a dialect; `builder` takes their cells' texts. */
export async function openDialect(
  file: string,
  dialect: CsvDialect,
  builder: BatchBuilder,
  onReject: RejectionListener,
): Promise<CsvRecords> {
  const papa = await loadPapaparse();
  return new DialectRecords(papa, file, dialect, builder, onReject);
}

class DialectRecords implements CsvRecords {
  starts: Uint32Array = new Uint32Array(256);
  ends: Uint32Array = new Uint32Array(256);
  cells = 0;
  line = 0;
  readonly #papa: typeof Papa;
  readonly #file: string;
  readonly #dialect: CsvDialect;
  readonly #builder: BatchBuilder;
  readonly #onReject: RejectionListener;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** Text that no row was made of yet. */
  #text = "";
  /** How much of it has been parsed in vain. */
  #incomplete = 0;
  #rows: readonly Row[] = [];
  #rowsRead = 0;
  #nextLine = 1;
  #isLast = false;
  #isSkipping = false;

  constructor(
    papa: typeof Papa,
    file: string,
    dialect: CsvDialect,
    builder: BatchBuilder,
    onReject: RejectionListener,
  ) {
    this.#papa = papa;
    this.#file = file;
    this.#dialect = dialect;
    this.#builder = builder;
    this.#onReject = onReject;
  }

  append(chunk: Uint8Array): void {
    this.#text += this.#decoder.decode(chunk, { stream: true });
  }

  end(): void {
    this.#text += this.#decoder.decode();
    this.#isLast = true;
  }

  read(): ReadOutcome {
    for (;;) {
      if (this.#builder.isFull) return "full";
      const row = this.#rows[this.#rowsRead];
      if (row === undefined) {
        if (this.#parse()) continue;
        return this.#isLast ? "end" : "starved";
      }
      this.#rowsRead++;
      this.line = this.#nextLine;
      this.#nextLine += newlinesOf(row.text);
      if (row.problem !== undefined) this.#reject(row.problem, row.text);
      else if (!/^(?:\r?\n)?$/.test(row.text)) {
        this.#write(row.cells);
        return "record";
      }
    }
  }

  /** Parses the next piece, cut at a place that the content decides; false when text is wanting. */
  #parse(): boolean {
    if (this.#isSkipping) this.#skipLine();
    const wanted = this.#incomplete + Math.max(BLOCK_LENGTH, this.#incomplete);
    if (this.#text === "" || (this.#text.length <= wanted && !this.#isLast)) return false;
    const isEnd = this.#text.length <= wanted;
    const piece = isEnd ? this.#text : this.#text.slice(0, wanted);
    this.#rows = this.#parseRows(piece, isEnd);
    this.#rowsRead = 0;
    const read = this.#rows.reduce((length, { text }) => length + text.length, 0);
    this.#text = this.#text.slice(read);
    this.#incomplete = piece.length - read;
    if (this.#incomplete > this.#dialect.recordBytesMax) this.#giveUp();
    return true;
  }

  #parseRows(piece: string, isEnd: boolean): readonly Row[] {
    const { delimiter, quote, csvEscape, recordBytesMax } = this.#dialect;
    const rows: Row[] = [];
    let from = 0;
    const parser = new this.#papa.Parser({
      delimiter,
      newline: "\n",
      quoteChar: quote,
      escapeChar: csvEscape === "backslash" ? "\\" : quote,
      fastMode: false,
      step: ({ data, errors, meta }: Papa.ParseStepResult<string[][]>) => {
        const text = piece.slice(from, meta.cursor);
        from = meta.cursor;
        const problem = text.length > recordBytesMax ? "long" : problemOf(errors);
        rows.push({ cells: withoutReturn(data[0]!, text, delimiter), text, problem });
      },
    });
    parser.parse(piece, 0, !isEnd);
    return rows;
  }

  /** Rejects a record that is too long to be waited for and goes on at the next line. */
  #giveUp(): void {
    const newline = this.#text.indexOf("\n");
    const isCut = newline < 0 || newline >= this.#incomplete;
    const text = this.#text.slice(0, isCut ? this.#incomplete : newline + 1);
    this.#rows = [...this.#rows, { cells: [], text, problem: "long" }];
    this.#text = this.#text.slice(text.length);
    this.#incomplete = 0;
    this.#isSkipping = isCut;
  }

  #skipLine(): void {
    const newline = this.#text.indexOf("\n");
    this.#isSkipping = newline < 0;
    if (newline >= 0) this.#nextLine++;
    this.#text = newline < 0 ? "" : this.#text.slice(newline + 1);
  }

  #write(cells: readonly string[]): void {
    if (cells.length > this.starts.length) {
      this.starts = new Uint32Array(cells.length * 2);
      this.ends = new Uint32Array(cells.length * 2);
    }
    for (const [at, cell] of cells.entries()) {
      this.starts[at] = cell === "" ? MISSING : this.#builder.appendText(cell);
      this.ends[at] = this.#builder.position;
    }
    this.cells = cells.length;
  }

  #reject(problem: CsvProblem, text: string): void {
    this.#onReject({
      file: this.#file,
      line: this.line,
      reason: "csv",
      detail: detailOf(problem, this.#dialect.recordBytesMax),
      text: excerptRecord(text),
    });
  }
}

function problemOf(errors: readonly Papa.ParseError[]): CsvProblem | undefined {
  const first = errors[0];
  if (first === undefined) return undefined;
  return first.code === "MissingQuotes" ? "unclosed" : "trailing";
}

/** Takes the `\r` of a line end off an unquoted last cell, where papaparse leaves it. */
function withoutReturn(
  cells: readonly string[],
  text: string,
  delimiter: string,
): readonly string[] {
  const last = cells.at(-1)!;
  if (!last.endsWith("\r")) return cells;
  const isUnquoted = text === `${last}\n` || text.endsWith(`${delimiter}${last}\n`);
  return isUnquoted ? [...cells.slice(0, -1), last.slice(0, -1)] : cells;
}

function newlinesOf(text: string): number {
  return text.split("\n").length - 1;
}
