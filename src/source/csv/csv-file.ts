/**
 * One CSV file on its way from stored bytes to records: hashed, inflated, refused when it is not
 * text, made valid UTF-8, and given to the parser of its dialect.
 */
import type { ChunkRoom } from "../../storage/storage.ts";
import type { UnitEnd } from "../batch/batch.ts";
import { GUARD_BYTES, refuseBinary } from "../content/binary-guard.ts";
import type { ContentUnits } from "../content/content-units.ts";
import { readContent } from "../content/input-content.ts";
import { peekBytes } from "../content/peek-bytes.ts";
import type { ByteInput, InputTally } from "../record-source.ts";
import { decodeUtf8 } from "../utf8.ts";
import type { CsvRecords } from "./csv-records.ts";

/**
 * Yields the text of `input` as valid UTF-8 while `tally` counts. Throws an input error for what is
 * not text; `delimiter` is text whatever it is. Units, if any, split it at their cuts, and chunks
 * may be read into the room that is offered.
 */
export async function* readCsvText(
  input: ByteInput,
  tally: InputTally,
  delimiter: string,
  units?: ContentUnits | undefined,
  room?: ChunkRoom | undefined,
): AsyncGenerator<Uint8Array> {
  const { head, chunks, close } = await peekBytes(readContent(input, tally, room), GUARD_BYTES);
  try {
    refuseBinary(head, input.path, "a CSV file in UTF-8", delimiter.charCodeAt(0));
  } catch (error) {
    await close();
    throw error;
  }
  yield* decodeUtf8(units?.split(chunks) ?? chunks, tally);
}

/** Feeds a file's text to its parser whenever that is starved. */
export class CsvFile {
  readonly tally: InputTally;
  readonly records: CsvRecords;
  #text: AsyncGenerator<Uint8Array>;
  readonly #units: ContentUnits | undefined;

  constructor(
    tally: InputTally,
    records: CsvRecords,
    text: AsyncGenerator<Uint8Array>,
    units?: ContentUnits | undefined,
  ) {
    this.tally = tally;
    this.records = records;
    this.#text = text;
    this.#units = units;
  }

  /** Gives the parser the next chunk, or the end. */
  async feed(): Promise<void> {
    const next = await this.#text.next();
    if (next.done === true) this.records.end();
    else this.records.append(next.value);
    if (this.#units?.takeCut()) this.records.cut?.();
  }

  /** Tells where a unit ended, if the records read so far are the last ones of it. */
  takeUnitEnd(): UnitEnd | undefined {
    const cut = this.records.takeCut?.();
    if (cut === undefined) return undefined;
    return { lines: cut.lines, offset: cut.isEnd ? this.#units!.offset : undefined };
  }

  /** Reads on in other bytes of the file, from where a record begins. */
  async jump(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.close();
    this.tally.invalidUtf8 = 0;
    this.records.restart!();
    this.#text = decodeUtf8(this.#units?.split(chunks) ?? chunks, this.tally, false);
  }

  /** Reads the first record; false where the file has none. The builder's batch must be empty. */
  async readFirst(): Promise<boolean> {
    for (;;) {
      const outcome = this.records.read();
      // A unit does not end before the first record.
      if (outcome === "full") this.records.takeCut?.();
      else if (outcome !== "starved") return outcome === "record";
      else await this.feed();
    }
  }

  /** Lets go of the file before its end. */
  async close(): Promise<void> {
    await this.#text.return(undefined);
  }
}
