/**
 * The script of a worker thread, by its name in `dist/`. Node runs only compiled workers: beside
 * the sources stands the built one.
 */
export function workerScript(name: string): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? `../../dist/${name}` : `./${name}`, import.meta.url);
}
