/** How CSV files are read, and which part of them. */
import type { ChunkRoom } from "../../storage/storage.ts";
import type { SelectionOptions } from "../column-selection.ts";
import type { ContentUnits } from "../content/content-units.ts";
import type { RejectionListener } from "../record-source.ts";
import type { FormatOptions } from "./csv-format.ts";
import type { CsvHeader } from "./csv-header.ts";
import type { CsvKernel } from "./csv-kernel.ts";

export interface CsvOptions extends FormatOptions, SelectionOptions {
  /** Whether files begin with names; `auto` expects them and refuses a record of numbers. */
  readonly header: "auto" | "yes" | "no";
  /** Whether the delimiter may be guessed when it is not given. */
  readonly sniffDelimiter: boolean;
  /** Texts that are missing cells. */
  readonly nullTokens?: readonly string[] | undefined;
  /** Whether a quoted empty cell is missing as an unquoted one is. */
  readonly emptyIsMissing?: boolean | undefined;
  readonly onReject?: RejectionListener | undefined;
  /** What reads records that need no more than their cells laid; `webassembly` by default. */
  readonly kernel?: "webassembly" | "typescript" | CsvKernel | undefined;
  /** Whether batches may be counted while they are read, so that they do not show all cells. */
  readonly offersCounts?: boolean | undefined;
  /** Cuts the content into units, of which the last batch of each tells the end. */
  readonly units?: ContentUnits | undefined;
  readonly part?: CsvPart | undefined;
}

/** A part of a source that another reader has opened. */
export interface CsvPart {
  /** The header of the source's first file. */
  readonly header: CsvHeader;
  /** Bytes of the first input from where a record begins on; all but its header by default. */
  readonly rest?: ((room: ChunkRoom) => AsyncIterable<Uint8Array>) | undefined;
}
