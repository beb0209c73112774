/** The README's speed table: the most telling results, lost ones included. */
import { markdownTable, ratioText, roundsText, UNKNOWN, whole } from "./markdown.ts";
import {
  type BenchResults,
  megabytesPerSecond,
  NOTHING_YET,
  peakOf,
  rateRatio,
  resultOf,
} from "./results.ts";
import {
  CHECK,
  DUCKDB,
  EMPTY_SCRIPT,
  JSON_PARSE,
  MAIN,
  PANDAS,
  PAPAPARSE,
  POLARS,
  READ_CAPTURE,
  TINY,
  tidemarkName,
  UDSV,
  WC,
} from "./tool-names.ts";

export const BEGIN = "<!-- speed: written by npm run bench -->\n";
export const END = "<!-- /speed -->\n";

const PROFILE = "the whole baseline";
const ROWS: readonly (readonly [tool: string, computes: string])[] = [
  [MAIN, PROFILE],
  [tidemarkName({ semantics: "tidemark", threads: 2 }), PROFILE],
  [tidemarkName({ semantics: "tidemark", kernel: "typescript" }), PROFILE],
  [tidemarkName({ semantics: "model-monitor" }), `${PROFILE}, to the service's last bit`],
  [DUCKDB.aggregate(1), "moments, deciles; distinct, top 100 of texts"],
  [DUCKDB.aggregate(2), "the same"],
  [DUCKDB.summarize(1), "moments, quartiles, distinct"],
  [DUCKDB.count(1), "rows"],
  [PAPAPARSE, "as named, and all texts counted"],
  [UDSV, "cells to numbers, sums"],
  [PANDAS, "moments, deciles; all texts counted"],
  [POLARS, "the same, on all processors"],
  [WC, "line feeds"],
];
const NARROW = ["one-hot", "mixed", "hostile", "strings"] as const;
const COLUMNS = [...NARROW, "wide"] as const;

/** Renders the table and what is to know of it. */
export function renderReadmeTable({ machine, isFull, rounds, parts }: BenchResults): string {
  if (parts.length === 0) return NOTHING_YET;
  const rows = ROWS.flatMap(([tool, computes]) => {
    const results = COLUMNS.map((table) => resultOf(parts, table, tool));
    if (results.every((result) => result === undefined)) return [];
    const peaks = NARROW.flatMap((table) => {
      const result = resultOf(parts, table, tool);
      return (result && peakOf(result)) ?? [];
    });
    const rates = results.map((result) =>
      result === undefined ? undefined : megabytesPerSecond(result),
    );
    return [[tool, ...rates.map((rate) => rounded(rate)), whole(mostOf(peaks)), computes]];
  });
  const header = ["MB/s, start-up included", ...COLUMNS, "peak MB", "computes"];
  const { cpu, cores, load, versions } = machine;
  const command = isFull ? "npm run bench -- --full" : "npm run bench";
  const most = Math.max(...parts.flatMap(({ results }) => results.map(({ bytes }) => bytes ?? 0)));
  return (
    `${markdownTable(header, rows)}\nMedians of ${roundsText(rounds)} on inputs of up to ` +
    `${whole(most / 1e6)} MB (${cpu}, ${cores} cores, Node ${versions["node"]}, load average ` +
    `${load[0]} before, \`${command}\`); slow contenders read fewer rows. ` +
    "Peak memory is the most of the tables but wide (2,000 columns). " +
    `${otherFigures(parts)}All results and goals: [bench/RESULTS.md](bench/RESULTS.md).\n`
  );
}

/** Puts the table between its marks in the README's text. */
export function placeInReadme(readme: string, table: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error("README.md lacks the marks of the speed table");
  return readme.slice(0, begin + BEGIN.length) + table + readme.slice(end);
}

function otherFigures(parts: BenchResults["parts"]): string {
  const ratioOf = (part: string, ours: string, theirs: string): string => {
    const [our, their] = [resultOf(parts, part, ours), resultOf(parts, part, theirs)];
    return our && their ? ratioText(rateRatio(our, their).median) : UNKNOWN;
  };
  return (
    `Captured records are read at ${ratioOf("capture", READ_CAPTURE, JSON_PARSE)} and checked at ` +
    `${ratioOf("capture", CHECK, JSON_PARSE)} times the rate of bare ` +
    "`JSON.parse` of every line; a baseline of 2,333 rows takes " +
    `${ratioOf("start-up", EMPTY_SCRIPT, TINY)} times as long as \`${EMPTY_SCRIPT}\`. `
  );
}

function mostOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

/** Whole numbers from ten on. */
function rounded(rate: number | undefined): string {
  return whole(rate, rate === undefined || rate >= 10 ? 0 : 1);
}
