/** Pre-processing scripts in JavaScript: modules, arguments, results, output. */
import { describe, expect, it } from "vitest";
import { captured, DROPPED, fault, hookFolder, row, SAME } from "../../fixtures/open-hook.ts";
import { seededRandom } from "../base/seeded-random.ts";

const folder = hookFolder();
const { run } = folder;

/** Names the case of each record, which a script looks up. */
function cases(names: readonly string[]) {
  return names.map((name) => captured(name, "0"));
}

describe("the module", () => {
  it("may be of any kind, and name its function in four ways", async () => {
    const modules = {
      "plain.mjs": ["export const preprocess = () => ({ a: 1 });"],
      "alias.js": ["export async function preprocess_handler() { return { a: 1 }; }"],
      "common.cjs": ["module.exports = { preprocess: () => ({ a: 1 }) };"],
      "common.js": ["exports.preprocess_handler = () => ({ a: 1 });"],
      "default.mjs": ["export default { a: 1, preprocess() { return { a: this.a }; } };"],
    };
    const runs = Object.entries(modules).map(async ([name, lines]) => {
      const result = await run(folder.write(name, ...lines), cases([""]));
      expect(result, name).toEqual({ outcomes: [row({ a: "1" })], lines: [] });
    });
    await Promise.all(runs);
  });
});

describe("the argument", () => {
  it("is a frozen record with null for what is absent", async () => {
    const script = folder.write(
      "record.mjs",
      "export function preprocess(record) {",
      "  const { raw, ...rest } = record;",
      "  const isFrozen = [record, record.metadata, raw, raw.captureData].every(Object.isFrozen);",
      "  return { isFrozen, more: raw.more, rest: JSON.stringify(rest) };",
      "}",
    );
    const { outcomes } = await run(script, [
      { ...captured("1,2", "3", { more: 4 }), groundTruth: { data: "1", encoding: "CSV" } },
      { text: '{"captureData":{"batchTransformOutput":{"data":"9","encoding":"CSV"}}}' },
      { text: "[1]" },
    ]);
    const side = { encoding: "CSV", contentType: "text/csv" };
    const bare = { encoding: "CSV", contentType: null, mode: null };
    const full = {
      input: { data: "1,2", ...side, mode: "INPUT" },
      output: { data: "3", ...side, mode: "OUTPUT" },
      batchOutput: null,
      groundTruth: { data: "1", ...bare },
      metadata: {
        eventId: "e1",
        inferenceId: "i1",
        inferenceTime: "2026-11-20T10:00:00Z",
        customAttributes: null,
      },
      eventVersion: "0",
    };
    const absent = {
      input: null,
      output: null,
      batchOutput: { data: "9", ...bare },
      groundTruth: null,
      metadata: { eventId: null, inferenceId: null, inferenceTime: null, customAttributes: null },
      eventVersion: null,
    };
    expect(outcomes).toEqual([
      row({ isFrozen: "true", more: "4", rest: JSON.stringify(full) }),
      row({ isFrozen: "true", more: null, rest: JSON.stringify(absent) }),
      fault("the record is not a JSON object"),
    ]);
  });

  it("is the cells of a CSV dataset with their names, and the value of a JSON one", async () => {
    const script = folder.write(
      "plain.js",
      "export function preprocess(record) {",
      "  if (record.itself) return record;",
      "  if (!Array.isArray(record)) return Object.assign(record, { c: 1 });",
      "  if (record[0] === 'same') return record;",
      "  record.push(record.names?.join('+'));",
      "  return record;",
      "}",
    );
    const line = (...cells: (string | null)[]) => ({ text: cells.join(","), cells });
    const csv = [line("x", null), line("same", "y")];
    const named = await run(script, csv, { dataset: "csv", names: ["a", "b"] });
    expect(named.outcomes).toEqual([row(["x", null, "a+b"]), SAME]);
    expect((await run(script, csv, { dataset: "csv" })).outcomes[0]).toEqual(
      row(["x", null, null]),
    );
    const json = [{ text: '{"a":1.0,"b":true}' }, { text: '{"itself":[1]}' }, { text: "{" }];
    expect((await run(script, json, { dataset: "json" })).outcomes).toEqual([
      row({ a: "1", b: "true", c: "1" }),
      SAME,
      fault("the record is not JSON"),
    ]);
  });

  it("comes with a logger, and with chance that follows the seed and the record alone", async () => {
    const script = folder.write(
      "tools.mjs",
      "export function preprocess(record, { logger, rng }) {",
      "  logger.debug('a', 1); logger.info('b'); logger.warn('c'); logger.error('d %s', 'e');",
      "  return [rng(), rng()];",
      "}",
    );
    const { outcomes, lines } = await run(script, cases(["", ""]), { seed: 7 });
    const drawn = [0, 1].map((ordinal) => {
      const random = seededRandom(7, ordinal);
      return row([`${random()}`, `${random()}`]);
    });
    expect(outcomes).toEqual(drawn);
    expect(lines.slice(0, 4)).toEqual(["DEBUG a 1", "INFO b", "WARNING c", "ERROR d e"]);
  });
});

