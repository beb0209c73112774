import fc from "fast-check";
import { expect, it } from "vitest";
import { textShape } from "./text-shape.ts";

it("keeps what kind of characters stand where", () => {
  expect(["1.50e-7", "Anna O'Neil", "a@b.de", "é–Ж 東٣", "", "\t\u001b"].map(textShape)).toEqual([
    "9.99a-9",
    "Aaaa A'Aaaa",
    "a@a.aa",
    "a?A a9",
    "",
    "??",
  ]);
});

it("cuts after twelve characters, whatever units they take", () => {
  expect(textShape("123456789012")).toBe("999999999999");
  expect(textShape("1234567890123")).toBe("99999999999…");
  expect(textShape("😀".repeat(12))).toBe("?".repeat(12));
  expect(textShape("😀".repeat(13))).toBe(`${"?".repeat(11)}…`);
});

it("holds no letter and no digit of the text but those of the shape", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(textShape(text)).toMatch(/^[aA9?…!-/:-@[-`{-~ ]{0,12}$/u);
    }),
  );
});
