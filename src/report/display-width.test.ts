import { describe, expect, it } from "vitest";
import { cutToWidth, displayWidth, toWidth } from "./display-width.ts";

describe("displayWidth", () => {
  it("counts one column for most characters, two for wide ones, none for marks", () => {
    expect(displayWidth("")).toBe(0);
    expect(displayWidth("Day Mins")).toBe(8);
    expect(displayWidth("größe")).toBe(5);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(displayWidth("a\u00adb · c")).toBe(6);
    expect(displayWidth("年齢")).toBe(4);
    expect(displayWidth("한국")).toBe(4);
    expect(displayWidth("ＡＢ")).toBe(4);
    expect(displayWidth("😀😀")).toBe(4);
    expect(displayWidth("𠀀")).toBe(2);
  });
});

describe("cutToWidth", () => {
  it("keeps what fits and ends what does not in an ellipsis", () => {
    expect(cutToWidth("abcd", 4)).toBe("abcd");
    expect(cutToWidth("abcde", 4)).toBe("abc…");
    expect(cutToWidth("年齢層", 6)).toBe("年齢層");
    expect(cutToWidth("年齢層", 5)).toBe("年齢…");
    expect(cutToWidth("年齢層", 4)).toBe("年…");
  });

  it("does not cut a character in two", () => {
    expect(cutToWidth("😀😀", 2)).toBe("…");
    expect(cutToWidth("😀😀", 3)).toBe("😀…");
  });
});

describe("toWidth", () => {
  it("gives texts one width", () => {
    for (const text of ["", "ab", "abcdefgh", "年齢層の分布", "😀", "e\u0301"]) {
      expect(displayWidth(toWidth(text, 6)), text).toBe(6);
    }
    expect(toWidth("年齢層の分布", 6)).toBe("年齢… ");
  });
});
