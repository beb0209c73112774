/** Where the platform puts files for a container and expects them from it. */
import { join } from "node:path";

const PLATFORM_ROOT = "/opt/ml";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ContainerPaths {
  /** Text that tells how the job ended. */
  readonly message: string;
  readonly metricsFolder: string;
  /** Where the job's description may stand: the documentation names two places. */
  readonly jobDescriptions: readonly string[];
  readonly hosts: string;
  /** Maps a path as the platform gives it. */
  locate(path: string): string;
}

/** The platform's paths; `TIDEMARK_ML_ROOT` stands for `/opt/ml` where that is not to be had. */
export function containerPaths(env: Environment): ContainerPaths {
  const root = env["TIDEMARK_ML_ROOT"] || PLATFORM_ROOT;
  return {
    message: join(root, "output/message"),
    metricsFolder: join(root, "output/metrics/cloudwatch"),
    jobDescriptions: ["config", "processing"].map((folder) =>
      join(root, folder, "processingjobconfig.json"),
    ),
    hosts: join(root, "config/resourceconfig.json"),
    locate(path) {
      const isBelow = path === PLATFORM_ROOT || path.startsWith(`${PLATFORM_ROOT}/`);
      return isBelow ? join(root, path.slice(PLATFORM_ROOT.length)) : path;
    },
  };
}
