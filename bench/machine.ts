/** Where the bench ran. */
import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly platform: string;
  /** Load averages over a minute as the bench began and ended: what else ran shows here. */
  readonly load: readonly [begin: number, end: number];
  readonly versions: Readonly<Record<string, string>>;
}

const ROOT = new URL("../../", import.meta.url);

/** Reads the load average over the last minute. */
export function load(): number {
  return Math.round(loadavg()[0]! * 10) / 10;
}

/** Describes this machine; `versions` are those of the contenders. */
export function describeMachine(
  loadAtBegin: number,
  versions: Readonly<Record<string, string>>,
): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    load: [loadAtBegin, load()],
    versions: { node: process.versions.node, tidemark: versionIn("package.json"), ...versions },
  };
}

/** Reads the version of an installed package, undefined where it is not. */
export function packageVersion(name: string): string | undefined {
  try {
    return versionIn(`node_modules/${name}/package.json`);
  } catch {
    return undefined;
  }
}

function versionIn(path: string): string {
  return JSON.parse(readFileSync(new URL(path, ROOT), "utf8")).version;
}
