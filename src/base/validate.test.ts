import { expect, test } from "vitest";
import { parsedBy, type SchemaOf, validate } from "./validate.ts";

const schemaOf: SchemaOf<unknown> = (z) =>
  z.object(
    {
      features: z.array(
        z.object(
          {
            name: z.string({ error: "a text" }),
            completeness: parsedBy(
              z,
              "a number from 0 to 1",
              (value) =>
                typeof value === "number" && value >= 0 && value <= 1 ? value : undefined,
              { type: "number" },
            ).optional(),
          },
          { error: "an object" },
        ),
        { error: "a list of features" },
      ),
      "odd key": z.boolean({ error: "true or false" }).optional(),
      known: z.strictObject({ yes: z.boolean().optional() }).optional(),
    },
    { error: "an object with features" },
  );

const check = (text: string): Promise<unknown> => validate(text, "c.json", schemaOf);

test("what the schema makes of the text is given back", async () => {
  expect(await check('{"features": [{"name": "a", "more": 1}], "other": 2}')).toEqual({
    features: [{ name: "a" }],
  });
});

test.each([
  [
    '{\n"features": [{"name": "a", "completeness": 1.2}]}',
    "2:44: features[0].completeness is 1.2; expected a number from 0 to 1. Correct the file.",
  ],
  [
    '{"features": [{"name": "a", "completeness": null}]}',
    "1:45: features[0].completeness is null; expected a number from 0 to 1. Correct the file.",
  ],
  [
    '{"features": [\n  {"completeness": 1}]}',
    "2:3: features[0].name is missing; expected a text. Correct the file.",
  ],
  [
    '{"features": {"a": 1}}',
    "1:14: features is an object; expected a list of features. Correct the file.",
  ],
  ['{"features": ["a"]}', '1:15: features[0] is "a"; expected an object. Correct the file.'],
  ["[]", "1:1: the whole text is a list; expected an object with features. Correct the file."],
  [
    '{"features": [], "odd key": 1}',
    '1:29: ["odd key"] is 1; expected true or false. Correct the file.',
  ],
  [
    '{"features": [], "known": {"yse": true}}',
    "1:35: known.yse is not a known key. Correct the file.",
  ],
])("the fault in %j is told with its place", async (text, message) => {
  await expect(check(text)).rejects.toHaveProperty("message", `c.json:${message}`);
});

test("the first fault in the order of the text is told and the others are counted", async () => {
  await expect(
    check('{"odd key": 7, "features": [{"name": 1}, {"name": "b"}]}'),
  ).rejects.toHaveProperty(
    "message",
    'c.json:1:13: ["odd key"] is 7; expected true or false. Correct this and 1 more fault in the file.',
  );
  await expect(check('{"features": [{"name": 1}, {}, {"name": null}]}')).rejects.toHaveProperty(
    "message",
    "c.json:1:24: features[0].name is 1; expected a text. Correct this and 2 more faults in the file.",
  );
});

test("a text that is no JSON is refused before any schema", async () => {
  await expect(check("{")).rejects.toHaveProperty(
    "message",
    "c.json:1:2: is not valid JSON; expected a closing brace. Correct the file.",
  );
});
