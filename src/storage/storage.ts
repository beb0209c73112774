/** Where bytes lie: what local files and object stores have in common for those who read them. */

/** A file or an object as it was found. */
export interface StoredFile {
  /** A local path, or `s3://bucket/key`. */
  readonly path: string;
  /** Size in bytes; undefined for a pipe or a device. */
  readonly size: number | undefined;
  /** Tells this content from a later one of the same name, where the store can. */
  readonly version?: string | undefined;
}

/** Bytes from `start` up to, but without, `end`; both count from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Offers memory of so many bytes, or fewer but some, to read the next chunk into, so that it need
 * not be copied there; undefined where there is none. Who is offered it may take it or not.
 */
export type ChunkRoom = (bytes: number) => Uint8Array | undefined;

/** Whole hours from `first` to `last`, both included, in milliseconds since 1970. */
export interface HourSpan {
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/**
 * Names that begin with `.` or `_` and empty files are left out of folders and patterns, as Spark
 * does; a file that is named itself is found whatever it is. Faults are input errors.
 */
export interface Storage {
  /** Whether reading waits for a network, so that it pays to ask ahead. */
  readonly isRemote: boolean;
  /** Finds the file of this very name; undefined where none is. */
  find(path: string): Promise<StoredFile | undefined>;
  /**
   * Lists the files below a folder, in any order; undefined where there is no such folder. Given
   * hours, files of other `YYYY/MM/DD/HH` folders may be left out.
   */
  list(folder: string, hours?: HourSpan): Promise<readonly StoredFile[] | undefined>;
  /** Lists the files that a glob matches, and those below the folders that it matches. */
  match(glob: string): Promise<readonly StoredFile[]>;
  /**
   * Reads a file or a part of it; only what has a size has parts. A chunk may be overwritten once
   * the next one is asked for.
   */
  read(file: StoredFile, range?: ByteRange, room?: ChunkRoom): AsyncIterable<Uint8Array>;
}
