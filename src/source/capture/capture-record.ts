/**
 * One endpoint capture record: a JSON object on a line, with the request and the reply of one
 * invocation (Amazon SageMaker developer guide, "Capture data from a real-time endpoint").
 *
 * Keys come in any order, unknown ones are ignored, and either side may be absent.
 */
import type { GroundTruth } from "../preprocess/preprocessor.ts";
import type { RejectReason } from "../record-source.ts";
import { readLabel } from "./read-label.ts";

/** Which sides of a record make its rows. */
export type Sides = "both" | "input" | "output";

/** One side's payload as captured; encoding and content type are as written. */
export interface Side {
  readonly data: string;
  readonly encoding: string;
  readonly contentType: string | undefined;
}

/** What a record tells of itself; `inferenceTime` is as written and may be no time at all. */
export interface RecordMetadata {
  readonly eventId: string | undefined;
  /** The caller's own id of the invocation, if it gave one. */
  readonly inferenceId: string | undefined;
  readonly inferenceTime: string | undefined;
  /** The label of a merged record. */
  readonly groundTruth?: GroundTruth | undefined;
}

export interface CaptureRecord extends RecordMetadata {
  readonly input: Side | undefined;
  readonly output: Side | undefined;
}

/** Why a record can not be turned into rows, without any value of the record. */
export interface Fault extends Partial<Pick<RecordMetadata, "eventId" | "inferenceTime">> {
  readonly reason: RejectReason;
  readonly detail: string;
}

export function isFault(value: object): value is Fault {
  return "reason" in value;
}

/** A JSON object seen through the keys that matter. */
type JsonObject = {
  readonly [key in
    | "captureData"
    | "endpointInput"
    | "endpointOutput"
    | "batchTransformOutput"
    | "data"
    | "encoding"
    | "observedContentType"
    | "eventMetadata"
    | "eventId"
    | "inferenceId"
    | "groundTruthData"
    | "inferenceTime"]?: unknown;
};

const SIDE_NAMES: Readonly<Record<Sides, string>> = {
  both: "endpointInput or endpointOutput",
  input: "endpointInput",
  output: "endpointOutput",
};

/**
 * Parses one line. Only the asked sides are looked at, so a broken side that no row needs does no
 * harm. A batch transform's output stands for an absent endpoint output.
 */
export function parseCaptureRecord(line: string, sides: Sides): CaptureRecord | Fault {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: "json", detail: "the line is not one JSON value" };
  }
  if (!isObject(value)) return { reason: "json", detail: "the line is not a JSON object" };
  const metadata = metadataOf(value);
  const whose = { eventId: metadata.eventId, inferenceTime: metadata.inferenceTime };
  const capture = value.captureData;
  if (!isObject(capture)) {
    return {
      reason: "no_capture_data",
      detail: "the record has no object captureData",
      ...whose,
    };
  }
  const outputKey = isAbsent(capture.endpointOutput) ? "batchTransformOutput" : "endpointOutput";
  const input = sides === "output" ? undefined : readSide(capture, "endpointInput");
  const output = sides === "input" ? undefined : readSide(capture, outputKey);
  if (input !== undefined && isFault(input)) return { ...input, ...whose };
  if (output !== undefined && isFault(output)) return { ...output, ...whose };
  if (input === undefined && output === undefined) {
    return {
      reason: "no_capture_data",
      detail: `captureData has no ${SIDE_NAMES[sides]}`,
      ...whose,
    };
  }
  return { ...metadata, input, output };
}

/** Finds what a parsed record tells of itself; nothing in what is no record. */
export function metadataOf(record: object): RecordMetadata {
  const metadata = isObject(record) && isObject(record.eventMetadata) ? record.eventMetadata : {};
  return {
    eventId: textOf(metadata.eventId),
    inferenceId: textOf(metadata.inferenceId),
    inferenceTime: textOf(metadata.inferenceTime),
    groundTruth: isObject(record) ? readLabel(record.groundTruthData) : undefined,
  };
}

function readSide(capture: JsonObject, key: keyof JsonObject): Side | Fault | undefined {
  const side = capture[key];
  if (isAbsent(side)) return undefined;
  const data = isObject(side) ? side.data : undefined;
  if (!isObject(side) || typeof data !== "string") {
    return { reason: "no_capture_data", detail: `${key} has no text under data` };
  }
  const encoding = side.encoding;
  if (typeof encoding !== "string") {
    return { reason: "encoding", detail: `${key} has no text under encoding` };
  }
  return { data, encoding, contentType: textOf(side.observedContentType) };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
