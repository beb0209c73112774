/**
 * An Arrow file or stream cut into its messages, checked before the library believes them.
 *
 * A file (Feather v2 too) is a stream between two marks, with an index behind it that is not
 * needed; its schema may stand there without its length, as polars writes it. Every length is held
 * against what is there: bytes are collected as they come, so that a message that claims more than
 * the file has costs no memory. Memory: the largest message.
 */

import { refuseBomb } from "../content/content-ratio.ts";
import type { ArrowLibrary } from "./arrow-library.ts";
import { checkIndex, checkMessage, isSchemaMessage } from "./arrow-tables.ts";

const MARK = "ARROW1";
const FILE_HEAD_BYTES = 8;
/** Before a message from Arrow 0.15 on. */
const CONTINUATION = 0xffff_ffff;
/** A schema of 100,000 columns takes some 20 MiB. */
const METADATA_BYTES_MAX: number = 256 * 1024 * 1024;
/** Messages begin at multiples of it. */
const ALIGNMENT = 8;
/** Rows that a part without any bytes may have, as one whose values are all null. */
const FREE_ROWS = 1_048_576;
/** Rows for each byte: 8 booleans, compressed 255 times. */
const ROWS_A_BYTE = 2040;
/** Entries of a dictionary for each byte: each of them takes memory, whatever it is. */
const ENTRIES_A_BYTE = 64;
/** Bytes before a compressed buffer that say how long it is; -1 where it is not compressed. */
const PREFIX_BYTES = 8;

/** Bytes in which `isIndexed` looks. */
export const PEEK_BYTES = 4096;

/**
 * Whether a file that begins so has its schema only in its index, as apache-arrow for JavaScript
 * writes it.
 */
export function isIndexed(head: Uint8Array): boolean {
  if (textOf(head.subarray(0, MARK.length)) !== MARK) return false;
  const first = head.subarray(FILE_HEAD_BYTES);
  if (isBareSchema(first)) return false;
  try {
    return !isSchemaMessage(first.subarray(u32(first, 0) === CONTINUATION ? 8 : 4));
  } catch {
    // What stands here is told by whoever reads on.
    return false;
  }
}

/** Whether a file's first message is a schema without its length before it. */
function isBareSchema(first: Uint8Array): boolean {
  try {
    return u32(first, 0) !== CONTINUATION && isSchemaMessage(first);
  } catch {
    return false;
  }
}

/** Finds where a bare schema ends: before the first message that could follow it. */
async function bareLength(bytes: Bytes): Promise<number> {
  for (let size = PEEK_BYTES; size <= METADATA_BYTES_MAX; size *= 2) {
    const seen = await bytes.peek(size);
    for (let at = ALIGNMENT; at + 8 <= seen.length; at += ALIGNMENT) {
      if (u32(seen, at) === CONTINUATION && isMessage(seen.subarray(at + 4))) return at;
    }
    if (seen.length < size) break;
  }
  throw new RangeError("the schema has no end");
}

/** Whether a length and that of which it is the length, or the end of the stream, stand here. */
function isMessage(bytes: Uint8Array): boolean {
  const length = u32(bytes, 0);
  if (length === 0) return true;
  try {
    checkMessage(bytes.subarray(4, 4 + length));
    return length <= bytes.length - 4;
  } catch {
    return false;
  }
}

/**
 * Checks a file with an index as a whole: the messages one after another, and the index's schema.
 * Throws a RangeError for what is wrong.
 */
