/** The rows of a JSON text: one value, or else (JSON lines) a value per line that is not blank. */
import type { PayloadProblem } from "../capture/base64-payload.ts";
import {
  type FlatRow,
  type FlattenOptions,
  flattenJson,
  isFlatObject,
  isShapeProblem,
} from "./json-flatten.ts";
import { isJsonProblem, JSON_DEPTH_MAX, type JsonTokens, parseJsonTokens } from "./json-tokens.ts";

export interface JsonRows {
  readonly rows: readonly FlatRow[];
  /** Whether the text is one object of scalars, or blank. */
  readonly isFlat: boolean;
}

const TOO_DEEP: PayloadProblem = {
  reason: "shape",
  problem: `nests deeper than ${JSON_DEPTH_MAX} levels`,
};

/** Parses and flattens a text of one value; no rows where it is an empty array. */
export function readJsonValue(text: string, options: FlattenOptions): JsonRows | PayloadProblem {
  const value = parseJsonTokens(text);
  if (!isJsonProblem(value)) return flattenAll([value], options);
  return value.problem === "depth" ? TOO_DEEP : { reason: "json", problem: "is not JSON" };
}

/** Parses and flattens a text; no rows where it is blank or holds empty arrays only. */
export function readJsonRows(text: string, options: FlattenOptions): JsonRows | PayloadProblem {
  const value = parseJsonTokens(text);
  if (!isJsonProblem(value)) return flattenAll([value], options);
  if (value.problem === "depth") return TOO_DEEP;
  const values: JsonTokens[] = [];
  const lines = text.split("\n");
  const isOneLine = lines.filter(isNotBlank).length === 1;
  for (const [i, line] of lines.entries()) {
    if (!isNotBlank(line)) continue;
    const each = parseJsonTokens(line);
    if (!isJsonProblem(each)) {
      values.push(each);
    } else if (each.problem === "depth") {
      return TOO_DEEP;
    } else {
      const place = isOneLine ? undefined : `line ${i + 1} of `;
      return { reason: "json", place, problem: "is not JSON" };
    }
  }
  // Lines are rows already: an array in one of them is no column of rows.
  return flattenAll(values, { ...options, rowsExpected: undefined });
}

function flattenAll(
  values: readonly JsonTokens[],
  options: FlattenOptions,
): JsonRows | PayloadProblem {
  const all: FlatRow[] = [];
  for (const value of values) {
    const rows = flattenJson(value, options);
    if (isShapeProblem(rows)) return { reason: "shape", problem: rows.problem };
    for (const row of rows) all.push(row);
  }
  return { rows: all, isFlat: values.length <= 1 && values.every(isFlatObject) };
}

function isNotBlank(line: string): boolean {
  return /[^ \t\r]/.test(line);
}
