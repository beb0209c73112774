/**
 * The manual page, in the `man` macros of roff: what help tells of each command, and what all
 * commands share.
 */
import { VERSION } from "./base/version.ts";
import { type CommandNode, flatten, type OptionNode } from "./command-tree.ts";

const EXIT_STATUSES: readonly (readonly [string, string])[] = [
  ["0", "Done, with or without violations."],
  ["1", "An internal fault."],
  ["2", "Usage or configuration, and errors that constraints lint finds."],
  ["3", "An input that can not be read, or is empty."],
  ["4", "Violations under --fail-on-violation, or constraints that differ."],
  ["130, 143", "Ended by SIGINT, by SIGTERM."],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["TIDEMARK_X_Y", "The option --x-y of baseline, check and inspect, and of a container."],
  ["TIDEMARK_CONFIG", "The file with options, where --config names none."],
  ["TIDEMARK_PYTHON", "The Python that runs scripts; otherwise python3 of PATH."],
  ["NO_COLOR", "Set to anything: no colors."],
];

const FILES: readonly (readonly [string, string])[] = [
  [
    "tidemark.config.json, tidemark.config.yaml",
    "Options, in the working folder; flags and variables stand above them.",
  ],
  ["statistics.json, constraints.json", "A baseline, and the same of a run's own data."],
  ["constraint_violations.json", "What a check found."],
  ["insights.json, report.html", "Everything a run knows, and the page that is drawn of it."],
];

/** Renders the page. It has no date, so that the same version gives the same bytes. */
export function renderManPage(tree: CommandNode): string {
  const commands = flatten(tree).slice(1);
  const lines = [
    `.TH TIDEMARK 1 "" "tidemark ${VERSION}" "User Commands"`,
    ".SH NAME",
    wrapped(`tidemark \\- ${roff(tree.summary)}`),
    ".SH SYNOPSIS",
    `.B tidemark`,
    roff(tree.usage),
    ".SH OPTIONS",
    ...tree.options.flatMap(renderOption),
    ".SH COMMANDS",
    ...commands.flatMap(renderCommand),
    ".SH EXAMPLES",
    ...asWritten(tree.notes.replace(/^Examples:\n/, "")),
    ".SH EXIT STATUS",
    ...EXIT_STATUSES.flatMap(renderTerm),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.flatMap(renderTerm),
    ".SH FILES",
    ...FILES.flatMap(renderTerm),
  ];
  return `${lines.join("\n")}\n`;
}

function renderCommand(node: CommandNode): readonly string[] {
  const given = node.arguments.map(({ name, summary }) => [name, summary] as const);
  return [
    `.SS "${roff(`${node.path.join(" ")} ${node.usage}`)}"`,
    paragraph(`${node.summary.charAt(0).toUpperCase()}${node.summary.slice(1)}.`),
    ...given.filter(([, summary]) => summary !== "").flatMap(renderTerm),
    ...node.options.filter(({ long }) => long !== "--help").flatMap(renderOption),
    ...renderNotes(node),
  ];
}

function renderOption({ short, long, value, choices, summary }: OptionNode): readonly string[] {
  const names = [short, long].filter((name) => name !== undefined).join(", ");
  const taken = value === undefined ? "" : ` \\fI${roff(value)}\\fR`;
  const told = choices.length === 0 ? summary : `${summary}: ${choices.join(", ")}`;
  return [".TP", `\\fB${roff(names)}\\fR${taken}`, paragraph(told)];
}

function renderTerm([term, text]: readonly [string, string]): readonly string[] {
  return [".TP", `\\fB${roff(term)}\\fR`, paragraph(text)];
}

function renderNotes({ notes }: CommandNode): readonly string[] {
  return notes === "" ? [] : [".PP", ...asWritten(notes)];
}

function asWritten(text: string): readonly string[] {
  return [".nf", ...text.split("\n").map(roff), ".fi"];
}

function paragraph(text: string): string {
  return wrapped(roff(text));
}

/** Lines of a paragraph, none of which begins as a macro does. */
function wrapped(text: string): string {
  return text
    .replace(/(.{1,70}\S*)(?: |$)/g, "$1\n")
    .trimEnd()
    .replace(/^(?=[.'])/gm, "\\&");
}

/** Text without a meaning to roff, in ASCII. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll('"', "\\(dq")
    .replace(/^(?=[.'])/, "\\&")
    .replace(/[^\x20-\x7e]/gu, (character) => {
      return `\\[u${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;
    });
}
