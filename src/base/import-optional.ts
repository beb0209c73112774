/** Packages that only some commands need, which their users install. */
import { TidemarkError } from "./tidemark-error.ts";

export interface OptionalPackage {
  readonly name: string;
  /** What it does, as a clause: `which reads objects`. */
  readonly use: string;
  /** The input or output that it is needed for. */
  readonly file: string;
}

/**
 * Loads such a package by `load`, its own `import(...)`. Where it is not installed, throws a
 * configuration error that says how to.
 */
export async function importOptional<T>(
  { name, use, file }: OptionalPackage,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    if (!isAbsent) throw cause;
    throw new TidemarkError({
      code: "configuration",
      location: { file },
      what: `the package ${name}, ${use}, is not installed`,
      expected: "it beside tidemark",
      hint: `Install it with: npm install ${name}.`,
      cause,
    });
  }
}
