/** A worker thread that hashes what a `HashThread` gives it, until it is ended. */
import { createHash } from "node:crypto";
import { workerData } from "node:worker_threads";
import { END, HashSlots } from "./hash-slots.ts";

const slots = new HashSlots(workerData as SharedArrayBuffer);
let hash = createHash("sha256");
slots.setReady();
for (let message = 0; ; message = (message + 1) >>> 0) {
  const length = slots.waitForGiven(message);
  if (length === END) {
    slots.digestOf(message).set(hash.digest());
    hash = createHash("sha256");
  } else {
    hash.update(slots.bytesOf(message, length));
  }
  slots.take(message);
}
