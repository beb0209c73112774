/**
 * Builds the S3 server of the slow suite, the Versity gateway, from its Go module, unless it was
 * built before. It takes a few minutes the first time.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const MODULE = "github.com/versity/versitygw/cmd/versitygw";
const VERSION = "v1.8.0";
const FOLDER: string = new URL("../build/gateway/", import.meta.url).pathname;

/** The path of the program, or why there is none. */
export type Gateway = { readonly program: string } | { readonly lack: string };

/** Throws where a toolchain is there and the module can not be built. */
export async function installGateway(): Promise<Gateway> {
  const folder = join(FOLDER, VERSION);
  const program = join(folder, "versitygw");
  if (existsSync(program)) return { program };
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder, GOFLAGS: "-trimpath", CGO_ENABLED: "0" };
  const known = await runGo(["version"], env);
  if (known.code !== 0) return { lack: "no Go toolchain to build the S3 server is to be had" };
  const { code, said } = await runGo(["install", `${MODULE}@${VERSION}`], env);
  if (code === 0) return { program };
  const isUnreachable = /dial tcp|no such host|i\/o timeout|connection refused/.test(said);
  if (isUnreachable) return { lack: "the S3 server's Go module can not be had" };
  throw new Error(`go install ${MODULE}@${VERSION} ended with ${code}\n${said}`);
}

async function runGo(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const go = spawn("go", args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  go.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => {
    go.on("error", () => resolve(null)).on("close", resolve);
  });
  return { code, said };
}
