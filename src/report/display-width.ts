/**
 * How many columns of a terminal a text takes: two for East Asian wide characters (Unicode Standard
 * Annex #11) and for what is shown as an emoji by itself, none for combining and format characters.
 */
import { isPlain } from "./printable.ts";

const WIDE: RegExp = new RegExp(
  "\\p{Emoji_Presentation}|[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c]|" +
    "[\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6]|" +
    "[\\u{20000}-\\u{3fffd}]",
  "u",
);
const NONE: RegExp = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Counts the columns of a printable text. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** Cuts a text that is wider than `width` columns; an ellipsis then takes the last of them. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let left = width - 1;
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Cuts or pads a text to `width` columns. */
export function toWidth(text: string, width: number): string {
  const cut = cutToWidth(text, width);
  return cut + " ".repeat(width - displayWidth(cut));
}

function widthOf(character: string): number {
  // Before the first combining character only the soft hyphen is not one column wide; the classes
  // take long to compile.
  if (character < "\u0300") return character === "\u00ad" ? 0 : 1;
  return NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}
