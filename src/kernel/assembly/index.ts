/** All that the kernel exports; `kernel.ts` tells TypeScript of it. */
export * from "./capture-lines";
export * from "./column-moments";
export * from "./sort-window";
