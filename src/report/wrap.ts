/** Running text of the summary: a head such as `Wrote`, and words behind it. */
import { displayWidth } from "./display-width.ts";

const WIDTH = 80;

/**
 * Breaks a text between words so that lines are at most 80 columns wide, but for a word that is
 * wider by itself; further lines are indented to where the first one's text starts. `headWidth` is
 * that of the head without its colours.
 */
export function wrap(head: string, text: string, headWidth: number = displayWidth(head)): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const isFull = headWidth + displayWidth(line) + 1 + displayWidth(word) > WIDTH;
    if (line !== "" && isFull) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((text, index) => (index === 0 ? head : " ".repeat(headWidth)) + text);
}
