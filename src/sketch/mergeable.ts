/**
 * The contract of every mergeable state.
 *
 * Laws, run over a table of all of them in `mergeable.property.test.ts`:
 * 1. identity: merging with a fresh instance changes nothing observable;
 * 2. associativity of merge;
 * 3. fold(a ++ b) = merge(fold a, fold b);
 * 4. the argument of merge is unchanged;
 * 5. merging with oneself is refused;
 * 6. save, load, continue = continue.
 * Bitwise for what is order-free, within a stated bound for the rest.
 */
export interface Mergeable<Self, Input, State> {
  /** Folds a column in, in order. */
  add(column: Input): void;
  /** Folds another state of equal parameters in; throws when it is this very instance. */
  merge(other: Self): void;
  /** True until the first value; empty is a case, never a NaN. */
  readonly isEmpty: boolean;
  /** Throws an internal error when a documented invariant is broken. */
  checkInvariants(): void;
  /** A plain JSON value from which `load` rebuilds a state that continues identically. */
  save(): State;
}

/** `count` finite doubles without -0; the array may be longer. */
export interface Numbers {
  readonly values: Float64Array;
  readonly count: number;
}
