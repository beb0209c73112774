/**
 * What the platform tells a container in files: `processingjobconfig.json` (the job as it was
 * requested) and `resourceconfig.json` (its hosts). Amazon SageMaker developer guide, "How Amazon
 * SageMaker Processing configures input and output for your processing container".
 */
import { validate, type Zod } from "../base/validate.ts";
import type { ContainerPaths, Environment } from "./container-paths.ts";
import { readIfThere } from "./read-if-there.ts";

export interface ContainerDescription {
  /** The variables the job was requested with. */
  readonly environment: Environment;
  /** Comma-separated names or positions of features to leave out. */
  readonly excludedFeatures: string | undefined;
  /** One host where the platform names none. */
  readonly hosts: readonly string[];
}

/** Reads both files; either may be absent. Throws a configuration error for one that is broken. */
export async function readContainerDescription(
  paths: ContainerPaths,
): Promise<ContainerDescription> {
  const job = (await readFirst(paths.jobDescriptions, jobSchema)) ?? {};
  const resources = await readFirst([paths.hosts], hostsSchema);
  return {
    environment: job.Environment ?? {},
    // The place is not documented, the name is.
    excludedFeatures: findText(job, "ExcludeFeaturesAttribute"),
    hosts: resources?.hosts ?? ["localhost"],
  };
}

async function readFirst<T>(
  paths: readonly string[],
  schemaOf: Parameters<typeof validate<T>>[2],
): Promise<T | undefined> {
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text !== undefined) return validate(text, path, schemaOf);
  }
  return undefined;
}

const jobSchema = (z: Zod) =>
  z.looseObject(
    {
      Environment: z
        .record(z.string(), z.string({ error: "a text" }), { error: "an object of texts" })
        .optional(),
    },
    { error: "an object" },
  );

const hostsSchema = (z: Zod) =>
  z.object(
    { hosts: z.array(z.string({ error: "a host name" }), { error: "a list of host names" }) },
    { error: "an object with hosts" },
  );

/** Finds the first text of that name, however deep. */
function findText(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = key === name && typeof child === "string" ? child : findText(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
