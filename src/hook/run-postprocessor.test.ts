/** Post-processing scripts: what they are given, and how they fail. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hookFolder, plain } from "../../fixtures/open-hook.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { PostprocessorOptions } from "./hook-options.ts";
import { runPostprocessor } from "./run-postprocessor.ts";

const folder = hookFolder();

/** Runs a script and returns what it logs; the environment names the output folder. */
async function run(
  name: string,
  lines: readonly string[],
  options: Partial<PostprocessorOptions> = {},
): Promise<readonly string[]> {
  const logged: string[] = [];
  const { dataset, semantics, ...rest } = plain(folder.write(name, ...lines), (line) =>
    logged.push(line),
  );
  await runPostprocessor({
    ...rest,
    environment: { PATH: process.env["PATH"], output_path: folder.path },
    statistics: { version: 0 },
    constraints: { features: [1] },
    violations: undefined,
    outputPath: folder.path,
    ...options,
  });
  return logged;
}

async function faultOf(...args: Parameters<typeof run>): Promise<string> {
  const error = await run(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TidemarkError);
  expect((error as TidemarkError).code).toBe("configuration");
  return (error as TidemarkError).message.replaceAll(`${folder.path}/`, "");
}

const VALUES_HINT =
  "Run the script by itself, or pass --show-values, to see the exception's message.";

describe("a Python post-processor", () => {
  it("is called once, without arguments, with the variables of the run", async () => {
    const lines = [
      "import atexit, os",
      "atexit.register(print, 'at exit')",
      "def postprocess_handler():",
      "    with open(os.path.join(os.environ['output_path'], 'post.txt'), 'a') as file:",
      "        file.write('called')",
      "    print('done')",
    ];
    expect(await run("post.py", lines)).toEqual(["done", "at exit"]);
    expect(readFileSync(join(folder.path, "post.txt"), "utf8")).toBe("called");
  });

  it("names the line that raises", async () => {
    const logged: string[] = [];
    const lines = ["def postprocess_handler():", "    {}['secret']"];
    const log = (line: string) => void logged.push(line);
    expect(await faultOf("raising.py", lines, { log })).toBe(
      `raising.py:2: raised KeyError. ${VALUES_HINT}`,
    );
    expect(logged).toEqual(["KeyError", `  at ${folder.path}/raising.py:2 in postprocess_handler`]);
    expect(await faultOf("raising.py", lines, { showsValues: true })).toBe(
      "raising.py:2: raised KeyError: 'secret'.",
    );
  });

  it("fails where it is not one, ends itself or hangs", async () => {
    expect(await faultOf("wrong.py", ["def preprocess_handler(record): pass"])).toBe(
      "wrong.py: has no function postprocess_handler; expected postprocess_handler() without " +
        "parameters. It has preprocess_handler, so it looks like the pre-processing script.",
    );
    expect(await faultOf("argument.py", ["def postprocess_handler(a): pass"])).toBe(
      "argument.py:1: postprocess_handler takes other parameters; expected postprocess_handler() " +
        "without parameters.",
    );
    expect(await faultOf("exit.py", ["import sys", "def postprocess_handler(): sys.exit(0)"])).toBe(
      "exit.py:2: ended its own process; expected a script that returns.",
    );
    const hanging = ["import time", "def postprocess_handler(): time.sleep(60)"];
    expect(await faultOf("hang.py", hanging, { timeoutMs: 200 })).toBe(
      "hang.py: gave no answer for 0.2 s. Raise the bound with --hook-timeout if the script needs " +
        "that long.",
    );
  });
});

describe("a JavaScript post-processor", () => {
  it("is given the files, their folder and the variables, and may be asynchronous", async () => {
    const lines = [
      "import { setTimeout } from 'node:timers/promises';",
      "export async function postprocess({ env, ...rest }) {",
      "  await setTimeout(20);",
      "  console.log(JSON.stringify(rest), env.output_path === rest.outputPath);",
      "}",
    ];
    const given = { statistics: { version: 0 }, constraints: { features: [1] } };
    const outputPath = folder.path;
    expect(await run("post.mjs", lines)).toEqual([
      `${JSON.stringify({ ...given, outputPath })} true`,
    ]);
    const violations = { violations: [] };
    expect(await run("post.mjs", lines, { violations })).toEqual([
      `${JSON.stringify({ ...given, violations, outputPath })} true`,
    ]);
  });

  it("names the line that throws, and may leave nothing behind that keeps it alive", async () => {
    const throwing = [
      "exports.postprocess_handler = async () => {",
      "  throw new Error('x');",
      "};",
    ];
    expect(await faultOf("throwing.cjs", throwing)).toBe(
      `throwing.cjs:2: threw Error. ${VALUES_HINT}`,
    );
    const alive = ["exports.postprocess = () => void setInterval(() => {}, 1000);"];
    expect(await run("alive.cjs", alive)).toEqual([]);
  });
});
