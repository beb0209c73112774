/** What the count tables of all columns may use together. */
export const TABLE_BYTES_MAX: number = 16 * 1024 * 1024;

/** Bytes that several tables may use together. */
export class MemoryBudget {
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isExceeded(): boolean {
    return this.#bytes > this.#bytesMax;
  }

  /** Takes bytes, or gives them back when negative. */
  use(bytes: number): void {
    this.#bytes += bytes;
  }
}

/** What one table uses of a budget. */
export class BudgetShare {
  readonly #budget: MemoryBudget;
  #bytes = 0;
  /** Bytes of them that the budget has not been told of; undefined where it is told of all. */
  #untold: number | undefined;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  /** Whether all tables of the budget use too much. */
  get isExceeded(): boolean {
    return this.#budget.isExceeded;
  }

  /** Takes bytes, or gives them back when negative. */
  use(bytes: number): void {
    this.#bytes += bytes;
    if (this.#untold === undefined) this.#budget.use(bytes);
    else this.#untold += bytes;
  }

  /**
   * Says whether the budget is to be told later of what is used from now on: tables that share one
   * take their turns once a batch, so that the others must not see a part of it.
   */
  setAside(isAside: boolean): void {
    if (isAside) {
      this.#untold ??= 0;
    } else if (this.#untold !== undefined) {
      this.#budget.use(this.#untold);
      this.#untold = undefined;
    }
  }

  /** Gives all bytes back. */
  release(): void {
    this.#budget.use((this.#untold ?? 0) - this.#bytes);
    this.#bytes = 0;
    this.#untold = undefined;
  }
}
