/** Are enough of the present texts among the allowed ones? Texts are compared exactly. */
import { formatJavaDouble } from "../base/java-double.ts";
import type { FeatureCheck } from "./check.ts";
import { judge, withoutCells } from "./judge.ts";

/**
 * Violated when the share of present cells inside `domains` is below `domain_content_threshold`.
 * Without any allowed text no cell complies.
 *
 * Compatibility: the text is that of the service's 2019 images, trailing space included; the
 * present one is not public, and AWS's own visualiser still parses this one.
 */
export const categoricalValuesCheck: FeatureCheck = {
  type: "categorical_values_check",

  suggest: ({ categories }) =>
    categories === undefined ? {} : { domains: categories.map(({ value }) => value) },

  evaluate({ constraint, config, current }) {
    if (constraint.inferredType !== "String" || constraint.domains === undefined) return undefined;
    const threshold = config.domainContentThreshold;
    const facts = { type: this.type, featureName: constraint.name, expected: threshold, threshold };
    if (current.present === 0) return withoutCells(facts);
    const { counts } = current.measured!.frequencies;
    let allowed = 0;
    for (const value of new Set(constraint.domains)) allowed += counts.get(value) ?? 0;
    const observed = allowed / current.present;
    const share = formatJavaDouble(observed);
    const description = `Value: ${share} does not meet the constraint requirement! `;
    return judge({ ...facts, observed }, observed < threshold, description);
  },
};
