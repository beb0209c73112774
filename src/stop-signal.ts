/** Aborted by the first SIGINT or SIGTERM, whose name is the reason. */
export function stopSignal(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => abort.abort(signal));
  }
  return abort.signal;
}
