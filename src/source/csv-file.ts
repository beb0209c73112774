/**
 * One CSV file on its way from stored bytes to records: hashed, inflated, refused when it is not
 * text, made valid UTF-8, and given to the parser of its dialect.
 */
import { GUARD_BYTES, refuseBinary } from "./binary-guard.ts";
import type { CsvRecords } from "./csv-records.ts";
import { readContent } from "./input-content.ts";
import { peekBytes } from "./peek-bytes.ts";
import type { ByteInput, InputTally } from "./record-source.ts";
import { decodeUtf8 } from "./utf8.ts";

/**
 * Yields the text of `input` as valid UTF-8 while `tally` counts. Throws an input error for what is
 * not text; `delimiter` is text whatever it is.
 */
export async function* readCsvText(
  input: ByteInput,
  tally: InputTally,
  delimiter: string,
): AsyncGenerator<Uint8Array> {
  const { head, chunks, close } = await peekBytes(readContent(input, tally), GUARD_BYTES);
  try {
    refuseBinary(head, input.path, "a CSV file in UTF-8", delimiter.charCodeAt(0));
  } catch (error) {
    await close();
    throw error;
  }
  yield* decodeUtf8(chunks, tally);
}

/** Feeds a file's text to its parser whenever that is starved. */
export class CsvFile {
  readonly tally: InputTally;
  readonly records: CsvRecords;
  readonly #text: AsyncGenerator<Uint8Array>;

  constructor(tally: InputTally, records: CsvRecords, text: AsyncGenerator<Uint8Array>) {
    this.tally = tally;
    this.records = records;
    this.#text = text;
  }

  /** Gives the parser the next chunk, or the end. */
  async feed(): Promise<void> {
    const next = await this.#text.next();
    if (next.done === true) this.records.end();
    else this.records.append(next.value);
  }

  /** Reads the first record; false where the file has none. The builder's batch must be empty. */
  async readFirst(): Promise<boolean> {
    for (;;) {
      const outcome = this.records.read();
      if (outcome !== "starved") return outcome === "record";
      await this.feed();
    }
  }

  /** Lets go of the file before its end. */
  async close(): Promise<void> {
    await this.#text.return(undefined);
  }
}
