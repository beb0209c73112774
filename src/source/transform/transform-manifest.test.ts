import { expect, test } from "vitest";
import { TransformManifest } from "./transform-manifest.ts";

test("a manifest names objects below a prefix, and knows where", () => {
  const text = '[{"prefix": "s3://b/out/"},\n  "a.csv.out",\n  "sub/b.csv.out"]';
  const manifest = new TransformManifest(text, "m");
  expect([manifest.prefix, manifest.names]).toEqual([
    "s3://b/out/",
    ["a.csv.out", "sub/b.csv.out"],
  ]);
  expect(manifest.placeOf(1)).toEqual({ file: "m", line: 3, column: 3 });
});

test.each([
  ["[", "m:1:2: is not valid JSON; expected a closing bracket. Correct the file."],
  ["{}", "m:1:1: is no manifest; expected a JSON array. Check the file."],
  ["[]", 'm:1:1: is no manifest; expected a first element {"prefix": …}. Check the file.'],
  [
    '[{"prefix": 1}]',
    'm:1:2: is no manifest; expected a first element {"prefix": …}. Check the file.',
  ],
  [
    '[{"prefix": "s3://b/"},\n1]',
    "m:2:1: an element is no text; expected the name of an object. Check the file.",
  ],
])("%j is refused", (text, message) => {
  expect(() => new TransformManifest(text, "m")).toThrow(
    expect.objectContaining({ message, code: "input" }),
  );
});
