/** What the records of a batch tell of themselves, one kind of id beside the other. */
import type { RecordOrigins } from "../batch/batch.ts";
import { EventIds, type RecordIds, type RunIds } from "./event-ids.ts";

export class BatchIds {
  readonly #event = new EventIds();
  readonly #inference = new EventIds();
  readonly #time = new EventIds();
  readonly #all: readonly EventIds[] = [this.#event, this.#inference, this.#time];

  add(row: number, ids: RecordIds): void {
    this.#event.add(row, ids.eventId);
    this.#inference.add(row, ids.inferenceId);
    this.#time.add(row, ids.inferenceTime);
  }

  /** Adds ids of the rows from `row` on, which must hold until `settle` or `clear`. */
  addRun(row: number, ids: RunIds): void {
    this.#event.addRun(row, ids.eventId);
    this.#inference.addRun(row, ids.inferenceId);
    this.#time.addRun(row, ids.inferenceTime);
  }

  /** Copies ids that do not hold any longer. */
  settle(): void {
    for (const ids of this.#all) ids.settle();
  }

  clear(): void {
    for (const ids of this.#all) ids.clear();
  }

  /** Shows the ids, valid until `clear`. */
  show(): Pick<RecordOrigins, "eventIds" | "inferenceIds" | "inferenceTimes"> {
    const [eventIds, inferenceIds, inferenceTimes] = this.#all.map((ids) =>
      ids.isEmpty ? undefined : ids,
    );
    return { eventIds, inferenceIds, inferenceTimes };
  }
}
