/**
 * Builds the servers of the slow suite from their Go modules, unless they were built before. Each
 * takes a few minutes the first time.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const GATEWAY = "github.com/versity/versitygw/cmd/versitygw";
const GATEWAY_VERSION = "v1.8.0";
const COLLECTOR: string = new URL("collector/", import.meta.url).pathname;
const FOLDER: string = new URL("../build/", import.meta.url).pathname;

/** The path of the program, or why there is none. */
export type Server = { readonly program: string } | { readonly lack: string };

/** The Versity gateway, an S3 server. Throws where a toolchain is there and it can not be built. */
export function installGateway(): Promise<Server> {
  const folder = join(FOLDER, "gateway", GATEWAY_VERSION);
  const args = ["install", `${GATEWAY}@${GATEWAY_VERSION}`];
  return install("the S3 server", join(folder, "versitygw"), args, { GOBIN: folder });
}

/** An OpenTelemetry Collector of the parts that `collector/` names; throws as the gateway does. */
export function installCollector(): Promise<Server> {
  const digest = createHash("sha256");
  for (const file of readdirSync(COLLECTOR).sort()) digest.update(readFileSync(COLLECTOR + file));
  const folder = join(FOLDER, "collector", digest.digest("hex").slice(0, 16));
  const program = join(folder, "otelcol");
  const args = ["build", "-C", COLLECTOR, "-ldflags", "-s -w", "-o", program];
  return install("the collector", program, args);
}

async function install(
  name: string,
  program: string,
  args: readonly string[],
  own: NodeJS.ProcessEnv = {},
): Promise<Server> {
  if (existsSync(program)) return { program };
  mkdirSync(dirname(program), { recursive: true });
  // No other toolchain than the machine's is fetched.
  const settings = { GOTOOLCHAIN: "local", GOFLAGS: "-trimpath -buildvcs=false", CGO_ENABLED: "0" };
  const env = { ...process.env, ...settings, ...own };
  const known = await runGo(["version"], env);
  if (known.code !== 0) return { lack: `no Go toolchain to build ${name} is to be had` };
  const { code, said } = await runGo(args, env);
  if (code === 0) return { program };
  const isOld = /requires go >= /.test(said);
  if (isOld) return { lack: `the Go toolchain is too old to build ${name}` };
  const isUnreachable = /dial tcp|no such host|i\/o timeout|connection refused/.test(said);
  if (isUnreachable) return { lack: `the Go modules of ${name} can not be had` };
  throw new Error(`go ${args.join(" ")} ended with ${code}\n${said}`);
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
