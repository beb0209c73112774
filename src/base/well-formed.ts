/** Replaces each lone surrogate, which UTF-8 has no bytes for, by U+FFFD as an encoder would. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
