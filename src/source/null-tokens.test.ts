import { expect, test } from "vitest";
import { MISSING } from "../base/cells.ts";
import { NullTokens } from "./null-tokens.ts";

/** The cells of `texts` that the tokens leave present. */
function present(tokens: string[], texts: (string | null)[]): (string | null)[] {
  const bytes = Buffer.from(texts.join(""));
  const starts = new Uint32Array(texts.length);
  const ends = new Uint32Array(texts.length);
  let at = 0;
  for (const [cell, text] of texts.entries()) {
    starts[cell] = text === null ? MISSING : at;
    at += Buffer.byteLength(text ?? "");
    ends[cell] = at;
  }
  new NullTokens(tokens).apply(bytes, starts, ends, texts.length);
  return texts.map((text, cell) => (starts[cell] === MISSING ? null : text));
}

test("Null tokens make cells of exactly their text missing", () => {
  const texts = ["NA", "na", "NAN", "N", "é", "?", "", null];
  expect(present(["NA", "?", "é"], texts)).toEqual([null, "na", "NAN", "N", null, null, "", null]);
});

test("The empty token makes present empty texts missing", () => {
  expect(present([""], ["", "a", null])).toEqual([null, "a", null]);
});

test("Tokens of one length are all looked at", () => {
  expect(present(["NA", "--", "NA"], ["--", "NA", "-N"])).toEqual([null, null, "-N"]);
});
