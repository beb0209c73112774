/** One measured run of another process: wall time from its start to its exit, and peak memory. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const POLL_MS = 10;
const STDERR_SHOWN = 2000;

/** A program to run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface Measurement {
  readonly seconds: number;
  /** Undefined where the system does not tell. */
  readonly peakBytes: number | undefined;
  readonly stdout: string;
}

/**
 * A file of certificates that Node reads at each start, which may take longer than the rest of it:
 * a matter of this machine, not of what is measured.
 */
export const CERTIFICATES = "NODE_EXTRA_CA_CERTS";

/** Runs a program, without such certificates unless they are asked for; throws when it fails. */
export async function runProcess({ program, args, env = {} }: Command): Promise<Measurement> {
  const startMs = performance.now();
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, [CERTIFICATES]: "", ...env },
  });
  let peakBytes: number | undefined;
  const timer = setInterval(() => {
    peakBytes = peakOf(child.pid) ?? peakBytes;
  }, POLL_MS);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exited = new Promise<{ code: number | null; endMs: number }>((resolve, reject) => {
    let exit = { code: null as number | null, endMs: 0 };
    child.once("error", reject);
    child.once("exit", (code) => {
      exit = { code, endMs: performance.now() };
    });
    child.once("close", () => resolve(exit));
  });
  const { code, endMs } = await exited.finally(() => clearInterval(timer));
  if (code !== 0) {
    const command = [program, ...args].join(" ");
    throw new Error(`${command} ended with ${code}: ${stderr.slice(0, STDERR_SHOWN)}`);
  }
  return { seconds: (endMs - startMs) / 1000, peakBytes, stdout };
}

/** Reads the high-water mark of resident memory, which Linux keeps per process. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
