/** Equivalent scripts in Python and JavaScript give the same outcomes, however records are cut. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hookFolder, plain } from "../../fixtures/open-hook.ts";
import type { Semantics } from "../base/semantics.ts";
import type { HookOutcome, HookRecord } from "../source/preprocess/preprocessor.ts";
import { type OpenPreprocessor, openPreprocessor } from "./open-preprocessor.ts";

/** Each record's input tells in JSON what the script is to return for it. */
const PYTHON = `import json

def value_of(value):
    return float("nan") if value == "NaN" else value

def row_of(row):
    return {key: value_of(value) for key, value in row}

def preprocess_handler(inference_record):
    kind, content = json.loads(inference_record.endpoint_input.data)
    if kind == "itself":
        return inference_record
    if kind == "nothing":
        return None
    if kind == "raise":
        raise ValueError(content)
    if kind == "row":
        return row_of(content)
    if kind == "rows":
        return [row_of(row) for row in content]
    return [value_of(value) for value in content]
`;
const JAVASCRIPT = `const valueOf = (value) => (value === "NaN" ? NaN : value);
const rowOf = (row) => Object.fromEntries(row.map(([key, value]) => [key, valueOf(value)]));

export function preprocess(record) {
  const [kind, content] = JSON.parse(record.input.data);
  if (kind === "itself") return record;
  if (kind === "nothing") return undefined;
  if (kind === "raise") throw new Error(content);
  if (kind === "row") return rowOf(content);
  if (kind === "rows") return content.map(rowOf);
  return content.map(valueOf);
}
`;

/** Fractions whose shortest text is the same in both: no exponent. */
const fraction = fc
  .double({ min: 1e-4, max: 1e9, noNaN: true })
  .filter((number) => !Number.isInteger(number));
const value = fc.oneof(
  fc.string({ maxLength: 6, unit: "binary" }),
  fc.constantFrom(null, true, false, "NaN", "", "é", "\u2028", "\ud800"),
  fc.maxSafeInteger(),
  fraction,
  fraction.map((number) => -number),
);
/** A JavaScript object puts keys that are whole numbers first, whatever their order was. */
const name = fc
  .string({ maxLength: 4 })
  .filter((text) => !/^\d+$/.test(text) && text !== "__proto__");
const row = fc.uniqueArray(fc.tuple(name, value), { maxLength: 5, selector: ([key]) => key });
const alike = fc
  .uniqueArray(name, { minLength: 1, maxLength: 4 })
  .chain((names) => fc.tuple(...names.map((each) => fc.tuple(fc.constant(each), value))));
const nested = fc.constant([["a", [1]]]);
const request = fc.oneof(
  fc.tuple(fc.constantFrom("itself", "nothing", "raise"), fc.constant("")),
  fc.tuple(fc.constant("row"), fc.oneof(row, alike, nested)),
  fc.tuple(fc.constant("rows"), fc.array(fc.oneof(row, alike), { maxLength: 4 })),
  fc.tuple(fc.constant("list"), fc.array(value, { maxLength: 4 })),
);

const folder = hookFolder();
const opened = new Map<Semantics, readonly OpenPreprocessor[]>();

beforeAll(async () => {
  const scripts = [folder.write("same.py", PYTHON), folder.write("same.mjs", JAVASCRIPT)];
  for (const semantics of ["tidemark", "model-monitor"] as const) {
    const open = scripts.map((script) => openPreprocessor({ ...plain(script), semantics }));
    opened.set(semantics, await Promise.all(open));
  }
});

afterAll(async () => {
  await Promise.all([...opened.values()].flat().map((each) => each.close()));
});

/** A fault's words name the language's own types and lines. */
function kindsOf(outcomes: readonly HookOutcome[]) {
  return outcomes.map((each) => (each.kind === "fault" ? each.kind : each));
}

describe("Python and JavaScript", () => {
  for (const semantics of ["tidemark", "model-monitor"] as const) {
    it(`give the same outcomes under ${semantics}`, async () => {
      const [python, javascript] = opened.get(semantics)!;
      const law = fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 12 }),
        fc.nat(12),
        async (requests, at) => {
          const records: readonly HookRecord[] = requests.map((each) => {
            const input = { data: JSON.stringify(each), encoding: "JSON" };
            return { text: JSON.stringify({ captureData: { endpointInput: input } }) };
          });
          const [whole, other, first, second] = await Promise.all([
            python!.preprocess(records),
            javascript!.preprocess(records),
            python!.preprocess(records.slice(0, at)),
            javascript!.preprocess(records.slice(at)),
          ]);
          expect(whole).toHaveLength(records.length);
          expect(kindsOf(other)).toEqual(kindsOf(whole));
          expect(kindsOf([...first, ...second])).toEqual(kindsOf(whole));
        },
      );
      await fc.assert(law, { numRuns: 150 });
    });
  }
});
