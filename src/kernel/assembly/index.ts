/** All that the kernel exports; `kernel.ts` tells TypeScript of it. */
export * from "./capture-lines";
export { countCells } from "./count-cells";
export { countRecords } from "./count-records";
export { layRecords } from "./csv-records";
export { insertText } from "./text-slots";
