/** Where the bench ran and of which versions. */
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
}

const ROOT = new URL("../../", import.meta.url);
const RIVALS = ["papaparse", "tdigest"];

/** Reads this machine and the packages measured. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    versions: {
      node: process.versions.node,
      tidemark: versionIn("package.json"),
      ...Object.fromEntries(
        RIVALS.map((name) => [name, versionIn(`node_modules/${name}/package.json`)]),
      ),
    },
  };
}

function versionIn(path: string): string {
  return JSON.parse(readFileSync(new URL(path, ROOT), "utf8")).version;
}
