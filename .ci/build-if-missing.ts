/** Builds the command line once before the tests when nobody has, as after a fresh clone. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const root = new URL("..", import.meta.url).pathname;

export function setup(): void {
  if (existsSync(`${root}dist/cli.cjs`)) return;
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
}
