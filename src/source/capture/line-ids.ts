import type { RecordIds, TextRange } from "./event-ids.ts";

interface MutableRange extends TextRange {
  bytes: Uint8Array;
  from: number;
  to: number;
}

/** Where the ids and the time of a line lie in its bytes; the same objects for every line. */
export class LineIds implements RecordIds {
  readonly #ranges = { eventId: noRange(), inferenceId: noRange(), inferenceTime: noRange() };

  get eventId(): TextRange | undefined {
    return found(this.#ranges.eventId);
  }

  get inferenceId(): TextRange | undefined {
    return found(this.#ranges.inferenceId);
  }

  get inferenceTime(): TextRange | undefined {
    return found(this.#ranges.inferenceTime);
  }

  /** Takes the bytes in which the lines to come lie. */
  take(bytes: Uint8Array): void {
    const { eventId, inferenceId, inferenceTime } = this.#ranges;
    eventId.bytes = bytes;
    inferenceId.bytes = bytes;
    inferenceTime.bytes = bytes;
  }

  clear(): void {
    const { eventId, inferenceId, inferenceTime } = this.#ranges;
    eventId.from = -1;
    inferenceId.from = -1;
    inferenceTime.from = -1;
  }

  set(kind: keyof RecordIds, from: number, to: number): void {
    const range = this.#ranges[kind];
    range.from = from;
    range.to = to;
  }
}

function noRange(): MutableRange {
  return { bytes: new Uint8Array(0), from: -1, to: -1 };
}

function found(range: MutableRange): TextRange | undefined {
  return range.from < 0 ? undefined : range;
}
