/** Where tests write: a run flushes each of its files, which waits for a disk but not for memory. */
import { accessSync, constants, readFileSync, statfsSync } from "node:fs";

const PATH = "/dev/shm";
/** Several times what all tests write at a time. */
const ROOM_BYTES = 2 ** 30;

/** A folder of memory with room, in which programs may run; undefined where there is none. */
export function memoryFolder(): string | undefined {
  try {
    const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
    const [, , , options = "noexec"] = mounts
      .findLast((line) => line.includes(` ${PATH} `))!
      .split(" ");
    accessSync(PATH, constants.W_OK);
    const { bavail, bsize } = statfsSync(PATH);
    return options.split(",").includes("noexec") || bavail * bsize < ROOM_BYTES ? undefined : PATH;
  } catch {
    return undefined;
  }
}
