/**
 * The `dataset_format` variable, in the spellings of the SDK, of schedules, of batch transform
 * schedules and of the API. Keys match in any case; a switch is a boolean, the text of one, or
 * either in a list of one.
 */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import type { ReadOptions } from "./job-options.ts";

type DatasetFormat = Pick<ReadOptions, "format" | "header" | "outputColumnsPosition" | "sides">;

const EXAMPLE = '{"csv":{"header":true}} or {"sagemakerCaptureJson":{}}';

/** Captured records as such, and merged with ground truth. */
const CAPTURE: readonly string[] = ["sagemakercapturejson", "sagemakermergejson"];

/** Parses the variable. Throws a configuration error for a format that can not be read. */
export function parseDatasetFormat(text: string): DatasetFormat {
  const formats = membersOf(parse(text));
  const [name, value] = formats?.[0] ?? [];
  const settings = membersOf(value);
  if (formats?.length !== 1 || name === undefined || settings === undefined) throw malformed(text);
  const lowerName = name.toLowerCase();
  if (lowerName === "parquet") return { format: "parquet" };
  const settingOf = (key: string): unknown =>
    settings.find(([each]) => each.toLowerCase() === key)?.[1];
  const outputColumnsPosition = positionOf(settingOf("output_columns_position"));
  if (lowerName === "csv") {
    const header = switchOf("header", settingOf("header"));
    return { format: "csv", header, outputColumnsPosition };
  }
  if (lowerName === "json") {
    // Only checked: each file's content tells whether it is lines or one array.
    for (const key of ["lines", "line"]) switchOf(key, settingOf(key));
    return { format: "jsonl", outputColumnsPosition };
  }
  if (CAPTURE.includes(lowerName)) {
    const sides = sidesOf(settingOf("captureindexnames"));
    return { format: "capture", sides, outputColumnsPosition };
  }
  throw wrong(`dataset_format asks for ${excerpt(name)}`, SUPPORTED);
}

const SUPPORTED = "csv, json, parquet, sagemakerCaptureJson or sagemakerMergeJson";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(text);
  }
}

function membersOf(value: unknown): readonly [string, unknown][] | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.entries(value) : undefined;
}

function switchOf(key: string, value: unknown): boolean | undefined {
  if (value === undefined) return undefined;
  const lone = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const text = String(lone).toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw wrong(`${key} of dataset_format is ${excerpt(value)}`, "true or false");
}

function positionOf(value: unknown): "START" | "END" | undefined {
  if (value === undefined) return undefined;
  const text = String(value).toUpperCase();
  if (text === "START" || text === "END") return text;
  const what = `output_columns_position of dataset_format is ${excerpt(value)}`;
  throw wrong(what, "START or END");
}

function sidesOf(value: unknown): "both" | "input" | "output" {
  if (value === undefined) return "both";
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  const isInput = names.includes("endpointInput");
  const isOutput = names.includes("endpointOutput");
  const isKnown = names.every((name) => name === "endpointInput" || name === "endpointOutput");
  if (names.length > 0 && isKnown)
    return isInput && isOutput ? "both" : isInput ? "input" : "output";
  const what = `captureIndexNames of dataset_format is ${excerpt(value)}`;
  throw wrong(what, "a list of endpointInput and endpointOutput");
}

function malformed(text: string): TidemarkError {
  return wrong(`dataset_format is ${excerpt(text)}`, `one format as JSON, such as ${EXAMPLE}`);
}

function wrong(what: string, expected: string): TidemarkError {
  return new TidemarkError({ code: "configuration", what, expected });
}
