/** Terminal colours, or none. */
import picocolors from "picocolors";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Makes functions that colour a text; without colour they give it back as it is. */
export function createColors(isColored: boolean): Colors {
  return picocolors.createColors(isColored);
}
