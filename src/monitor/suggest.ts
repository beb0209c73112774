/**
 * Constraints from the profile of the training data: exactly what was observed, without tolerance.
 */
import { ALL_CHECKS } from "../checks/all.ts";
import {
  type ConfigOverrides,
  type Constraints,
  DEFAULT_CONFIG,
  type FeatureConstraints,
} from "../constraints/constraints.ts";
import type { Profile } from "../profile/profile.ts";

/** Folds what each check suggests over the features; `config` replaces defaults key by key. */
export function suggestConstraints(profile: Profile, config: ConfigOverrides = {}): Constraints {
  const features = profile.features.map((feature): FeatureConstraints => {
    const { name, inferredType } = feature;
    const suggested = ALL_CHECKS.map((check) => check.suggest(feature));
    return Object.assign({ name, inferredType, overrides: {} }, ...suggested);
  });
  return { features, config: { ...DEFAULT_CONFIG, ...config } };
}