describe("the result", () => {
  it("is rows, the record itself, nothing, or a fault", async () => {
    const script = folder.write(
      "results.mjs",
      "const RESULTS = {",
      "  texts: { a: 'x', b: '', c: null, d: undefined },",
      "  numbers: { a: 1, b: -0.5, c: NaN, d: true, e: 10n ** 30n, f: 1e21, g: 1e-7, h: -0 },",
      "  rows: [{ a: 1 }, { a: 2 }, { b: 3 }],",
      "  list: ['x', 1, null],",
      "  none: null, empty: [],",
      "  nested: { a: [1] }, date: { a: new Date(0) }, function: { a: () => 1 }, bare: {},",
      "  text: 'x', map: new Map(), mixed: [{ a: 1 }, 2], lists: [['x'], ['y']],",
      "};",
      "export function preprocess(record) {",
      "  const name = record.input.data;",
      "  if (name === 'promise') return new Promise((done) => setTimeout(done, 20, { a: 1 }));",
      "  if (name === 'rejected') return Promise.reject(new RangeError('x'));",
      "  if (name === 'write') record.input.data = 'x';",
      "  return name === 'itself' ? record : RESULTS[name];",
      "}",
    );
    const names = [
      ...["promise", "texts", "numbers", "rows", "list", "none", "undefined", "empty", "itself"],
      ...["nested", "date", "function", "bare", "text", "map", "mixed", "lists"],
      ...["rejected", "write"],
    ];
    const { outcomes } = await run(script, cases(names));
    expect(Object.fromEntries(names.map((name, i) => [name, outcomes[i]]))).toEqual({
      promise: row({ a: "1" }),
      texts: row({ a: "x", b: "", c: null, d: null }),
      numbers: row({
        a: "1",
        b: "-0.5",
        c: null,
        d: "true",
        e: `1${"0".repeat(30)}`,
        f: `1${"0".repeat(21)}`,
        g: "1e-7",
        h: "0",
      }),
      rows: {
        kind: "rows",
        rows: [
          { names: ["a"], texts: ["1"] },
          { names: ["a"], texts: ["2"] },
          { names: ["b"], texts: ["3"] },
        ],
      },
      list: row(["x", "1", null]),
      none: DROPPED,
      undefined: DROPPED,
      empty: DROPPED,
      itself: SAME,
      nested: fault("the hook returned a row with a value of type Array"),
      date: fault("the hook returned a row with a value of type Date"),
      function: fault("the hook returned a row with a value of type function"),
      bare: fault("the hook returned a row without columns"),
      text: fault("the hook returned a value of type string"),
      map: fault("the hook returned a value of type Map"),
      mixed: fault("the hook returned a list of rows and other values"),
      lists: fault("the hook returned a row with a value of type Array"),
      rejected: fault("the hook threw RangeError at results.mjs:13"),
      write: fault("the hook threw TypeError at results.mjs:14"),
    });
  });
});

describe("what a script throws", () => {
  const script = folder.write(
    "throwing.cjs",
    "function parse(text) {",
    "  if (text === 'bare') throw text;",
    "  throw new Error(text);",
    "}",
    "exports.preprocess = ({ input }) => parse(input.data);",
  );

  it("rejects its record alone, and is told without values", async () => {
    const { outcomes, lines } = await run(script, cases(["secret", "other", "bare"]));
    const detail = fault("the hook threw Error at throwing.cjs:3");
    expect(outcomes).toEqual([detail, detail, fault("the hook threw a value of type string")]);
    expect(lines).toEqual([
      "Error",
      `  at ${script}:3 in parse`,
      `  at ${script}:5 in exports.preprocess`,
      "a value of type string",
    ]);
  });

  it("is told with its message where values are shown", async () => {
    const { outcomes, lines } = await run(script, cases(["secret"]), { showsValues: true });
    expect(outcomes).toEqual([fault("the hook threw Error at throwing.cjs:3: secret")]);
    expect(lines[0]).toBe("Error: secret");
  });
});

describe("the worker", () => {
  it("logs what the script prints, and has only the variables that it is given", async () => {
    const script = folder.write(
      "printing.mjs",
      "console.log('loading', Object.keys(process.env).join());",
      "export function preprocess() { process.stdout.write('half '); console.log('line'); }",
    );
    const environment = { WHERE: "here" };
    expect(await run(script, cases([""]), { environment })).toEqual({
      outcomes: [DROPPED],
      lines: ["loading WHERE", "half line"],
    });
  });
});
