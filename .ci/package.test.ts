/**
 * The package as its users get it: packed, installed elsewhere, run and imported. Dependencies come
 * from npm's cache or registry; where neither answers, the installed half is skipped.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { VERSION } from "../src/base/version.ts";

const root = new URL("..", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const folder = temporaryFolder();
const consumer = join(folder, "consumer");

/** Runs a command to its end and returns its standard output; a failure shows all that it said. */
function run(command: string, args: readonly string[], cwd: string = consumer): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

let packed: Packed;

beforeAll(() => {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  [packed] = JSON.parse(run("npm", args, root));
});

describe("the manifest", () => {
  it("has the version that the code has, and the lock file too", () => {
    expect(manifest.version).toBe(VERSION);
    expect([lock.version, lock.packages[""].version]).toEqual([VERSION, VERSION]);
  });

  it("pins every dependency exactly", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(all).filter(
      ([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(range)),
    );
    expect(loose).toEqual([]);
    for (const [name, version] of Object.entries(all)) {
      expect(lock.packages[`node_modules/${name}`].version, name).toBe(version);
    }
  });

  it("tests what its users may install beside it, which npm does not by itself", () => {
    const { peerDependencies, peerDependenciesMeta, devDependencies } = manifest;
    for (const [name, range] of Object.entries<string>(peerDependencies)) {
      const [least, tested] = [range, `^${devDependencies[name]}`].map((each) =>
        each
          .match(/^\^(\d+)\.(\d+)\.(\d+)$/)!
          .slice(1)
          .map(Number),
      ) as [number[], number[]];
      expect(tested[0], name).toBe(least[0]);
      expect(tested[1], name).toBeGreaterThanOrEqual(least[1]!);
      expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
    }
  });

  it("asks for the oldest Node it is made for, and no dependency for a newer one", () => {
    expect(manifest.engines).toEqual({ node: ">=20.19" });
    for (const name of Object.keys(manifest.dependencies)) {
      const floor = lock.packages[`node_modules/${name}`].engines?.node ?? ">=0";
      const majors = [...floor.matchAll(/(\d+)(?:\.\d+)*/g)].map(([, major]) => Number(major));
      expect(Math.min(...majors), name).toBeLessThanOrEqual(20);
    }
  });

  it("runs no script on its user's machine", () => {
    const scripts = Object.keys(manifest.scripts);
    expect(scripts.filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name))).toEqual(
      [],
    );
  });
});

describe("the package", () => {
  it("holds the built code and the documents, and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    const others = paths.filter(
      (path) => !/^dist\/([\w-]+\.(cjs|cjs\.code|js|py|wasm)|.*\.d\.ts)$/.test(path),
    );
    const documents = ["ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "README.md"];
    // The licences of the packages whose code is bundled.
    documents.push("dist/LICENSES.txt", "package.json");
    expect(
      others
        .filter(
          (path) => !/^(schema\/.*\.json|man\/tidemark\.1|boards\/\w+\.(json|yaml|md))$/.test(path),
        )
        .sort(),
    ).toEqual(documents);
    expect(paths).toEqual(
      expect.arrayContaining([
        "dist/cli.cjs",
        "dist/index.js",
        "dist/driver.py",
        "dist/file-hasher.cjs",
        "dist/hook-worker.js",
        "dist/kernel.wasm",
        "man/tidemark.1",
      ]),
    );
    expect(paths.filter((path) => /test|fixture|bench|vector/i.test(path))).toEqual([]);
  });

  it("stays small", () => {
    const bytes = packed.files.reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThan(3_600_000);
  });

  it("does not tell where it was built", () => {
    const telling = packed.files.filter(({ path }) =>
      readFileSync(join(root, path)).includes(root),
    );
    expect(telling).toEqual([]);
  });

  it("has compiled code that the Node which built it takes", () => {
    const chunks = packed.files.flatMap(({ path }) => /^(dist\/.*)\.code$/.exec(path)?.[1] ?? []);
    expect(chunks).toEqual(expect.arrayContaining(["dist/main.cjs", "dist/job.cjs"]));
    const script = `const [chunk] = process.argv.slice(1);
const source = module.constructor.wrap(fs.readFileSync(chunk, "latin1"));
const cachedData = fs.readFileSync(chunk + ".code");
console.log(new vm.Script(source, { cachedData }).cachedDataRejected);`;
    for (const chunk of chunks) {
      expect(run(process.execPath, ["-e", script, chunk], root), chunk).toBe("false\n");
    }
  });
});

