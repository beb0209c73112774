/**
 * Asks for small files before they are read, as each of thousands would otherwise be waited for.
 * Memory: 16 files of at most 1 MiB.
 */
import type { ChunkRoom, Storage, StoredFile } from "./storage.ts";

const FILES_MAX = 16;
const BYTES_MAX = 1024 * 1024;

/** A file and where it lies. */
export interface FoundFile {
  readonly file: StoredFile;
  readonly storage: Storage;
}

export class ReadAhead {
  readonly #files: readonly FoundFile[];
  readonly #asked = new Map<number, Promise<Uint8Array>>();

  /** The files in the order in which they will be read. */
  constructor(files: readonly FoundFile[]) {
    this.#files = files;
  }

  /** Reads the file at a position of the list; its faults are thrown here. */
  read(at: number, room?: ChunkRoom): AsyncIterable<Uint8Array> {
    const { file, storage } = this.#files[at]!;
    return storage.isRemote ? this.#readRemote(at) : storage.read(file, undefined, room);
  }

  async *#readRemote(at: number): AsyncGenerator<Uint8Array> {
    const { file, storage } = this.#files[at]!;
    const asked = this.#asked.get(at);
    for (const other of this.#asked.keys()) if (other <= at) this.#asked.delete(other);
    this.#askAfter(at);
    if (asked === undefined) yield* storage.read(file);
    else yield await asked;
  }

  #askAfter(at: number): void {
    const end = Math.min(at + 1 + FILES_MAX, this.#files.length);
    for (let next = at + 1; next < end; next++) {
      const { file, storage } = this.#files[next]!;
      const isSmall = file.size !== undefined && file.size <= BYTES_MAX;
      if (!storage.isRemote || !isSmall || this.#asked.has(next)) continue;
      const content = collect(storage.read(file));
      // Who reads the file is told; who never comes to it need not know.
      content.catch(() => {});
      this.#asked.set(next, content);
    }
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
