/** Profiling as a library call: records in, a profile out, nothing written. */
import type { Profile } from "../profile/profile.ts";
import type { RejectionListener } from "../source/record-source.ts";
import { hoursOf } from "./hours-of.ts";
import { inputsOf, type Source } from "./inputs-of.ts";
import type { ReadOptions } from "./job-options.ts";
import { profileInputs } from "./profile-inputs.ts";
import type { RejectedHint } from "./rejection-count.ts";

export interface ProfileOptions extends ReadOptions {
  /** Takes each record that could not be read. */
  readonly onReject?: RejectionListener | undefined;
}

/** What to do about rejected records where there is no log of them. */
export const REJECTED_HINT: RejectedHint = {
  see: "Pass onReject to see them",
  raise: "raise maxRejectedShare",
};

/**
 * Profiles a source in one streaming pass. Throws a `TidemarkError` when no record can be read or
 * too many are rejected.
 *
 * @example
 * const training = await profile("train.csv");
 * const constraints = suggestConstraints(training);
 */
export async function profile(source: Source, options: ProfileOptions = {}): Promise<Profile> {
  const { onReject, signal } = options;
  const inputs = await inputsOf(source, undefined, { signal, hours: hoursOf(options) });
  const read = await profileInputs(inputs, options, { onReject, rejectedHint: REJECTED_HINT });
  return read.profile;
}
