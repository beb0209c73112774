/** A record as a JavaScript hook is given it. */

import type { HookRecord } from "../source/preprocess/preprocessor.ts";
import type { HookBatch } from "./hook-message.ts";
import type { HookDataset } from "./hook-options.ts";

/** What a hook is told when its record can not be read. */
export class UnreadableRecord extends Error {}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Makes a hook's argument: a frozen capture record, the cells of a CSV record with the columns'
 * `names`, or a JSON value. Each call makes a new one. Throws `UnreadableRecord`.
 */
export function openRecord(
  dataset: HookDataset,
  { text, cells, groundTruth }: HookRecord,
  names: HookBatch["names"],
): unknown {
  if (dataset === "csv") {
    return Object.defineProperty([...(cells ?? [])], "names", { value: names });
  }
  const value = parse(text);
  if (dataset === "json") return value;
  if (!isObject(value)) throw new UnreadableRecord("the record is not a JSON object");
  return captureRecord(
    groundTruth === undefined ? value : { ...value, groundTruthData: groundTruth },
  );
}

function captureRecord(raw: JsonObject): object {
  const capture = isObject(raw["captureData"]) ? raw["captureData"] : {};
  const metadata = isObject(raw["eventMetadata"]) ? raw["eventMetadata"] : {};
  return freeze({
    input: side(capture["endpointInput"]),
    output: side(capture["endpointOutput"]),
    batchOutput: side(capture["batchTransformOutput"]),
    groundTruth: side(raw["groundTruthData"]),
    metadata: {
      eventId: metadata["eventId"] ?? null,
      inferenceId: metadata["inferenceId"] ?? null,
      inferenceTime: metadata["inferenceTime"] ?? null,
      customAttributes: metadata["customAttributes"] ?? null,
    },
    eventVersion: raw["eventVersion"] ?? null,
    raw,
  });
}

function side(value: unknown): object | null {
  if (!isObject(value)) return null;
  return {
    data: value["data"] ?? null,
    encoding: value["encoding"] ?? null,
    contentType: value["observedContentType"] ?? null,
    mode: value["mode"] ?? null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableRecord("the record is not JSON");
  }
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
