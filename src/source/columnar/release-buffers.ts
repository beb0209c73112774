import { MessageChannel } from "node:worker_threads";

const nowhere = closedPort();

/**
 * Gives back the memory of buffers, which are empty from then on. Small objects that hold large
 * buffers let the collector of garbage wait, until there are some 60 MB of them; what is moved to a
 * closed port is dropped at once.
 */
export function releaseBuffers(buffers: readonly ArrayBuffer[]): void {
  nowhere.postMessage(undefined, [...buffers]);
}

function closedPort(): MessageChannel["port1"] {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.close();
  return port1;
}
