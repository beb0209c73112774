/** The records of one file of a batch transform, read in step with those of its partner. */
import type { Fault } from "../capture/capture-record.ts";
import type { SideDecoder } from "../capture/decode-side.ts";
import type { CellRange } from "../capture/row-pairing.ts";
import type { InputTally } from "../record-source.ts";

/**
 * What `read` came to: a record, one that can not be read (and takes its place all the same), more
 * of the file needed, or its end.
 */
export type SideOutcome = "record" | "fault" | "starved" | "end";

export interface TransformSide {
  readonly tally: InputTally;
  /** Line of the record read last, and its first byte's column where it is not the first. */
  readonly line: number;
  readonly column: number | undefined;
  /** Its inference id, where the platform added one. */
  readonly inferenceId: string | undefined;
  /** Why it can not be read, after "fault". */
  readonly fault: Fault | undefined;
  /** Its text, cut to 1,024 characters. */
  readonly text: string;
  read(): SideOutcome;
  /** Takes the next chunk of the file. */
  feed(): Promise<void>;
  /** Adds the cells of the record's rows; a fault where it has none. */
  lay(cells: SideDecoder): readonly CellRange[] | Fault;
  /** Lets go of the file. */
  close(): Promise<void>;
}
