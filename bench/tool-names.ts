/** Names of contenders, by which goals and tables find their results. */

export interface Variant {
  readonly semantics: "tidemark" | "model-monitor";
  /** Absent where the command chooses. */
  readonly kernel?: "typescript" | "webassembly";
  /** 1 where absent. */
  readonly threads?: number;
}

export const WC = "wc -l";
export const PAPAPARSE = "papaparse + moments + t-digest";
export const UDSV = "uDSV to typed values";
export const PANDAS = "pandas";
export const POLARS = "polars";
export const JSON_PARSE = "JSON.parse of every line";
export const READ_CAPTURE = "tidemark, reading records alone";
export const CHECK = "tidemark check";
export const READ_WITHOUT_KERNEL = "tidemark, reading without the kernel";
export const CHECK_WITHOUT_EVIDENCE = "tidemark check --no-evidence";
export const BASELINE = "tidemark baseline";
export const BASELINE_WITHOUT_EVIDENCE = "tidemark baseline --no-evidence";
export const EMPTY_SCRIPT = "node -e 0";
export const VERSION = "tidemark --version";
export const TINY = "tidemark baseline, 2,333 rows";

/** Names a Node program where it reads the certificates that this machine has it read. */
export function withCertificates(tool: string): string {
  return `${tool}, certificates read`;
}

/** The library's `profile`, by what it is given, what it takes to make that, and to start. */
export const EMBEDDED = {
  path: "profile(path)",
  objects: "profile(objects)",
  arrays: "profile(arrays)",
  table: "profile(arrow.Table)",
} as const;
export const MAKING = {
  path: "the library alone",
  objects: "objects alone",
  arrays: "arrays alone",
  table: "arrow.Table alone",
} as const;

export const DUCKDB = {
  aggregate: (threads: number): string => `DuckDB aggregate (${plural(threads)})`,
  summarize: (threads: number): string => `DuckDB SUMMARIZE (${plural(threads)})`,
  count: (threads: number): string => `DuckDB count(*) (${plural(threads)})`,
} as const;

/** Names a way to run `tidemark baseline`. */
export function tidemarkName({ semantics, kernel, threads = 1 }: Variant): string {
  const words: string[] = semantics === "tidemark" ? [] : [semantics];
  if (kernel !== undefined) words.push(`${kernel} kernel`);
  return `tidemark (${[...words, plural(threads)].join(", ")})`;
}

/** The contender that goals are about: default kernel, one thread. */
export const MAIN: string = tidemarkName({ semantics: "tidemark" });

/** Names a contender where it reads the shorter input too. */
export function onShorterInput(tool: string): string {
  return `${tool}, shorter input`;
}

function plural(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}
