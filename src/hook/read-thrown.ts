/** What is told of something that a JavaScript hook threw: its type and place, not its message. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { HookSetup, Raised } from "./hook-message.ts";

const MESSAGE_LENGTH = 200;
const FRAMES_MAX = 20;
const FRAME = /^\s+at (?:async )?(?:(.*?) \()?(file:\/\/.+?|\/.+?|[A-Za-z]:\\.+?):(\d+):\d+\)?$/;
/** Where V8 writes a syntax error's place: before everything else. */
const SYNTAX_PLACE = /^(file:\/\/.+|\/.+|[A-Za-z]:\\.+):(\d+)$/m;
const OWN_FOLDER = dirname(fileURLToPath(import.meta.url));
/** Faults of an import name modules and bindings, which no cell value can reach. */
const IMPORT_CODES: readonly string[] = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"];

interface Frame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface Thrown {
  readonly raised: Raised;
  /** The traceback, innermost first, as lines to print. */
  readonly trace: readonly string[];
}

/** Reads an exception; the message is kept only where values may be shown. */
export function readThrown(
  thrown: unknown,
  { script, showsValues }: Pick<HookSetup, "script" | "showsValues">,
): Thrown {
  const error = thrown instanceof Error ? thrown : undefined;
  const stack = typeof error?.stack === "string" ? error.stack : "";
  const frames = framesOf(stack);
  const type = error === undefined ? `a value of type ${typeof thrown}` : `${error.name}`;
  const message = showsValues || isImportFault(error) ? messageOf(error ?? thrown) : null;
  const { file, line } = frames.find((frame) => frame.file === script) ??
    frames[0] ?? { file: null, line: null };
  const trace = frames.map((frame) => `  at ${frame.file}:${frame.line} in ${frame.name}`);
  const title = showsValues ? `${type}: ${message}` : type;
  return {
    raised: { type, message, file, line },
    trace: [title, ...trace.slice(0, FRAMES_MAX)],
  };
}

/** Finds the line of a syntax error, which V8 tells of CommonJS modules only. */
export function placeOfSyntax(text: string): Pick<Raised, "file" | "line"> {
  const match = SYNTAX_PLACE.exec(text);
  if (match === null) return { file: null, line: null };
  return { file: pathOf(match[1]!), line: Number(match[2]) };
}

function framesOf(stack: string): readonly Frame[] {
  return stack.split("\n").flatMap((text) => {
    const match = FRAME.exec(text);
    if (match === null) return [];
    const file = pathOf(match[2]!);
    if (dirname(file) === OWN_FOLDER) return [];
    return [{ name: match[1] ?? "the module", file, line: Number(match[3]) }];
  });
}

function pathOf(place: string): string {
  if (!place.startsWith("file:")) return place;
  // A query tells loads of one module apart.
  return fileURLToPath(place.replace(/[?#].*$/, ""));
}

function isImportFault(error: Error | undefined): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && IMPORT_CODES.includes(code);
}

function messageOf(thrown: unknown): string {
  try {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return text.split("\n", 1)[0]!.slice(0, MESSAGE_LENGTH);
  } catch {
    return "";
  }
}
