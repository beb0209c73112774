/** Texts of any kind inside Markdown that GitHub and others render. */
import { printable } from "./printable.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Escapes a text so that it shows as it is within a line or a table's cell: HTML as entities, what
 * Markdown could read as its own with a backslash. Mentions and addresses are broken by a space of
 * no width, since a backslash does not keep them from becoming links.
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]#|~$]|^[+-](?=\s|$)|:(?=[a-z+-][\w+-]*:)/gi, "\\$&")
    .replace(/^(\d+)(?=[.)](\s|$))/, "$1\\")
    .replace(/[&<>]/g, (character) => ENTITIES[character]!)
    .replace(/@|:(?=\/\/)|www(?=\.)/gi, "$&&#8203;")
    .replace(/^\s+|\s+$/g, (spaces) => spaces.replace(/./g, (it) => `&#${it.charCodeAt(0)};`));
}
