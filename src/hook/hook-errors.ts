/** Everything that ends a run because of its script, as errors that say what to do. */
import { basename } from "node:path";
import { type ErrorParts, excerpt, TidemarkError } from "../base/tidemark-error.ts";
import type { HookReply, HookRole, Raised } from "./hook-message.ts";
import type { HookOptions } from "./hook-options.ts";

/** How a script's process ended by itself. */
export interface HookEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines that it printed. */
  readonly lastLines: readonly string[];
}

/** A reply after which the script is of no use. */
export type FatalReply = Exclude<HookReply, { outcomes: unknown } | { ready: true }>;

const KINDS = { preprocess: "pre-processing", postprocess: "post-processing" } as const;
const ARGUMENTS = {
  python: {
    preprocess:
      "preprocess_handler(inference_record) or preprocess_handler(inference_record, logger)",
    postprocess: "postprocess_handler() without parameters",
  },
  javascript: {
    preprocess: "an exported function preprocess(record, { logger, rng })",
    postprocess: "an exported function postprocess({ statistics, constraints, violations, ... })",
  },
} as const;
const FUNCTIONS = {
  python: { preprocess: "preprocess_handler", postprocess: "postprocess_handler" },
  javascript: { preprocess: "preprocess", postprocess: "postprocess" },
} as const;
const TIMEOUT_HINT = "Raise the bound with --hook-timeout if the script needs that long.";
export const VALUES_HINT =
  "Run the script by itself, or pass --show-values, to see the exception's message.";

/** Builds the errors of one script. */
export class HookErrors {
  readonly #script: string;
  readonly #role: HookRole;
  readonly #python: string;

  constructor({ script, python = "python3" }: HookOptions, role: HookRole) {
    this.#script = script;
    this.#role = role;
    this.#python = python;
  }

  missingFile(cause: unknown): TidemarkError {
    const expected = `a ${KINDS[this.#role]} script`;
    return this.#error({ what: "no such file", expected, hint: "Check the path.", cause });
  }

  unknownEnding(): TidemarkError {
    const what = "is not a script that Tidemark can run";
    const expected = "a file that ends in .py, .js, .mjs or .cjs";
    const isTypeScript = /\.[cm]?ts$/.test(this.#script);
    const hint = isTypeScript ? "Compile it to JavaScript." : undefined;
    return this.#error({ what, expected, hint });
  }

  missingPython(cause: unknown): TidemarkError {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such program" : `it can not be started (${code})`;
    return this.#error({
      what: `needs ${this.#python}, and ${why}`,
      expected: "Python 3.8 or newer",
      hint:
        "Use the python variant of the image, install python3, or name an interpreter with " +
        "TIDEMARK_PYTHON.",
      cause,
    });
  }

  silence(timeoutMs: number): TidemarkError {
    return this.#error({ what: `gave no answer for ${timeoutMs / 1000} s`, hint: TIMEOUT_HINT });
  }

  ended({ code, signal, lastLines }: HookEnd): TidemarkError {
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    const last = lastLines.map(excerpt).join(", ");
    return this.#error({
      what: `ended its process ${how} before it was done`,
      hint: last === "" ? "It printed nothing." : `Its last lines: ${last}.`,
    });
  }

  of(reply: FatalReply): TidemarkError {
    if ("missing" in reply) return this.#missing(reply.missing.hasOther);
    if ("parameters" in reply) {
      return this.#error({
        line: reply.parameters.line,
        what: `${this.#names[this.#role]} takes other parameters`,
        expected: ARGUMENTS[this.#language][this.#role],
      });
    }
    if ("exit" in reply) {
      const hint = this.#role === "preprocess" ? "Return [] to drop a record." : undefined;
      return this.#raised(reply.exit, "ended its own process", "a script that returns", hint);
    }
    const verb = this.#language === "python" ? "raised" : "threw";
    const [raised, where] =
      "uncaught" in reply ? [reply.uncaught, " outside of a call"] : [reply.raised, ""];
    const { type, message } = raised;
    if (message !== null) return this.#raised(raised, `${verb} ${type}${where}: ${message}`);
    return this.#raised(raised, `${verb} ${type}${where}`, undefined, VALUES_HINT);
  }

  get #language(): "python" | "javascript" {
    return isPython(this.#script) ? "python" : "javascript";
  }

  get #names(): Readonly<Record<HookRole, string>> {
    return FUNCTIONS[this.#language];
  }

  #missing(hasOther: boolean): TidemarkError {
    const other = this.#role === "preprocess" ? "postprocess" : "preprocess";
    return this.#error({
      what: `has no function ${this.#names[this.#role]}`,
      expected: ARGUMENTS[this.#language][this.#role],
      hint: hasOther
        ? `It has ${this.#names[other]}, so it looks like the ${KINDS[other]} script.`
        : undefined,
    });
  }

  /** A fault in another file is told with that file's name. */
  #raised(raised: Raised, what: string, expected?: string, hint?: string): TidemarkError {
    const { file, line } = raised;
    const isOwn = file === null || basename(file) === basename(this.#script);
    if (isOwn) return this.#error({ line, what, expected, hint });
    return this.#error({ what: `${what} at ${file}:${line}`, expected, hint });
  }

  #error({
    line,
    ...parts
  }: Omit<ErrorParts, "code"> & { line?: number | null | undefined }): TidemarkError {
    const location = { file: this.#script, line: line ?? undefined };
    return new TidemarkError({ code: "configuration", location, ...parts });
  }
}

export function isPython(script: string): boolean {
  return script.endsWith(".py");
}
