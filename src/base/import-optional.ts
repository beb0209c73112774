/** Packages that only some commands need, which their users install. */
import { TidemarkError } from "./tidemark-error.ts";

/**
 * Loads such a package by `load`, its own `import(...)`. Where it is not installed, throws a
 * configuration error that says how to: `name` is the package, `purpose` what it is expected for.
 */
export async function importOptional<T>(
  name: string,
  purpose: string,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    if (!isAbsent) throw cause;
    throw new TidemarkError({
      code: "configuration",
      what: `the package ${name} is not installed`,
      expected: `it for ${purpose}`,
      hint: `Install it beside tidemark with: npm install ${name}.`,
      cause,
    });
  }
}
