/**
 * The order of test files: as vitest has it, by what they took last time and, on a fresh checkout,
 * by their size; but first those that are short to read and long to run, which would end alone.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node";

const LONG = [
  "fixtures/object-store.test.ts",
  "fixtures/threads.test.ts",
  "fixtures/hooks.test.ts",
  "fixtures/kernel.test.ts",
  "fixtures/exact.property.test.ts",
  "src/accumulate/cell-kernels.property.test.ts",
  "src/source/csv/csv-kernel.property.test.ts",
  ".ci/readme.test.ts",
];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONG.some((path) => moduleId.endsWith(`/${path}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
