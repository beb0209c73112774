/**
 * One ground-truth record: what really was the answer to an invocation, uploaded by the user as a
 * JSON object on a line (Amazon SageMaker developer guide, "Ingest ground truth labels and merge
 * them with predictions").
 */

import type { GroundTruth } from "../preprocess/preprocessor.ts";
import type { Fault } from "./capture-record.ts";
import { readLabel } from "./read-label.ts";

export interface GroundTruthRecord {
  /** The invocation's inference id, or its event id. */
  readonly eventId: string;
  readonly label: GroundTruth;
}

/** Parses one line. */
export function parseGroundTruthRecord(line: string): GroundTruthRecord | Fault {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: "json", detail: "the line is not one JSON value" };
  }
  if (!isObject(value)) return { reason: "json", detail: "the line is not a JSON object" };
  const metadata = value["eventMetadata"];
  const eventId = isObject(metadata) ? metadata["eventId"] : undefined;
  if (typeof eventId !== "string") {
    return { reason: "ground_truth", detail: "eventMetadata has no text under eventId" };
  }
  const label = readLabel(value["groundTruthData"]);
  if (label !== undefined) return { eventId, label };
  const detail = "groundTruthData has no texts under data and encoding";
  return { reason: "ground_truth", detail, eventId };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
