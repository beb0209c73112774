/** Parses a whole number in decimal digits; undefined for other texts and for one below `least`. */
export function parseWholeNumber(text: string, least: number): number | undefined {
  if (!/^\d{1,15}$/.test(text.trim())) return undefined;
  const value = Number(text);
  return value < least ? undefined : value;
}
