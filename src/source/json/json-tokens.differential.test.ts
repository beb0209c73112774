/** The token-preserving parser against `JSON.parse`, on values and on broken texts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { isJsonProblem, type JsonTokens, parseJsonTokens } from "./json-tokens.ts";

/** Fails unless the tokens stand for the value. */
function expectSame(tokens: JsonTokens, value: unknown): void {
  if (typeof value === "number") {
    expect(Object.is(Number(tokens), value)).toBe(true);
  } else if (Array.isArray(value)) {
    const items = tokens as readonly JsonTokens[];
    expect(items).toHaveLength(value.length);
    for (const [i, item] of value.entries()) expectSame(items[i]!, item);
  } else if (typeof value === "object" && value !== null) {
    const entries = tokens as ReadonlyMap<string, JsonTokens>;
    expect([...entries.keys()].sort()).toEqual(Object.keys(value).sort());
    for (const [key, each] of Object.entries(value)) expectSame(entries.get(key)!, each);
  } else {
    expect(tokens).toBe(value === null ? null : String(value));
  }
}

function parseNative(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const value = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });

const RUNS = casesOf(1_500, 20_000);

describe("parseJsonTokens beside JSON.parse", () => {
  it("gives the same value, whatever the white space", () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, "\t", "\r\n"), (each, space) => {
        const text = JSON.stringify(each, undefined, space);
        expectSame(parseJsonTokens(text) as JsonTokens, JSON.parse(text));
      }),
      { seed: 1, numRuns: casesOf(700, 5_000) },
    );
  });

  it("accepts the same texts when characters are lost, added or changed", () => {
    const character = fc.constantFrom(...'{}[]",:\\ \n\t0123456789+-.eEuntrlfasx\u0000\u00a0é');
    const mutation = fc.record({ at: fc.nat(), character, kind: fc.nat(2) });
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(value, fc.array(mutation, { minLength: 1, maxLength: 3 }), (each, mutations) => {
        const characters = [...JSON.stringify(each)];
        for (const { at, character: one, kind } of mutations) {
          const place = at % (characters.length + 1);
          characters.splice(place, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [one]));
        }
        const text = characters.join("");
        const tokens = parseJsonTokens(text);
        const native = parseNative(text);
        if (native === undefined) {
          expect(tokens).toEqual({ problem: "syntax" });
          refused += 1;
        } else {
          expect(isJsonProblem(tokens)).toBe(false);
          expectSame(tokens as JsonTokens, native.value);
          accepted += 1;
        }
      }),
      { seed: 1, numRuns: RUNS },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(RUNS / 10);
  });

  it("accepts the same texts of few characters", () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 01-.eu'), maxLength: 8 });
    fc.assert(
      fc.property(text, (each) => {
        const isRefused = isJsonProblem(parseJsonTokens(each));
        expect(isRefused).toBe(parseNative(each) === undefined);
      }),
      { seed: 1, numRuns: casesOf(2_000, 50_000) },
    );
  });
});
