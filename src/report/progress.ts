/** How far a run has read. */
export interface Progress {
  readonly bytesRead: number;
  /** Undefined when a size is unknown (standard input). */
  readonly bytesAll: number | undefined;
}

/** Renders a bar of `width` columns, such as `[=====>    ]  52 %  83 of 160 MB`. */
export function renderProgress({ bytesRead, bytesAll }: Progress, width: number): string {
  const read = megabytes(bytesRead);
  if (bytesAll === undefined || bytesAll === 0) return `${read} MB read`.slice(0, width);
  const share = Math.min(1, bytesRead / bytesAll);
  const percent = String(Math.floor(share * 100)).padStart(4);
  const tail = `${percent} %  ${read} of ${megabytes(bytesAll)} MB`;
  const room = Math.max(0, Math.min(40, width - tail.length - 3));
  const filled = Math.floor(share * room);
  const bar = `${"=".repeat(filled)}${filled < room ? ">" : ""}`.padEnd(room);
  return `[${bar.slice(0, room)}]${tail}`.slice(0, width);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
