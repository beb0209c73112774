/** What is run: each contender is one command line of node on one input. */
import { fileURLToPath } from "node:url";
import { folder, type Input, type TableName } from "./inputs.ts";

export interface Contender {
  readonly name: string;
  readonly args: readonly string[];
  /** Absent where only the start-up is measured. */
  readonly input?: Input | undefined;
  /** Runs per round: short runs are repeated. */
  readonly repeats: number;
  /** The contender this one is compared with. */
  readonly rival?: Contender | undefined;
}

export const SEMANTICS = ["tidemark", "model-monitor"] as const;

const STARTUP_REPEATS = 5;
const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const PARSE_LINES = fileURLToPath(new URL("./json-parse-lines.js", import.meta.url));
const READ_CAPTURE = fileURLToPath(new URL("./read-capture.js", import.meta.url));
const ALTERNATIVE = fileURLToPath(new URL("./papaparse-profile.js", import.meta.url));

/** Profiles a CSV file into a folder of its own. */
export function baseline(
  table: TableName,
  input: Input,
  semantics: (typeof SEMANTICS)[number],
  rival?: Contender | undefined,
  withoutEvidence: boolean = false,
): Contender & { readonly output: string } {
  const more = withoutEvidence ? ["--no-evidence"] : [];
  const output = `${folder}/baseline-${table}-${input.rows}-${semantics}${more.join("")}`;
  const args = [CLI, "baseline", input.path, "-o", output, "--semantics", semantics, "--quiet"];
  return {
    name: `tidemark baseline, ${table}, ${semantics}${withoutEvidence ? ", no evidence" : ""}`,
    args: [...args, ...more],
    input,
    repeats: 1,
    rival,
    output,
  };
}

/** Parses every line of capture files, and no more. */
export function parseLines(capture: Input): Contender {
  const args = [PARSE_LINES, capture.path];
  return { name: "JSON.parse of every line, capture", args, input: capture, repeats: 1 };
}

/** Reads capture records into batches, and no more. */
export function readCapture(capture: Input, rival: Contender): Contender {
  const args = [READ_CAPTURE, capture.path];
  return { name: "tidemark reading, capture", args, input: capture, repeats: 1, rival };
}

/** The same without the WebAssembly kernel. */
export function readWithoutKernel(capture: Input, rival: Contender): Contender {
  const args = [READ_CAPTURE, capture.path, "--no-kernel"];
  return { name: "tidemark reading, no kernel", args, input: capture, repeats: 1, rival };
}

export interface CheckOptions {
  readonly rival?: Contender | undefined;
  /** Stands between records and rows. */
  readonly script?: HookScript | undefined;
  /** Tells nothing of what stands behind verdicts. */
  readonly withoutEvidence?: boolean | undefined;
}

/** Checks capture records against a baseline folder. */
export function check(
  capture: Input,
  baselineFolder: string,
  { rival, script, withoutEvidence = false }: CheckOptions = {},
): Contender & { readonly output: string } {
  const kind = withoutEvidence ? "no evidence" : script && `${script.language} script`;
  const name = `tidemark check, capture${kind === undefined ? "" : `, ${kind}`}`;
  const output = `${folder}/report-${capture.rows}${kind?.replace(" ", "-") ?? ""}`;
  const more = [
    ...(script === undefined ? [] : ["--preprocessor", script.path]),
    ...(withoutEvidence ? ["--no-evidence"] : []),
  ];
  return {
    name,
    args: [CLI, "check", capture.path, "-b", baselineFolder, "-o", output, "--quiet", ...more],
    input: capture,
    repeats: 1,
    rival,
    output,
  };
}

export interface HookScript {
  readonly language: string;
  readonly path: string;
}

/** Profiles a CSV file the obvious way. */
export function alternative(
  table: TableName,
  input: Input,
): Contender & { readonly output: string } {
  const output = `${folder}/alternative-${table}-${input.rows}.json`;
  return {
    name: `papaparse + tdigest, ${table}`,
    args: [ALTERNATIVE, input.path, output],
    input,
    repeats: 1,
    output,
  };
}

export const emptyScript: Contender = {
  name: "node -e 0",
  args: ["-e", "0"],
  repeats: STARTUP_REPEATS,
};

export const startUp: Contender = {
  name: "tidemark --version",
  args: [CLI, "--version"],
  repeats: STARTUP_REPEATS,
  rival: emptyScript,
};