describe("the installed package", () => {
  let isOffline = false;

  beforeAll(() => {
    mkdirSync(consumer);
    writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(consumer, "train.csv"), "age,plan\n31,basic\n42,pro\n");
    try {
      const quiet = ["--prefer-offline", "--no-audit", "--no-fund"];
      run("npm", ["install", ...quiet, join(folder, packed.filename)]);
    } catch (error) {
      const isUnreachable = /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENOTCACHED/;
      if (!isUnreachable.test(String(error))) throw error;
      isOffline = true;
    }
  }, 120_000);

  it("brings its dependencies and no others", ({ skip }) => {
    skip(isOffline, "neither npm's cache nor the registry has the dependencies");
    const { packages } = JSON.parse(readFileSync(join(consumer, "package-lock.json"), "utf8"));
    const names = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ""));
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(names.length).toBeLessThan(20);
  });

  it("runs by its name", ({ skip }) => {
    skip(isOffline, "neither npm's cache nor the registry has the dependencies");
    expect(run("npx", ["--no-install", "tidemark", "--version"])).toBe(`${VERSION}\n`);
    const shown = run("node_modules/.bin/tidemark", ["baseline", "train.csv", "-o", "baseline"]);
    expect(shown).toContain("BASELINE 2 records · 2 features · 1 file\n");
    const check = ["check", "train.csv", "-b", "baseline", "-o", "report", "--json"];
    const { verdict } = JSON.parse(run("node_modules/.bin/tidemark", check));
    expect(verdict.status).toBe("passed");
  });

  it("names what to install where objects are to be read", ({ skip }) => {
    skip(isOffline, "neither npm's cache nor the registry has the dependencies");
    const args = ["node_modules/.bin/tidemark", "baseline", "s3://bucket/a.csv", "-o", "objects"];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: consumer,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([
      2,
      "tidemark: s3://bucket/a.csv: the package @aws-sdk/client-s3, which reads and writes objects, " +
        "is not installed; expected it beside tidemark. " +
        "Install it with: npm install @aws-sdk/client-s3.\n",
    ]);
  });

  it("is imported as an ES module, and keeps its inside to itself", ({ skip }) => {
    skip(isOffline, "neither npm's cache nor the registry has the dependencies");
    writeFileSync(
      join(consumer, "use.js"),
      `import { profile, readBaseline, runBaseline, TidemarkError, VERSION } from "tidemark";
await runBaseline({ inputs: ["train.csv"], output: "library" });
const { baseline } = await readBaseline("library");
const { itemCount } = await profile("train.csv");
const inside = await import("tidemark/dist/cli.cjs").catch(({ code }) => code);
const fault = await profile("none.csv").catch((error) => error instanceof TidemarkError);
console.log(JSON.stringify([VERSION, baseline.constraints.features.length, itemCount, inside, fault]));
`,
    );
    expect(JSON.parse(run("node", ["use.js"]))).toEqual([
      VERSION,
      2,
      2,
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
      true,
    ]);
  });

  it("has types that a strict compiler accepts", ({ skip }) => {
    skip(isOffline, "neither npm's cache nor the registry has the dependencies");
    writeFileSync(
      join(consumer, "typed.ts"),
      `import { type CheckJobOptions, type JobResult, runCheck } from "tidemark";
const options: CheckJobOptions = { inputs: ["a.csv"], baseline: "b", output: "c" };
const result: Promise<JobResult> = runCheck(options);
export const violations: Promise<number> = result.then((it) => it.insights.verdict.violations);
// @ts-expect-error a baseline is needed
export const wrong = runCheck({ inputs: [], output: "c" });
`,
    );
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    const strict = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2023"];
    expect(run(join(root, "node_modules/.bin/tsc"), [...strict, ...types, "typed.ts"])).toBe("");
  });
});
