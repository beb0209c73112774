import type { Kernel } from "../kernel/kernel.ts";
import { CountKernel } from "./count-kernel.ts";
import { ReadKernel } from "./read-kernel.ts";

/** What a kernel does to columns of batches that lie in its memory. */
export interface CellKernels {
  readonly count: CountKernel;
  readonly read: ReadKernel;
}

/** Undefined where there is no kernel, or no room in its memory. */
export function openCellKernels(kernel: Kernel | undefined): CellKernels | undefined {
  const count = kernel && CountKernel.open(kernel);
  const read = kernel && ReadKernel.open(kernel);
  return count && read && { count, read };
}
