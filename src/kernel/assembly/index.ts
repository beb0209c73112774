/** All that the kernel exports; `kernel.ts` tells TypeScript of it. */
export { readAlikeLines } from "./capture-lines";
export { foldColumns } from "./column-moments";
export { countCells } from "./count-cells";
export { countDoubles } from "./count-doubles";
export { countRecords } from "./count-records";
export { addCounted } from "./counted-powers";
export { layRecords } from "./csv-records";
export { listEarly } from "./early-records";
export { gatherCells } from "./gather-cells";
export { listCounts, sumCounts } from "./list-counts";
export { readCells } from "./read-cells";
export { shareOfLevel } from "./share-of-level";
export { sortWindow } from "./sort-window";
export { spellDoubles } from "./spell-doubles";
export { insertText } from "./text-slots";

/** Where the tables of the code end. */
export const TABLES_END: usize = __heap_base;
