/**
 * Files of this machine. Symbolic links are followed, a folder never into itself. Memory: the list,
 * and 1 MiB while a file is read.
 */
import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { TidemarkError } from "../base/tidemark-error.ts";
import { globPattern } from "./glob-pattern.ts";
import { isHiddenName } from "./hidden-name.ts";
import type { ByteRange, ChunkRoom, Storage, StoredFile } from "./storage.ts";

const READ_BYTES = 1024 * 1024;
/** Bytes of a first chunk that is moved, since room is offered once it has told what follows. */
const FIRST_BYTES = 64 * 1024;
/** Buffers of files that have been read to their end, for those that are read next. */
const freeBuffers: Uint8Array[] = [];

export class LocalFiles implements Storage {
  readonly isRemote: boolean = false;

  /** Finds what is no folder, a pipe or a device too. */
  async find(path: string): Promise<StoredFile | undefined> {
    const stats = await statIfAny(path, async () => statSync(path));
    return stats === undefined || stats.isDirectory() ? undefined : asFile(path, stats);
  }

  async list(folder: string): Promise<readonly StoredFile[] | undefined> {
    if (!(await statIfAny(folder))?.isDirectory()) return undefined;
    const files: StoredFile[] = [];
    await walk(folder, [], files);
    return files;
  }

  async match(pattern: string): Promise<readonly StoredFile[]> {
    const { glob } = await import("tinyglobby");
    const options = { absolute: isAbsolute(pattern), expandDirectories: false };
    const matches = new Set(await glob(pattern, { ...options, onlyFiles: false }));
    // The library takes `a/**` for a file `a` too, though what stands below is meant.
    const [, above = "**"] = /^(.*?)(?:[/][*]{2})+$/s.exec(pattern) ?? [];
    if (above !== "**") {
      const { regex } = globPattern(pattern.replace(/^(?:[.][/]+)+/, ""));
      for (const path of await glob(above, options)) if (!regex.test(path)) matches.delete(path);
    }
    const files: StoredFile[] = [];
    const named = new Set(pattern.split("/"));
    const isNamed = (name: string): boolean => !isHiddenName(name) || named.has(name);
    const paths = [...matches].filter((path) => path.split("/").every(isNamed));
    await addFound(paths, [], files);
    // A file below a folder that matches may match itself.
    return [...new Map(files.map((file) => [file.path, file])).values()];
  }

  read({ path, size }: StoredFile, range?: ByteRange, room?: ChunkRoom): AsyncIterable<Uint8Array> {
    return size === undefined ? readStream(path) : readFile(path, range, room);
  }
}

async function walk(
  folder: string,
  ancestors: readonly string[],
  files: StoredFile[],
): Promise<void> {
  const { dev, ino } = await stat(folder);
  const identity = `${dev}:${ino}`;
  if (ancestors.includes(identity)) return;
  const names = await attempt(folder, () => readdir(folder));
  const paths = names.filter((name) => !isHiddenName(name)).map((name) => join(folder, name));
  await addFound(paths, [...ancestors, identity], files);
}

/** Adds files that are not empty, and what stands below folders. */
async function addFound(
  paths: readonly string[],
  ancestors: readonly string[],
  files: StoredFile[],
): Promise<void> {
  const all = await Promise.all(paths.map((path) => statIfAny(path)));
  for (const [at, path] of paths.entries()) {
    const stats = all[at];
    if (stats?.isDirectory()) await walk(path, ancestors, files);
    else if (stats?.isFile() && stats.size > 0) files.push(asFile(path, stats));
  }
}

/**
 * Reads what a path is; undefined where nothing is there. Many paths are read side by side, a
 * single one at once: to wait for a thread takes longer.
 */
async function statIfAny(
  path: string,
  read: () => Promise<Stats> = () => stat(path),
): Promise<Stats | undefined> {
  return await attempt(path, async () => {
    try {
      return await read();
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return undefined;
      throw error;
    }
  });
}

function asFile(path: string, stats: Stats): StoredFile {
  return { path: normalize(path), size: stats.isFile() ? stats.size : undefined };
}

/**
 * Reads a regular file, which never waits for a writer. A chunk is overwritten once the next one is
 * asked for.
 */
export async function* readFile(
  path: string,
  { start, end }: ByteRange = { start: 0, end: Infinity },
  room?: ChunkRoom | undefined,
): AsyncGenerator<Uint8Array> {
  // Captured traffic is thousands of small files: to wait for a thread costs more than to read.
  const file = await attempt(path, async () => openSync(path, "r"));
  // To clear new memory takes as long as to read.
  const buffer = freeBuffers.pop() ?? new Uint8Array(READ_BYTES);
  try {
    for (let at = start; at < end; ) {
      const lengthMax = Math.min(READ_BYTES, end - at);
      const isMoved = at === start && room !== undefined;
      const chunk = room?.(lengthMax) ?? (isMoved ? buffer.subarray(0, FIRST_BYTES) : buffer);
      const length = Math.min(lengthMax, chunk.length);
      const bytesRead = await attempt(path, async () => readSync(file, chunk, 0, length, at));
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
      at += bytesRead;
      // Lets signals and timers have their turn.
      await new Promise(setImmediate);
    }
  } finally {
    freeBuffers.push(buffer);
    closeSync(file);
  }
}

/** Reads a pipe or a device. */
async function* readStream(path: string): AsyncGenerator<Uint8Array> {
  const file = await attempt(path, () => open(path));
  const buffer = new Uint8Array(READ_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await attempt(path, () => file.read(buffer, 0, buffer.length));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function attempt<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new TidemarkError({
      code: "input",
      location: { file: path },
      what: `can not be read (${codeOf(error)})`,
      expected: "a readable file or folder",
      hint: "Check its permissions.",
      cause: error,
    });
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : String(error);
}
