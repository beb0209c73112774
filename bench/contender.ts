/** What is run: one command line, measured as a process of its own. */
import type { Input } from "./inputs.ts";
import type { Command } from "./run-process.ts";

export interface Contender extends Command {
  /** Who reads which options; within its part no other has this name. */
  readonly tool: string;
  /** What it computes, for the legend. */
  readonly computes: string;
  /** Absent where only a process's start is measured. */
  readonly input?: Input | undefined;
  /** Runs per round, of which the median counts: short runs are repeated. */
  readonly repeats?: number | undefined;
}

/** Contenders that read the same, and are measured in turn. */
export interface Part {
  readonly name: string;
  /** What is read. */
  readonly shape: string;
  /** The contender whose rate is 1 in the part's table. */
  readonly rival: string;
  readonly contenders: readonly Contender[];
  /** Contenders that this machine lacks. */
  readonly absent: readonly string[];
  /** Throws when contenders differ in what they find; gives the number of figures compared. */
  compareAll(): Promise<number>;
}
