import { expect, test } from "vitest";
import { parseDatasetFormat } from "./dataset-format.ts";

const CSV = { format: "csv", header: undefined, outputColumnsPosition: undefined } as const;
const CAPTURE = { format: "capture", sides: "both", outputColumnsPosition: undefined } as const;

test.each([
  ['{"csv":{"header":true,"output_columns_position":"START"}}', true, "START"],
  ['{"csv": {"header": false, "output_columns_position": "END"}}', false, "END"],
  ['{"csv":{"header":true}}', true, undefined],
  ['{"Csv":{"Header":false}}', false, undefined],
  ['{"CSV":{"HEADER":"true"}}', true, undefined],
  ['{"csv":{"header":"False"}}', false, undefined],
  ['{"csv":{"header":["true"]}}', true, undefined],
  ['{"csv":{"header":[false]}}', false, undefined],
  ['{"csv":{}}', undefined, undefined],
] as const)("%s is CSV", (text, header, outputColumnsPosition) => {
  expect(parseDatasetFormat(text)).toEqual({ ...CSV, header, outputColumnsPosition });
});

test.each([
  ['{"sagemakerCaptureJson":{}}', "both"],
  ['{"sagemakerCaptureJson":{"captureIndexNames":["endpointInput","endpointOutput"]}}', "both"],
  ['{"sagemakerCaptureJson":{"captureIndexNames":["endpointOutput","endpointInput"]}}', "both"],
  ['{"sagemakerCaptureJson":{"captureIndexNames":["endpointInput"]}}', "input"],
  ['{"SageMakerCaptureJson":{"CaptureIndexNames":["endpointOutput"]}}', "output"],
] as const)("%s is capture records", (text, sides) => {
  expect(parseDatasetFormat(text)).toEqual({ ...CAPTURE, sides });
});

test.each([
  '{"json":{"lines":true}}',
  '{"json":{"lines":false}}',
  '{"json":{"line":"true"}}',
  '{"Json":{"Line":["False"]}}',
  '{"Json":{"Line":true}}',
  '{"json":{}}',
])("%s is JSON, whose content tells the rest", (text) => {
  expect(parseDatasetFormat(text)).toEqual({ format: "jsonl" });
});

test("records merged with ground truth are capture records", () => {
  const text = '{"sagemakerMergeJson":{"captureIndexNames":["endpointOutput"]}}';
  expect(parseDatasetFormat(text)).toEqual({ ...CAPTURE, sides: "output" });
});

const SUPPORTED = "expected csv, json, parquet, sagemakerCaptureJson or sagemakerMergeJson.";

test.each(["parquet", "Parquet"])("%s is read as such", (name) => {
  expect(parseDatasetFormat(`{"${name}":{}}`)).toEqual({ format: "parquet" });
});

const ONE =
  'expected one format as JSON, such as {"csv":{"header":true}} or {"sagemakerCaptureJson":{}}.';

test.each([
  ["csv", `dataset_format is "csv"; ${ONE}`],
  ["{}", `dataset_format is "{}"; ${ONE}`],
  ['["csv"]', `dataset_format is "[\\"csv\\"]"; ${ONE}`],
  ['{"csv":true}', `dataset_format is "{\\"csv\\":true}"; ${ONE}`],
  ['{"csv":null}', `dataset_format is "{\\"csv\\":null}"; ${ONE}`],
  ['{"csv":{},"json":{}}', `dataset_format is "{\\"csv\\":{},\\"json\\":{}}"; ${ONE}`],
  ['{"avro":{}}', `dataset_format asks for "avro"; ${SUPPORTED}`],
  ['{"json":{"lines":1}}', "lines of dataset_format is 1; expected true or false."],
  ['{"json":{"line":null}}', "line of dataset_format is null; expected true or false."],
  ['{"csv":{"header":"yes"}}', 'header of dataset_format is "yes"; expected true or false.'],
  [
    '{"csv":{"header":[true,true]}}',
    "header of dataset_format is [true,true]; expected true or false.",
  ],
  [
    '{"csv":{"output_columns_position":"LEFT"}}',
    'output_columns_position of dataset_format is "LEFT"; expected START or END.',
  ],
  ...["[]", '["groundTruth"]', '"endpointInput"'].map((names) => [
    `{"sagemakerCaptureJson":{"captureIndexNames":${names}}}`,
    `captureIndexNames of dataset_format is ${names}; ` +
      "expected a list of endpointInput and endpointOutput.",
  ]),
] as [string, string][])("%s is refused", (text, message) => {
  expect(() => parseDatasetFormat(text)).toThrow(
    expect.objectContaining({ message, code: "configuration" }),
  );
});
