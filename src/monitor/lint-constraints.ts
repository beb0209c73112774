/**
 * What is wrong with a constraints file, or allowed and probably not meant: found without running a
 * check, so that it is found before one passes in silence.
 */
import { locatorOf, type TextPlace } from "../base/located-json.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { findFaults } from "../base/validate.ts";
import { constraintsFileSchema, readConstraints } from "../constraints/constraints-file.ts";
import type { Profile } from "../profile/profile.ts";
import { findIdleConstraints } from "./idle-constraints.ts";
import type { Finding, FoundAt } from "./lint-finding.ts";
import { findMissingStatistics, findUnreachableDrift } from "./statistics-fit.ts";

/**
 * Lints a text, given the statistics that stand beside it if there are any. Returns findings in the
 * order of the text; never throws for what is in it.
 */
export async function lintConstraints(
  text: string,
  file: string,
  statistics: Profile | undefined,
): Promise<readonly Finding[]> {
  try {
    const errors = await findErrors(text, file);
    if (errors.length > 0) return errors;
    const { constraints } = await readConstraints(text, file);
    const raw: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    const found = [
      ...findIdleConstraints(constraints, raw),
      ...(statistics === undefined
        ? []
        : [
            ...findMissingStatistics(constraints, statistics),
            ...findUnreachableDrift(constraints, statistics),
          ]),
    ];
    return placed(found, "warning", locatorOf(text));
  } catch (error) {
    if (!(error instanceof TidemarkError) || error.code !== "configuration") throw error;
    const { what, expected, location } = error;
    const place = { line: location?.line ?? 1, column: location?.column ?? 1 };
    return [{ level: "error", place, what, expected }];
  }
}

async function findErrors(text: string, file: string): Promise<readonly Finding[]> {
  const faults = await findFaults(text, file, constraintsFileSchema);
  if (faults.length > 0) return faults.map((fault) => ({ level: "error", ...fault }));
  return placed(repeatedNames(JSON.parse(text.replace(/^\uFEFF/, ""))), "error", locatorOf(text));
}

function repeatedNames({ features }: { features: readonly { name: string }[] }): FoundAt[] {
  const firsts = new Map<string, number>();
  return features.flatMap(({ name }, index) => {
    const first = firsts.get(name);
    if (first === undefined) {
      firsts.set(name, index);
      return [];
    }
    return [
      {
        path: ["features", index, "name"],
        what: `features[${index}] has the name of features[${first}]`,
        expected: "every name once",
      },
    ];
  });
}

function placed(
  found: readonly FoundAt[],
  level: Finding["level"],
  placeOf: (path: readonly PropertyKey[]) => TextPlace,
): readonly Finding[] {
  return found
    .map(({ path, ...finding }) => ({ level, place: placeOf(path), ...finding }))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}
