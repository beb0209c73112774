/** Tells columns apart: by name where rows are laid by name, else by width and position. */
export function columnKey(width: number, position: number, name: string | undefined): string {
  return name === undefined ? `${width}:${position}` : `name:${name}`;
}
