/**
 * The shape of a cell in place of its value: what kind of characters stand where.
 *
 * Digits of any script become `9`, letters `a` or `A`; ASCII punctuation and spaces stay; anything
 * else is `?`. A text of more than 12 characters ends in an ellipsis there.
 */
const LENGTH_MAX = 12;

export function textShape(text: string): string {
  // Characters may take two units, and what is cut off need not be looked at.
  const [...characters] = text.slice(0, 2 * LENGTH_MAX + 2);
  const isCut = characters.length > LENGTH_MAX;
  const kept = isCut ? characters.slice(0, LENGTH_MAX - 1) : characters;
  return kept.map(shapeOf).join("") + (isCut ? "…" : "");
}

function shapeOf(character: string): string {
  if (/\p{N}/u.test(character)) return "9";
  if (/\p{Lu}/u.test(character)) return "A";
  if (/\p{L}/u.test(character)) return "a";
  return /[ -~]/.test(character) ? character : "?";
}
