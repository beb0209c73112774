import { expect, test } from "vitest";
import { unwrapPrediction } from "./transform-prediction.ts";

const IDS = '"SageMakerInferenceId":"i-1","SageMakerInferenceTime":"2026-11-20T10:00:00Z"';

test.each([
  [`{"SageMakerOutput":{"p":1.0},${IDS}}`, '{"p":1.0}', "i-1"],
  [`{${IDS}, "SageMakerOutput": [0.10, 2] }`, "[0.10, 2]", "i-1"],
  [`{"p":1.0,${IDS},"q":"}"}`, '{"p":1.0,"q":"}"}', "i-1"],
  [`{"p":1.0,${IDS}}`, '{"p":1.0}', "i-1"],
  [`{${IDS}}`, "{}", "i-1"],
  ['{"SageMakerOutput":1}', '{"SageMakerOutput":1}', undefined],
  ['{"note":"SageMakerInferenceId"}', '{"note":"SageMakerInferenceId"}', undefined],
  ['{"SageMakerInferenceId":7,"p":1}', '{"p":1}', undefined],
  [`{"p":1,${IDS}`, `{"p":1,${IDS}`, "i-1"],
  [`{"p":1,${IDS}} x`, '{"p":1} x', "i-1"],
])("%s holds %s", (text, prediction, inferenceId) => {
  expect(unwrapPrediction(text)).toEqual({ text: prediction, inferenceId });
});
