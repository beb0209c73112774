/** Whether a name is left out where a folder is read, as markers and temporary files are. */
export function isHiddenName(name: string): boolean {
  return name !== "." && name !== ".." && /^[._]/.test(name);
}
