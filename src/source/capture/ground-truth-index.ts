/**
 * Labels by the invocation they belong to, joined to captured records.
 *
 * A record's key is its inference id if it has one, or else its event id (Amazon SageMaker
 * developer guide, "Ingest ground truth labels"). Of several labels for a key the last one counts.
 * A record without a label there may bring its own, as merged records do. All labels are read,
 * whatever hour folder they stand in: those of a window arrive later than its records.
 * Memory: one entry per key, its texts included.
 */

import { emptyTally, readContent } from "../content/input-content.ts";
import { RECORD_BYTES_MAX } from "../csv/csv-scanner.ts";
import { LineRejections, textOf } from "../lines/line-batches.ts";
import { readLines } from "../lines/line-reader.ts";
import type { GroundTruth } from "../preprocess/preprocessor.ts";
import type { ByteInput, InputTally, RejectionListener } from "../record-source.ts";
import { decodeUtf8 } from "../utf8.ts";
import type { RecordMetadata } from "./capture-record.ts";
import { parseGroundTruthRecord } from "./ground-truth-record.ts";

/** What of a captured record its label is found by. */
export type Labelled = Partial<Omit<RecordMetadata, "inferenceTime">>;

export class GroundTruthIndex {
  readonly tallies: InputTally[] = [];
  /** Labels that a later one for the same key replaced. */
  duplicates = 0;
  /** Records that were joined with a label, and those that have none. */
  matched = 0;
  unmatched = 0;
  readonly #labels: Map<string, GroundTruth> = new Map();
  readonly #unused: Set<string> = new Set();

  /** Reads files of ground-truth records in the order given; bad lines are rejected. */
  static async read(
    inputs: readonly ByteInput[],
    onReject: RejectionListener,
  ): Promise<GroundTruthIndex> {
    const groundTruth = new GroundTruthIndex();
    for (const input of inputs) await groundTruth.#readFile(input, onReject);
    return groundTruth;
  }

  /** Keys that have a label. */
  get labels(): number {
    return this.#labels.size;
  }

  /** Labels whose record was not met. */
  get unused(): number {
    return this.#unused.size;
  }

  /** Whether records were met, and each was left out. */
  get isInVain(): boolean {
    return this.unmatched > 0 && this.matched === 0;
  }

  /** Finds a record's label without counting; undefined where it has none. */
  labelOf({ inferenceId, eventId, groundTruth }: Labelled): GroundTruth | undefined {
    const key = inferenceId ?? eventId;
    return (key === undefined ? undefined : this.#labels.get(key)) ?? groundTruth;
  }

  /** Finds the label of a record that is read, and counts it; without one it is to be left out. */
  join(record: Labelled): GroundTruth | undefined {
    const label = this.labelOf(record);
    if (label === undefined) this.unmatched += 1;
    else this.matched += 1;
    const key = record.inferenceId ?? record.eventId;
    if (key !== undefined) this.#unused.delete(key);
    return label;
  }

  async #readFile(input: ByteInput, onReject: RejectionListener): Promise<void> {
    const tally = emptyTally(input.path);
    this.tallies.push(tally);
    const rejections = new LineRejections(onReject);
    rejections.begin(tally);
    const content = decodeUtf8(readContent(input, tally), tally);
    for await (const lines of readLines(content, RECORD_BYTES_MAX)) {
      for (const line of lines) {
        const record = line.isCut
          ? ({ reason: "json", detail: "the line is too long" } as const)
          : parseGroundTruthRecord(textOf(line.bytes));
        if ("reason" in record) {
          rejections.add(line, record);
          continue;
        }
        tally.records += 1;
        if (this.#labels.has(record.eventId)) this.duplicates += 1;
        this.#labels.set(record.eventId, record.label);
        this.#unused.add(record.eventId);
      }
    }
  }
}
