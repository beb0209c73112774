/**
 * Builds the S3 server of the slow suite, the Versity gateway, from its Go module, unless it was
 * built before. It takes a few minutes the first time.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const MODULE = "github.com/versity/versitygw/cmd/versitygw";
const VERSION = "v1.8.0";
const FOLDER: string = new URL("../build/gateway/", import.meta.url).pathname;
const PATH = `${process.env["PATH"]}:/usr/local/go/bin:/usr/lib/go/bin`;

/** The path of the program, or why there is none. */
export type Gateway = { readonly program: string } | { readonly lack: string };

export function installGateway(): Gateway {
  const folder = join(FOLDER, VERSION);
  const program = join(folder, "versitygw");
  if (existsSync(program)) return { program };
  const env = { ...process.env, PATH, GOBIN: folder, GOFLAGS: "-trimpath", CGO_ENABLED: "0" };
  if (spawnSync("go", ["version"], { env }).status !== 0) {
    return { lack: "no Go toolchain, which builds the S3 server, is to be had" };
  }
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync("go", ["install", `${MODULE}@${VERSION}`], {
    env,
    encoding: "utf8",
  });
  if (status === 0) return { program };
  const isUnreachable = /dial tcp|no such host|i\/o timeout|connection refused/.test(stderr);
  if (isUnreachable) return { lack: "the S3 server's Go module can not be downloaded" };
  throw new Error(`go install ${MODULE}@${VERSION} ended with ${status}\n${stderr}`);
}
