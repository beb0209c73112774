import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ServiceJson, writeServiceJson } from "./service-json.ts";

const DATA = new URL("../../../shared/data/", import.meta.url);
const FILES = [
  "cardio/statistics.json",
  "cardio/constraints.json",
  "sdk100/statistics.json",
  "sdk100/constraints.good.json",
  "sdk100/constraints.bad.json",
];

/** Parses JSON, telling whole-number tokens (bigint) from double tokens (number). */
function parse(text: string): ServiceJson {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|[{}[\],:]/g) ?? [];
  let next = 0;
  const value = (): ServiceJson => {
    const token = tokens[next++] ?? "";
    if (token === "[") return elements();
    if (token === "{") return members();
    if (/^-?\d+$/.test(token)) return BigInt(token);
    return JSON.parse(token) as ServiceJson;
  };
  const elements = (): ServiceJson[] => {
    const array: ServiceJson[] = [];
    while (tokens[next] !== "]") {
      array.push(value());
      if (tokens[next] === ",") next += 1;
    }
    next += 1;
    return array;
  };
  const members = (): Record<string, ServiceJson> => {
    const object: Record<string, ServiceJson> = {};
    while (tokens[next] !== "}") {
      const name = value() as string;
      next += 1;
      object[name] = value();
      if (tokens[next] === ",") next += 1;
    }
    next += 1;
    return object;
  };
  return value();
}

describe("writeServiceJson", () => {
  it("lays objects, arrays and the kinds of numbers out as the service does", () => {
    const value = {
      version: 0,
      dataset: { item_count: 68385n },
      features: [{ name: "a", flag: true, left_out: undefined }, { name: "b" }],
      data: [Float64Array.of(1, 2.5), [], new Float64Array(0)],
      none: {},
    };
    expect(writeServiceJson(value)).toBe(
      `{
  "version" : 0.0,
  "dataset" : {
    "item_count" : 68385
  },
  "features" : [ {
    "name" : "a",
    "flag" : true
  }, {
    "name" : "b"
  } ],
  "data" : [ [ 1.0, 2.5 ], [ ], [ ] ],
  "none" : { }
}`,
    );
  });

  it("writes an object of undefined members alone as empty", () => {
    expect(writeServiceJson({ a: undefined })).toBe("{ }");
  });

  it("quotes what JSON has no number for", () => {
    expect(writeServiceJson([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe(
      '[ "NaN", "Infinity", "-Infinity" ]',
    );
  });

  it("escapes quotes, backslashes and control characters, and nothing else", () => {
    expect(writeServiceJson('"\\/\b\t\n\f\r\u0000\u001f\u007f\u0085\u2028é🚀')).toBe(
      '"\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001F\u007f\u0085\u2028é🚀"',
    );
    expect(writeServiceJson({ 'a"b': "x" })).toBe('{\n  "a\\"b" : "x"\n}');
  });

  it("replaces a lone surrogate by a question mark", () => {
    expect(writeServiceJson("a\ud800b\udc00")).toBe('"a?b?"');
  });

  it("writes a Float64Array as it writes an array of numbers", () => {
    const numbers = [0, -1.5, 1e7, 1e-4, 123456.789];
    expect(writeServiceJson(Float64Array.from(numbers))).toBe(writeServiceJson(numbers));
  });
});

describe.skipIf(!existsSync(DATA))("writeServiceJson on files the service published", () => {
  it.each(FILES)("writes %s again byte for byte", (file) => {
    const text = readFileSync(new URL(file, DATA), "utf8");
    expect(writeServiceJson(parse(text)) === text).toBe(true);
  });
});
