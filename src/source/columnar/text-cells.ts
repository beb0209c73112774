/** Text and binary values of an Arrow column as cells, whatever their layout. */
import { isAscii, isUtf8 } from "node:buffer";
import { repair, type Utf8Tally } from "../utf8.ts";
import { ARROW, type ArrowData } from "./arrow-column.ts";
import type { CellWriter } from "./cell-writer.ts";

/** Bytes of a view of a text, and of a text that stands in its view. */
const VIEW_BYTES = 16;
const INLINE_BYTES = 12;
/** Bytes of texts that are written at a time though views share them. */
const SHARED_BYTES_MAX: number = 128 * 1024 * 1024;

/** Finds the bytes of a value. */
type FindBytes = (at: number) => Uint8Array;

/** Makes what writes the texts of a column; throws where its buffers are too short. */
export function textWriter(data: ArrowData, tally: Utf8Tally): CellWriter {
  const { typeId } = data.type;
  if (typeId === ARROW.utf8View || typeId === ARROW.binaryView) {
    return onceWriter(data, repairingWriter(viewBytes(data), tally));
  }
  const values = data.values as Uint8Array;
  if (typeId === ARROW.fixedSizeBinary) {
    const { stride } = data;
    if (!(stride > 0) || values.length < data.length * stride) throw tooShort();
    return repairingWriter((at) => cut(values, at * stride, (at + 1) * stride), tally);
  }
  const { valueOffsets: offsets, length } = data;
  if (length > 0 && offsets.length <= length) throw new RangeError("a text has no end");
  const range = length === 0 ? values.subarray(0, 0) : rangeOf(data, values);
  const isPlain = isAscii(range);
  const repairing = repairingWriter(
    (at) => cut(values, Number(offsets[at]), Number(offsets[at + 1])),
    tally,
  );
  if (!isPlain && !isUtf8(range)) return repairing;
  return (from, to, run) => {
    const first = Number(offsets[from]);
    const last = Number(offsets[to]);
    requireRange(values, first, last);
    const place = run.builder.appendBytes(values, first, last);
    const shift = place - first;
    const { starts, ends, count } = run;
    let start = first;
    for (let at = from; at < to; at++) {
      const end = Number(offsets[at + 1]);
      // A text that is cut within a character is invalid though the whole is not.
      const isCut = !isPlain && !(isBorder(values, start) && isBorder(values, end));
      if (start > end || end > last || isCut) {
        run.builder.endText(place);
        return repairing(from, to, run);
      }
      const cell = count + at - from;
      starts[cell] = start + shift;
      ends[cell] = end + shift;
      start = end;
    }
    run.count = count + to - from;
  };
}

/** The bytes of all texts of a column. */
function rangeOf({ valueOffsets, length }: ArrowData, values: Uint8Array): Uint8Array {
  return cut(values, Number(valueOffsets[0]), Number(valueOffsets[length]));
}

function isBorder(values: Uint8Array, at: number): boolean {
  return ((values[at] ?? 0) & 0xc0) !== 0x80;
}

function repairingWriter(find: FindBytes, tally: Utf8Tally): CellWriter {
  return (from, to, run) => {
    for (let at = from; at < to; at++) {
      const text = repair(find(at), tally);
      run.add(run.builder.appendBytes(text, 0, text.length), run.builder.position);
    }
  };
}

/**
 * Refuses texts whose views overlap so much that a few bytes stand for all the memory there is;
 * equal ones may share their bytes.
 */
function onceWriter({ values, variadicBuffers = [] }: ArrowData, write: CellWriter): CellWriter {
  const stored = variadicBuffers.reduce((sum, { length }) => sum + length, values.length);
  const bytesMax = Math.max(SHARED_BYTES_MAX, stored);
  return (from, to, run) => {
    const begin = run.builder.position;
    for (let at = from; at < to; at++) {
      write(at, at + 1, run);
      if (run.builder.position - begin > bytesMax) throw new RangeError("texts overlap");
    }
  };
}

/** Finds texts of at most 12 bytes in their view, longer ones where it points. */
function viewBytes({ values, length, variadicBuffers = [] }: ArrowData): FindBytes {
  const bytes = values as Uint8Array;
  if (bytes.length < length * VIEW_BYTES) throw tooShort();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (at) => {
    const from = at * VIEW_BYTES;
    const size = view.getInt32(from, true);
    if (size <= INLINE_BYTES) return cut(bytes, from + 4, from + 4 + size);
    const buffer = variadicBuffers[view.getInt32(from + 8, true)];
    const start = view.getInt32(from + 12, true);
    return cut(buffer ?? new Uint8Array(0), start, start + size);
  };
}

function cut(values: Uint8Array, from: number, to: number): Uint8Array {
  requireRange(values, from, to);
  return values.subarray(from, to);
}

function requireRange(values: Uint8Array, from: number, to: number): void {
  if (from >= 0 && from <= to && to <= values.length) return;
  throw new RangeError("a text reaches beyond its column");
}

function tooShort(): RangeError {
  return new RangeError("a column is shorter than its table");
}
