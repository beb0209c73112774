/**
 * What a command prints. Node takes more than a millisecond to open a stream of the process, so
 * none is opened before it is needed: a file or a pipe is written to without one.
 */
import { fstatSync, writeSync } from "node:fs";

/** Their file descriptors. */
const FILES = { stdout: 1, stderr: 2 } as const;

type Name = keyof typeof FILES;

const opened = new Map<Name, NodeJS.WriteStream>();

/** Prints a result. */
export function printOut(content: string | Uint8Array): void {
  const rest = opened.has("stdout") ? content : writeAtOnce(FILES.stdout, content);
  if (rest.length > 0) open("stdout").write(rest);
}

/** Prints what is said beside results. */
export function printError(text: string): void {
  open("stderr").write(text);
}

/** The terminal that a stream is; undefined where it is none. */
export function terminal(name: Name): NodeJS.WriteStream | undefined {
  if (!isDevice(FILES[name])) return undefined;
  const stream = open(name);
  return stream.isTTY ? stream : undefined;
}

/** Whether results may have colours. */
export function isColored(): boolean {
  return terminal("stdout") !== undefined && !process.env["NO_COLOR"];
}

/** Whether all that was printed has been taken. */
export function isPrinted(): boolean {
  return [...opened.values()].every(({ writableLength }) => writableLength === 0);
}

function open(name: Name): NodeJS.WriteStream {
  const stream = process[name];
  if (opened.get(name) !== stream) stream.on("error", ignoreClosed);
  opened.set(name, stream);
  return stream;
}

/** Returns what is not written: to no device, and to a pipe while it is full and does not wait. */
function writeAtOnce(file: number, content: string | Uint8Array): string | Uint8Array {
  if (isDevice(file)) return content;
  let rest = typeof content === "string" ? Buffer.from(content) : content;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return rest;
    ignoreClosed(error as NodeJS.ErrnoException);
    return "";
  }
  return rest;
}

/** A reader that has seen enough (`| head`) is not a fault. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** A terminal, or one like `/dev/null`. A closed one is left to Node, which knows what to do. */
function isDevice(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return true;
  }
}
