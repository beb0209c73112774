/**
 * From what the user named to files: paths, folders, globs and standard input.
 *
 * A folder stands for every regular file below it (symbolic links are followed, a folder never into
 * itself), a glob for every file and folder it matches. Names that begin with `.` or `_` are
 * skipped there, as Spark does, and so are empty files; a file that is named itself is always read.
 * The order is that of the paths' UTF-8 bytes, so that one set of files is one sequence everywhere.
 * Memory: the list, and 1 MiB while a file is read.
 */
import { closeSync, openSync, readSync, type Stats } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { isAbsolute, join, normalize, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { ByteInput } from "./record-source.ts";

export const STDIN_PATH = "-";
const READ_BYTES = 1024 * 1024;
const GLOB_CHARACTERS: RegExp = /[*?[{(!]/;
/** Buffers of files that have been read to their end, for those that are read next. */
const freeBuffers: Uint8Array[] = [];
const WANTED = "a CSV file, a folder or a glob";

/** Standard input as the caller holds it. */
export type StdinChunks = AsyncIterable<Uint8Array>;

/**
 * Finds the inputs that `patterns` name: their union, without duplicates, in byte order of paths.
 * Folders keep their structure in the paths below them. Throws an input error for a pattern that
 * names nothing readable, a usage error for `-` when `stdin` is undefined.
 */
export async function findInputs(
  patterns: readonly string[],
  stdin?: StdinChunks | undefined,
): Promise<ByteInput[]> {
  const found = new Map<string, ByteInput>();
  for (const pattern of patterns) {
    for (const input of await findPattern(pattern, stdin)) {
      const key = input.path === STDIN_PATH ? STDIN_PATH : resolve(input.path);
      if (!found.has(key)) found.set(key, input);
    }
  }
  return [...found.values()]
    .map((input) => ({ input, key: Buffer.from(input.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ input }) => input);
}

/** Finds one file by its exact path; undefined where no regular file is there. */
export async function findFile(path: string): Promise<ByteInput | undefined> {
  const stats = await statIfAny(path);
  return stats?.isFile() ? fileInput(path, stats) : undefined;
}

async function findPattern(
  pattern: string,
  stdin: StdinChunks | undefined,
): Promise<readonly ByteInput[]> {
  if (pattern === STDIN_PATH) return [stdinInput(stdin)];
  const stats = await statIfAny(pattern);
  if (stats?.isDirectory()) return await findFolder(pattern);
  if (stats !== undefined) return [fileInput(pattern, stats)];
  if (GLOB_CHARACTERS.test(pattern)) return await findGlob(pattern);
  throw unreadable(pattern, "no such file", WANTED, "Check the path.");
}

function stdinInput(stdin: StdinChunks | undefined): ByteInput {
  if (stdin !== undefined) return { path: STDIN_PATH, size: undefined, chunks: () => stdin };
  throw new TidemarkError({
    code: "usage",
    location: { file: STDIN_PATH },
    what: "standard input is not available here",
    expected: WANTED,
  });
}

async function findFolder(folder: string): Promise<readonly ByteInput[]> {
  const inputs: ByteInput[] = [];
  await walk(folder, [], inputs);
  if (inputs.length > 0) return inputs;
  throw new TidemarkError({
    code: "no_data",
    location: { file: folder },
    what: "folder has no readable file",
    expected: 'at least one file whose name does not begin with "." or "_"',
    hint: "Empty files do not count. Check the path.",
  });
}

async function walk(
  folder: string,
  ancestors: readonly string[],
  inputs: ByteInput[],
): Promise<void> {
  const { dev, ino } = await stat(folder);
  const identity = `${dev}:${ino}`;
  if (ancestors.includes(identity)) return;
  const names = await attempt(folder, () => readdir(folder));
  const paths = names.filter((name) => !isHidden(name)).map((name) => join(folder, name));
  await addFound(paths, [...ancestors, identity], inputs);
}

/** Adds files that are not empty, and what stands below folders. */
async function addFound(
  paths: readonly string[],
  ancestors: readonly string[],
  inputs: ByteInput[],
): Promise<void> {
  const all = await Promise.all(paths.map((path) => statIfAny(path)));
  for (const [at, path] of paths.entries()) {
    const stats = all[at];
    if (stats?.isDirectory()) await walk(path, ancestors, inputs);
    else if (stats?.isFile() && stats.size > 0) inputs.push(fileInput(path, stats));
  }
}

async function findGlob(pattern: string): Promise<readonly ByteInput[]> {
  const { glob } = await import("tinyglobby");
  const matches = await glob(pattern, {
    absolute: isAbsolute(pattern),
    expandDirectories: false,
    onlyFiles: false,
  });
  const inputs: ByteInput[] = [];
  const named = new Set(pattern.split("/"));
  const isNamed = (name: string): boolean => !isHidden(name) || named.has(name);
  const paths = matches.filter((path) => path.split("/").every(isNamed));
  await addFound(paths, [], inputs);
  if (inputs.length > 0) return inputs;
  throw unreadable(
    pattern,
    "the glob matches no readable file",
    'at least one file whose name does not begin with "." or "_"',
    "Empty files do not count. Check the pattern, and quote it so that the shell leaves it alone.",
  );
}

function isHidden(name: string): boolean {
  return name !== "." && name !== ".." && /^[._]/.test(name);
}

/** Reads what a path is; undefined where nothing is there. */
async function statIfAny(path: string): Promise<Stats | undefined> {
  return await attempt(path, async () => {
    try {
      return await stat(path);
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return undefined;
      throw error;
    }
  });
}

function fileInput(path: string, stats: Stats): ByteInput {
  const file = normalize(path);
  if (!stats.isFile()) return { path: file, size: undefined, chunks: () => readStream(file) };
  return { path: file, size: stats.size, chunks: () => readFile(file) };
}

/**
 * Reads a regular file, which never waits for a writer, from a byte on. A chunk is overwritten once
 * the next one is asked for.
 */
export async function* readFile(path: string, from = 0): AsyncGenerator<Uint8Array> {
  // Captured traffic is thousands of small files: to wait for a thread costs more than to read.
  const file = await attempt(path, async () => openSync(path, "r"));
  // To clear new memory takes as long as to read.
  const buffer = freeBuffers.pop() ?? new Uint8Array(READ_BYTES);
  let at = from;
  try {
    for (;;) {
      const bytesRead = await attempt(path, async () => readSync(file, buffer, 0, READ_BYTES, at));
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
      // Lets signals and timers have their turn.
      await setImmediate();
    }
  } finally {
    freeBuffers.push(buffer);
    closeSync(file);
  }
}

/** Reads the first bytes of a regular file; fewer where it has fewer, or can not be read. */
export function readHead(path: string, bytes: number): Uint8Array {
  const head = new Uint8Array(bytes);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    // Whoever reads it says so.
    return head.subarray(0, 0);
  }
  try {
    return head.subarray(0, readSync(file, head, 0, bytes, 0));
  } finally {
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

function unreadable(file: string, what: string, expected: string, hint: string): TidemarkError {
  return new TidemarkError({ code: "input", location: { file }, what, expected, hint });
}
