/** Texts of any kind inside XML 1.0, where most control characters can not be written at all. */
import { printable } from "./printable.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Escapes a text for content and for attributes; what XML has no way to write is spelled out. */
export function escapeXml(text: string): string {
  return printable(text)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
