/** All that the kernel exports; `kernel.ts` tells TypeScript of it. */
export * from "./capture-lines";
export * from "./count-cells";
export * from "./csv-records";
export { insertText } from "./text-slots";
