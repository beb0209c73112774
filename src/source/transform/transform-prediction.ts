/**
 * What a batch transform with inference ids wraps a JSON prediction in: an object with the members
 * `SageMakerInferenceId`, `SageMakerInferenceTime` and the prediction under `SageMakerOutput`
 * (Amazon SageMaker developer guide, "Capture data from batch transform job"). Without the last one
 * the prediction is what else the object holds.
 */
import { findJsonMembers } from "../json/json-members.ts";

const ID = "SageMakerInferenceId";
const TIME = "SageMakerInferenceTime";
const OUTPUT = "SageMakerOutput";

export interface Prediction {
  /** The prediction's JSON text, its numbers spelled as they were. */
  readonly text: string;
  readonly inferenceId?: string | undefined;
}

/** Takes the ids off a record's text; one without them is the prediction itself. */
export function unwrapPrediction(text: string): Prediction {
  if (!text.includes(ID)) return { text };
  const members = findJsonMembers(text);
  const id = members.findLast(({ key }) => key === ID);
  if (id === undefined) return { text };
  const inferenceId = textOf(text.slice(id.valueFrom, id.to));
  const output = members.findLast(({ key }) => key === OUTPUT);
  if (output !== undefined) return { text: text.slice(output.valueFrom, output.to), inferenceId };
  // What is no JSON must stay so: only whole members are taken out.
  const rest = members.filter(({ key }) => key !== ID && key !== TIME);
  if (members.at(-1)!.to >= text.length) return { text, inferenceId };
  const kept = rest.map(({ from, to }) => text.slice(from, to));
  const behind = text.slice(members.at(-1)!.to);
  return { text: `{${kept.join(",")}${behind}`, inferenceId };
}

function textOf(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