export async function checkIndexed(file: Uint8Array, library: ArrowLibrary): Promise<void> {
  for await (const _ of readMessages(once(file), library, false));
  const end = file.length - MARK.length - 4;
  checkIndex(file.subarray(Math.max(0, end - u32(file, end)), end));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Cuts `chunks` into messages, each with its head; throws a RangeError for what is none, and unless
 * the first of them is the only schema (no message is where `hasSchema` is false).
 */
export async function* readMessages(
  chunks: AsyncIterable<Uint8Array>,
  library: ArrowLibrary,
  hasSchema = true,
): AsyncGenerator<Uint8Array> {
  const bytes = new Bytes(chunks);
  const head = await bytes.peek(FILE_HEAD_BYTES);
  const isFile = textOf(head.subarray(0, MARK.length)) === MARK;
  if (isFile) await bytes.take(FILE_HEAD_BYTES);
  let isFirst = hasSchema;
  for (;;) {
    // A stream may just end.
    if (!isFile && !isFirst && !(await bytes.hasMore())) return;
    const isBare = isFile && isFirst && isBareSchema(await bytes.peek(PEEK_BYTES));
    const length = isBare ? await bareLength(bytes) : await takeLength(bytes);
    if (length === 0) break;
    if (length > METADATA_BYTES_MAX) throw new RangeError("a message's head is too long");
    const metadata = await bytes.take(length);
    const { bodyLength, batch } = checkHead(metadata, library, isFirst);
    const body = await bytes.take(bodyLength);
    if (batch !== undefined) checkUnpacked(batch, body);
    const message = new Uint8Array(8 + length + bodyLength);
    const view = new DataView(message.buffer);
    view.setUint32(0, CONTINUATION, true);
    view.setUint32(4, length, true);
    message.set(metadata, 8);
    message.set(body, 8 + length);
    yield message;
    isFirst = false;
  }
  const tail = await bytes.drain(MARK.length);
  if (isFirst) throw new RangeError("there is no schema");
  if (isFile && textOf(tail) !== MARK) throw new RangeError("the closing mark is missing");
}

async function takeLength(bytes: Bytes): Promise<number> {
  const length = u32(await bytes.take(4), 0);
  return length === CONTINUATION ? u32(await bytes.take(4), 0) : length;
}

/** Checks what a message says of itself: how long its body is, and what of it are values. */
function checkHead(
  metadata: Uint8Array,
  library: ArrowLibrary,
  isFirst: boolean,
): { bodyLength: number; batch: BatchHead | undefined } {
  checkMessage(metadata);
  const message = library.Message.decode(metadata);
  if (isFirst !== message.isSchema()) throw new RangeError("the schema is not the first message");
  const bodyLength = Number(message.bodyLength);
  if (!Number.isSafeInteger(bodyLength) || bodyLength < 0) {
    throw new RangeError("a message's body has no length");
  }
  if (message.isRecordBatch()) {
    return { bodyLength, batch: checkBatch(message.header(), bodyLength, ROWS_A_BYTE) };
  }
  if (message.isDictionaryBatch()) {
    return { bodyLength, batch: checkBatch(message.header().data, bodyLength, ENTRIES_A_BYTE) };
  }
  return { bodyLength, batch: undefined };
}

interface BatchHead {
  readonly length: number | bigint;
  readonly nodes: readonly { readonly length: number | bigint }[];
  readonly buffers: readonly {
    readonly offset: number | bigint;
    readonly length: number | bigint;
  }[];
  readonly compression?: object | null;
}

function checkBatch(batch: BatchHead, bodyLength: number, rowsAByte: number): BatchHead {
  const { length, nodes, buffers } = batch;
  const rowsMax = FREE_ROWS + bodyLength * rowsAByte;
  for (const each of [{ length }, ...nodes]) {
    const rows = Number(each.length);
    if (!(rows >= 0 && rows <= rowsMax)) throw new RangeError("a part has too many rows");
  }
  for (const { offset, length: size } of buffers) {
    const [from, to] = [Number(offset), Number(offset) + Number(size)];
    if (!(from >= 0 && from <= to && to <= bodyLength)) {
      throw new RangeError("a buffer reaches beyond its message");
    }
  }
  return batch;
}

/** Refuses a body whose buffers, which may be one for many, unpack to more than they should. */
function checkUnpacked({ buffers, compression }: BatchHead, body: Uint8Array): void {
  if (compression === null || compression === undefined) return;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let unpacked = 0;
  for (const { offset, length } of buffers) {
    if (Number(length) < PREFIX_BYTES) continue;
    const claimed = Number(view.getBigInt64(Number(offset), true));
    unpacked += claimed >= 0 ? claimed : Number(length);
  }
  refuseBomb(unpacked, body.length);
}

/** Bytes that come in chunks, taken in pieces. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #length = 0;
  #isEnded = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Looks at the next bytes; fewer at the end. */
  async peek(length: number): Promise<Uint8Array> {
    await this.#collect(length);
    return Buffer.concat(this.#held).subarray(0, length);
  }

  /** Whether another byte follows. */
  async hasMore(): Promise<boolean> {
    await this.#collect(1);
    return this.#length > 0;
  }

  /** Takes exactly so many bytes; throws a RangeError where there are fewer. */
  async take(length: number): Promise<Uint8Array> {
    await this.#collect(length);
    if (this.#length < length) throw new RangeError("a message is cut off");
    const [first] = this.#held;
    const all = first !== undefined && first.length >= length ? first : Buffer.concat(this.#held);
    this.#held =
      first === all ? [all.subarray(length), ...this.#held.slice(1)] : [all.subarray(length)];
    this.#length -= length;
    return all.subarray(0, length);
  }

  /** Reads to the end and returns the last bytes, all zero bytes before the end left out. */
  async drain(length: number): Promise<Uint8Array> {
    let tail: Uint8Array = Buffer.concat(this.#held);
    this.#held = [];
    for (let next = await this.#next(); next !== undefined; next = await this.#next()) {
      tail = Buffer.concat([tail.subarray(-length), next]);
    }
    return tail.subarray(-length);
  }

  async #collect(length: number): Promise<void> {
    while (this.#length < length) {
      const next = await this.#next();
      if (next === undefined) return;
      this.#held.push(next);
      this.#length += next.length;
    }
  }

  /** Copies the next chunk, which may be overwritten. */
  async #next(): Promise<Uint8Array | undefined> {
    if (this.#isEnded) return undefined;
    const next = await this.#chunks.next();
    this.#isEnded = next.done === true;
    return next.done === true ? undefined : new Uint8Array(next.value);
  }
}

function u32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
