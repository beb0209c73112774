/**
 * What a batch's records tell of themselves, decoded only when asked for: evidence names few.
 *
 * Memory: 4 bytes a record, and the ids' text.
 */

/** A text as a range of UTF-8 bytes that hold until the next line is read. */
export interface TextRange {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** An id or a time as text, or where it lies in a line. */
export type EventId = string | TextRange | undefined;

/** What a record tells of itself. */
export interface RecordIds {
  readonly eventId: EventId;
  /** The caller's own id of the invocation. */
  readonly inferenceId: EventId;
  readonly inferenceTime: EventId;
}

/** Ids of consecutive records, one behind the other from the first byte on. */
export interface IdTexts {
  readonly bytes: Buffer;
  /** Where each record's id ends in `bytes`. */
  readonly ends: Uint32Array;
}

/** What consecutive records tell of themselves: each of them, or none, has an id of a kind. */
export type RunIds = { readonly [Kind in keyof RecordIds]?: IdTexts | undefined };

/** Makes the text of an id or of any range. */
export function textOfRange(id: EventId): string | undefined {
  if (typeof id !== "object") return id;
  const { buffer, byteOffset } = id.bytes;
  return Buffer.from(buffer, byteOffset + id.from, id.to - id.from).toString();
}

/** Ids of the rows from `row` on. */
interface IdRun {
  readonly row: number;
  readonly ids: IdTexts;
}

/** Set in the end of a row's id: its text is not in `bytes`. */
const ELSEWHERE = 0x8000_0000;
const END_MASK: number = ELSEWHERE - 1;

/** Ids of one kind by row, added in the order of the rows; a row without one has none. */
export class EventIds {
  #bytes: Buffer = Buffer.alloc(1024);
  #filled = 0;
  /** Where each row's id ends in `bytes`. */
  #ends: Uint32Array = new Uint32Array(64);
  #rows = 0;
  /** The rows added last, whose ids lie elsewhere as yet: most runs are never asked for ids. */
  #run: IdRun | undefined;
  /** Ids that came as texts; UTF-8 might not hold them. */
  #texts: Map<number, string> = new Map();

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  add(row: number, id: EventId): void {
    if (id === undefined) return;
    this.settle();
    this.#skipTo(row);
    if (typeof id === "string") this.#texts.set(row, id);
    else this.#append(id);
    this.#ends[row] = typeof id === "string" ? this.#filled + ELSEWHERE : this.#filled;
    this.#rows = row + 1;
  }

  /** Adds the ids of the rows from `row` on, which must hold until `settle` or `clear`. */
  addRun(row: number, ids: IdTexts | undefined): void {
    const count = ids?.ends.length ?? 0;
    if (ids === undefined || count === 0) return;
    this.settle();
    this.#skipTo(row);
    this.#run = { row, ids };
    this.#rows = row + count;
  }

  /** Copies what does not hold any longer. */
  settle(): void {
    if (this.#run === undefined) return;
    const { row, ids } = this.#run;
    this.#run = undefined;
    const { bytes, ends } = ids;
    const length = ends.at(-1)!;
    const shift = this.#filled;
    this.#reserve(length);
    this.#bytes.set(bytes.subarray(0, length), shift);
    this.#reserveRows(row + ends.length);
    for (let i = 0; i < ends.length; i++) this.#ends[row + i] = shift + ends[i]!;
    this.#filled = shift + length;
  }

  /** The id of a row; undefined where it has none. */
  at(row: number): string | undefined {
    if (row >= this.#rows) return undefined;
    if (this.#run !== undefined && row >= this.#run.row) return textOfRun(this.#run, row);
    const to = this.#ends[row]!;
    if (to >= ELSEWHERE) return this.#texts.get(row);
    const from = row === 0 ? 0 : this.#ends[row - 1]! & END_MASK;
    return this.#bytes.toString("utf8", from, to);
  }

  clear(): void {
    this.#run = undefined;
    this.#filled = 0;
    this.#rows = 0;
    if (this.#texts.size > 0) this.#texts = new Map();
  }

  #skipTo(row: number): void {
    this.#reserveRows(row + 1);
    const end = this.#filled + ELSEWHERE;
    for (let each = this.#rows; each < row; each++) this.#ends[each] = end;
  }

  #reserveRows(rows: number): void {
    if (rows <= this.#ends.length) return;
    const grown = new Uint32Array(2 * rows);
    grown.set(this.#ends);
    this.#ends = grown;
  }

  #append({ bytes, from, to }: TextRange): void {
    this.#reserve(to - from);
    const kept = this.#bytes;
    let place = this.#filled;
    for (let at = from; at < to; at++, place++) kept[place] = bytes[at]!;
    this.#filled = place;
  }

  #reserve(length: number): void {
    const filled = this.#filled + length;
    if (filled <= this.#bytes.length) return;
    const grown = Buffer.alloc(2 * filled);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

function textOfRun({ row: first, ids: { bytes, ends } }: IdRun, row: number): string {
  const from = row === first ? 0 : ends[row - first - 1]!;
  return bytes.toString("utf8", from, ends[row - first]!);
}
