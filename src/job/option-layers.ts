/** Where options come from below the flags: a file, and over it the environment. */
import type { SchemaOf } from "../base/validate.ts";
import type { ConfigOverrides } from "../constraints/constraints.ts";
import { readCommandVariables } from "./command-variables.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import type { Variables } from "./container-options.ts";
import type { Environment } from "./container-paths.ts";

interface Layer {
  readonly $schema?: string | undefined;
  readonly monitoring_config?: ConfigOverrides | undefined;
}

export interface OptionLayers<T> {
  readonly file: ConfigFile<T> | undefined;
  readonly variables: Variables;
  /** The environment's over the file's; the flags stand above them. */
  readonly options: Omit<T, keyof Layer> & {
    readonly monitoring_config: ConfigOverrides;
  };
}

/**
 * Reads both. `TIDEMARK_CONFIG` names the file where `--config` does not. Throws a usage or
 * configuration error for what is wrong in either.
 */
export async function readOptionLayers<T extends Layer>(
  flags: Readonly<Record<string, unknown>>,
  environment: Environment,
  schemaOf: SchemaOf<T>,
): Promise<OptionLayers<T>> {
  const variables = readCommandVariables(environment, flags);
  const { config, ...overriding } = variables.options;
  const file = await readConfigFile(flags["config"] ?? config, schemaOf);
  const { $schema: _, monitoring_config, ...options } = file?.options ?? ({} as T);
  return {
    file,
    variables,
    options: {
      ...options,
      ...overriding,
      monitoring_config: { ...monitoring_config, ...variables.monitoringConfig },
    },
  };
}
