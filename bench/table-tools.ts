/** Who profiles the tables: a line each, and what it computes. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageVersion } from "./machine.ts";
import type { FoundProfile } from "./rivals/found-profile.ts";
import { readStatistics } from "./rivals/read-statistics.ts";
import type { Command } from "./run-process.ts";
import {
  DUCKDB,
  PANDAS,
  PAPAPARSE,
  POLARS,
  tidemarkName,
  UDSV,
  type Variant,
  WC,
} from "./tool-names.ts";

export interface TableTool {
  readonly name: string;
  readonly computes: string;
  readonly program: string;
  /** `output` is a path of its own, of a file or a folder to be made. */
  args(csv: string, output: string): readonly string[];
  readonly env?: Command["env"];
  read(output: string, stdout: string): FoundProfile;
  /** Whether it is Tidemark: what all others are compared with. */
  readonly isOurs?: boolean;
  /** A slow tool reads fewer rows of the same data. */
  readonly isSlow?: boolean;
  readonly repeats?: number;
  /** What must be there, by name: its version, or undefined where it is not. */
  readonly needs?: Needs;
}

type Needs = Readonly<Record<string, string | undefined>>;

export const CLI: string = fileURLToPath(new URL("../../dist/cli.cjs", import.meta.url));

/** A way to run Tidemark: its name's words, and what says so to the command. */
interface Way extends Variant {
  readonly flags?: readonly string[];
  readonly nodeFlags?: readonly string[];
  readonly env?: Command["env"];
}

const ONE: readonly string[] = ["--threads", "1"];
const TWO: readonly string[] = ["--threads", "2"];
/** Takes the vectors away that the kernel needs, which only this processor can do without. */
const WITHOUT_KERNEL = "--no-enable-sse4-1";
/** Tidemark in all the ways it is measured: a line here is a contender in every table. */
const WAYS: readonly Way[] = [
  { semantics: "tidemark", flags: ONE },
  { semantics: "tidemark", threads: 2, flags: TWO },
  ...(process.arch === "x64"
    ? [
        {
          semantics: "tidemark" as const,
          kernel: "typescript" as const,
          flags: ONE,
          nodeFlags: [WITHOUT_KERNEL],
        },
      ]
    : []),
  { semantics: "model-monitor", flags: ONE },
  { semantics: "model-monitor", threads: 2, flags: TWO },
];

const WC_REPEATS = 3;
/** Its native half, which npm leaves out where there is none for the platform. */
const DUCKDB_BINDINGS = `@duckdb/node-bindings-${process.platform}-${process.arch}`;

/** Lists all tools, in the order of the tables. */
export function tableTools(): TableTool[] {
  return [
    ...WAYS.map(tidemark),
    lineCount(),
    duckdb("aggregate", 1),
    duckdb("aggregate", 2),
    duckdb("summarize", 1),
    duckdb("count", 1),
    script(PAPAPARSE, "papaparse-profile.js", ["papaparse", "tdigest"], {
      computes:
        "records to strings, `Number`; counts, moments, min, max, t-digest, " +
        "all texts counted (memory grows with them)",
      isSlow: true,
    }),
    script(UDSV, "udsv-profile.js", ["udsv"], {
      computes: "records to typed values, present cells counted, numbers summed; no more",
      isSlow: true,
    }),
    python(PANDAS, "read_csv, describe with nine deciles, value_counts of texts; all in memory"),
    python(POLARS, "the same, on all processors; all in memory"),
  ];
}

export function isThere({ needs = {} }: TableTool): boolean {
  return !Object.values(needs).includes(undefined);
}

function tidemark(way: Way): TableTool {
  const { semantics, flags = [], nodeFlags = [], env } = way;
  const options = ["--semantics", semantics, "--quiet", ...flags];
  return {
    name: tidemarkName(way),
    computes:
      "types, counts, moments, min, max, distinct estimates, KLL sketch and ten buckets, " +
      "categories, constraints, SHA-256 of the input" +
      (semantics === "tidemark" ? "" : "; to the last bit as the service"),
    program: process.execPath,
    args: (csv, output) => [...nodeFlags, CLI, "baseline", csv, "-o", output, ...options],
    env,
    read: (output) => readStatistics(join(output, "statistics.json")),
    isOurs: true,
  };
}

function lineCount(): TableTool {
  const { error, stdout } = spawnSync("wc", ["--version"], { encoding: "utf8" });
  const version = /\d[\d.]*$/m.exec(stdout ?? "")?.[0] ?? "of unknown version";
  return {
    name: WC,
    computes: "line feeds",
    program: "wc",
    args: (csv) => ["-l", csv],
    read: (_, stdout) => ({
      rows: Number.parseInt(stdout, 10) - 1,
      distinctError: 0,
      columns: [],
    }),
    repeats: WC_REPEATS,
    needs: { wc: error === undefined ? version : undefined },
  };
}

const DUCKDB_COMPUTES = {
  aggregate:
    "numbers: count, min, max, avg, sum, stddev_pop, nine approx_quantile deciles; " +
    "texts: count, min, approx_count_distinct, approx_top_k(100)",
  summarize:
    "`SUMMARIZE`: min, max, approximate distinct count, avg, std, quartiles, count, nulls " +
    "of every column",
  count: "rows",
} as const;

function duckdb(query: keyof typeof DUCKDB_COMPUTES, threads: number): TableTool {
  const options = { computes: DUCKDB_COMPUTES[query], isSlow: query === "summarize" };
  const words = [query, `${threads}`];
  const name = DUCKDB[query](threads);
  const packages = ["@duckdb/node-api", DUCKDB_BINDINGS];
  return script(name, "duckdb-profile.js", packages, options, words);
}

/** A script of this folder's `rivals`, which writes what it finds as JSON. */
function script(
  name: string,
  file: string,
  packages: readonly string[],
  { computes, isSlow }: { readonly computes: string; readonly isSlow: boolean },
  words: readonly string[] = [],
): TableTool {
  const path = fileURLToPath(new URL(`./rivals/${file}`, import.meta.url));
  return {
    name,
    computes,
    program: process.execPath,
    args: (csv, output) => [path, ...words, csv, `${output}.json`],
    read: (output) => JSON.parse(readFileSync(`${output}.json`, "utf8")),
    isSlow,
    needs: Object.fromEntries(packages.map((each) => [each, packageVersion(each)])),
  };
}

function python(name: string, computes: string): TableTool {
  const path = fileURLToPath(new URL(`../../bench/rivals/${name}_profile.py`, import.meta.url));
  const code = `import ${name}; print(${name}.__version__)`;
  const { status, stdout } = spawnSync("python3", ["-c", code], { encoding: "utf8" });
  return {
    name,
    computes,
    program: "python3",
    args: (csv, output) => [path, csv, `${output}.json`],
    read: (output) => JSON.parse(readFileSync(`${output}.json`, "utf8")),
    isSlow: true,
    needs: { [name]: status === 0 ? stdout.trim() : undefined },
  };
}
