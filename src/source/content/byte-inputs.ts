/**
 * From what the user named to byte inputs: paths, folders, globs and standard input, here or in an
 * object store.
 *
 * A folder stands for every regular file below it, a glob for every file and folder it matches.
 * Names that begin with `.` or `_` are skipped there, as Spark does, and so are empty files; a file
 * that is named itself is always read. The order is that of the paths' UTF-8 bytes, so that one set
 * of files is one sequence everywhere.
 */
import { resolve } from "node:path";
import { TidemarkError } from "../../base/tidemark-error.ts";
import { isObjectUrl } from "../../storage/object-url.ts";
import { openStorage, type StorageOptions } from "../../storage/open-storage.ts";
import { type FoundFile, ReadAhead } from "../../storage/read-ahead.ts";
import type { ChunkRoom, HourSpan, Storage } from "../../storage/storage.ts";
import type { ByteInput } from "../record-source.ts";

export const STDIN_PATH = "-";
const GLOB_CHARACTERS: RegExp = /[*?[{(!]/;
const WANTED = "a CSV file, a folder or a glob";

/** Standard input as the caller holds it. */
export type StdinChunks = AsyncIterable<Uint8Array>;

export interface FindOptions extends StorageOptions {
  /** Files of other hour folders may be left out, where some are found in these. */
  readonly hours?: HourSpan | undefined;
}

/**
 * Finds the inputs that `patterns` name: their union, without duplicates, in byte order of paths.
 * Folders keep their structure in the paths below them. Throws an input error for a pattern that
 * names nothing readable, a usage error for `-` when `stdin` is undefined.
 */
export async function findInputs(
  patterns: readonly string[],
  stdin?: StdinChunks | undefined,
  options: FindOptions = {},
): Promise<ByteInput[]> {
  const storageOf = oneOfEach(options);
  const found = new Map<string, FoundFile | undefined>();
  for (const pattern of patterns) {
    if (pattern === STDIN_PATH) {
      assertStdin(stdin);
      found.set(STDIN_PATH, undefined);
      continue;
    }
    for (const each of await findPattern(pattern, await storageOf(pattern), options.hours)) {
      const { path } = each.file;
      const key = isObjectUrl(path) ? path : resolve(path);
      if (!found.has(key)) found.set(key, each);
    }
  }
  const sorted = [...found.values()]
    .map((each) => ({ each, key: Buffer.from(each?.file.path ?? STDIN_PATH) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ each }) => each);
  return asInputs(sorted, stdin);
}

/** Finds files by their exact paths; undefined where no regular file is there. */
export function fileFinder(): (path: string) => Promise<ByteInput | undefined> {
  const storageOf = oneOfEach({});
  return async (path) => {
    const storage = await storageOf(path);
    const file = await storage.find(path);
    return file?.size === undefined ? undefined : asInputs([{ file, storage }], undefined)[0];
  };
}

/** Opens the storage of each place once. */
function oneOfEach(options: StorageOptions): (path: string) => Promise<Storage> {
  const opened = new Map<boolean, Promise<Storage>>();
  return (path) => {
    const isObject = isObjectUrl(path);
    const known = opened.get(isObject) ?? openStorage(path, options);
    opened.set(isObject, known);
    return known;
  };
}

/** Standard input stands where no file does. */
function asInputs(
  found: readonly (FoundFile | undefined)[],
  stdin: StdinChunks | undefined,
): ByteInput[] {
  const ahead = new ReadAhead(found.filter((each) => each !== undefined));
  let next = 0;
  return found.map((each) => {
    if (each === undefined) return { path: STDIN_PATH, size: undefined, chunks: () => stdin! };
    const { file, storage } = each;
    const { path, size } = file;
    const at = next++;
    const chunks = (room?: ChunkRoom): AsyncIterable<Uint8Array> => ahead.read(at, room);
    if (size === undefined) return { path, size, chunks };
    const read = (start: number, end: number): Promise<Uint8Array> =>
      gather(storage.read(file, { start, end }), end - start);
    return { path, size, chunks, read };
  });
}

function assertStdin(stdin: StdinChunks | undefined): void {
  if (stdin !== undefined) return;
  throw new TidemarkError({
    code: "usage",
    location: { file: STDIN_PATH },
    what: "standard input is not available here",
    expected: WANTED,
  });
}

async function findPattern(
  pattern: string,
  storage: Storage,
  hours: HourSpan | undefined,
): Promise<readonly FoundFile[]> {
  const file = await storage.find(pattern);
  if (file !== undefined) return [{ file, storage }];
  const isGlob = GLOB_CHARACTERS.test(pattern);
  const below = await storage.list(pattern, hours);
  // An object store has no folders that could be there without a file.
  if (below !== undefined && !(storage.isRemote && isGlob && below.length === 0)) {
    if (below.length === 0) throw isObjectUrl(pattern) ? noObject(pattern) : noFile(pattern);
    return below.map((each) => ({ file: each, storage }));
  }
  if (!isGlob) throw unreadable(pattern, "no such file", WANTED, "Check the path.");
  const matches = await storage.match(pattern);
  if (matches.length > 0) return matches.map((each) => ({ file: each, storage }));
  throw unreadable(
    pattern,
    "the glob matches no readable file",
    'at least one file whose name does not begin with "." or "_"',
    "Empty files do not count. Check the pattern, and quote it so that the shell leaves it alone.",
  );
}

function noFile(folder: string): TidemarkError {
  return new TidemarkError({
    code: "no_data",
    location: { file: folder },
    what: "folder has no readable file",
    expected: 'at least one file whose name does not begin with "." or "_"',
    hint: "Empty files do not count. Check the path.",
  });
}

function noObject(url: string): TidemarkError {
  return new TidemarkError({
    code: "no_data",
    location: { file: url },
    what: "no object has this key, and none below it can be read",
    expected: 'at least one object whose name does not begin with "." or "_"',
    hint: "Empty objects do not count. Check the URL.",
  });
}

function unreadable(file: string, what: string, expected: string, hint: string): TidemarkError {
  return new TidemarkError({ code: "input", location: { file }, what, expected, hint });
}

/** Collects what comes in memory of its own, which may be given to another thread. */
async function gather(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes.subarray(0, filled);
}
