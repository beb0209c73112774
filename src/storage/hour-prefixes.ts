/**
 * Which prefixes of an object store hold the captured hours of a window.
 *
 * Captures stand below `YYYY/MM/DD/HH/`, mostly under an endpoint and a variant. A schedule keeps
 * years of them, and to list them all for one hour takes thousands of requests: where folders are
 * years, those of the window are named instead.
 */
import type { HourSpan } from "./storage.ts";

const HOUR_MS = 3_600_000;
/** Levels above the years: endpoint, variant, and the side of a batch transform. */
const LEVELS_MAX = 4;
/** More folders or hours than this are not asked for one by one. */
const PREFIXES_MAX = 400;

export interface FolderPage {
  readonly folders: readonly string[];
  /** Files beside the folders. */
  readonly files: number;
  /** Whether these are all. */
  readonly isWhole: boolean;
}

/**
 * Finds the prefixes to list, `prefix` itself where its layout is another one or the window is
 * open. `look` lists one level.
 */
export async function hoursPrefixes(
  prefix: string,
  { first, last }: HourSpan = { first: undefined, last: undefined },
  look: (prefix: string) => Promise<FolderPage>,
): Promise<readonly string[]> {
  if (first === undefined || last === undefined) return [prefix];
  const hours = Math.floor((last - first) / HOUR_MS) + 1;
  const roots = hours > PREFIXES_MAX ? undefined : await rootsBelow(prefix, look, LEVELS_MAX);
  if (roots === undefined || roots.length * hours > PREFIXES_MAX) return [prefix];
  return roots.flatMap((root) =>
    Array.from({ length: hours }, (_, at) => `${root}${folderOf(first + at * HOUR_MS)}`),
  );
}

/** Finds the folders that hold years and nothing else; undefined where others hold files. */
async function rootsBelow(
  prefix: string,
  look: (prefix: string) => Promise<FolderPage>,
  levels: number,
): Promise<readonly string[] | undefined> {
  const { folders, files, isWhole } = await look(prefix);
  if (!isWhole || files > 0 || levels === 0 || folders.length > PREFIXES_MAX) return undefined;
  const names = folders.map((folder) => folder.slice(prefix.length));
  if (names.length > 0 && names.every((name) => /^\d{4}\/$/.test(name))) return [prefix];
  const roots: string[] = [];
  for (const folder of folders) {
    const below = await rootsBelow(folder, look, levels - 1);
    if (below === undefined) return undefined;
    roots.push(...below);
  }
  return roots;
}

function folderOf(hour: number): string {
  const [year, month, day, rest] = new Date(hour).toISOString().split(/[-T:]/);
  return `${year}/${month}/${day}/${rest}/`;
}
