import { describe, expect, it } from "vitest";
import { wrap } from "./wrap.ts";

describe("wrap", () => {
  it("breaks between words at 80 columns and indents the further lines", () => {
    const word = "x".repeat(37);
    expect(wrap("Head  ", `${word} ${word.slice(1)} y`)).toEqual([
      `Head  ${word} ${word.slice(1)}`,
      "      y",
    ]);
    expect(wrap("Head  ", `${word} ${word} y`)).toEqual([`Head  ${word}`, `      ${word} y`]);
    expect(wrap("Head  ", "")).toEqual(["Head  "]);
  });

  it("leaves a word whole that is wider than the line: a path must stay one", () => {
    const path = `/${"deep/".repeat(20)}`;
    expect(wrap("Wrote ", `a in ${path} now`)).toEqual([
      "Wrote a in",
      `      ${path}`,
      "      now",
    ]);
  });

  it("counts columns, not characters, and no colours of the head", () => {
    const wide = "年".repeat(19);
    expect(wrap("A ", `${wide} ${wide}`)).toEqual([`A ${wide} ${wide}`]);
    expect(wrap("AB ", `${wide} ${wide}年`)).toEqual([`AB ${wide}`, `   ${wide}年`]);
    expect(wrap("\u001b[1mA\u001b[22m ", `${wide} ${wide}`, 2)).toHaveLength(1);
  });
});
