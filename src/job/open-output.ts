/** The output that a path names. */
import { isObjectUrl } from "../storage/object-url.ts";
import type { JobOptions } from "./job-options.ts";
import type { Output } from "./output.ts";
import { OutputFolder } from "./output-folder.ts";

type OutputOptions = Pick<JobOptions, "output" | "runId" | "signal" | "sse" | "sseKmsKey">;

/** Opens a folder, which is created, or `s3://bucket/prefix`. Throws a configuration error. */
export async function openOutput(options: OutputOptions): Promise<Output> {
  const { output, runId, signal, sse, sseKmsKey } = options;
  if (!isObjectUrl(output)) {
    const folder = new OutputFolder(output, runId ?? String(process.pid));
    await folder.open();
    return folder;
  }
  const { OutputPrefix } = await import("./output-prefix.ts");
  const encryption = sse && { algorithm: sse, kmsKey: sseKmsKey };
  const prefix = new OutputPrefix(output, { signal, encryption });
  await prefix.open();
  return prefix;
}
