/** The YAML package; loaded once it is needed. */
import type * as Yaml from "yaml";

export type { Yaml };

export async function loadYaml(): Promise<typeof Yaml> {
  return await import("yaml");
}
