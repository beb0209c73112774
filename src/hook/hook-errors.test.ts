/** Everything that ends a run because of its script, with its whole message. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { captured, hookFolder, plain } from "../../fixtures/open-hook.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { PreprocessorOptions } from "./hook-options.ts";
import { openPreprocessor } from "./open-preprocessor.ts";

const folder = hookFolder();

/** Runs a script on one record; returns its error with the folder left out. */
async function faultOf(
  name: string,
  lines: readonly string[],
  options: Partial<PreprocessorOptions> = {},
): Promise<string> {
  const script = lines.length === 0 ? join(folder.path, name) : folder.write(name, ...lines);
  const run = folder.run(script, [captured("secret", "0")], options);
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, name).toBeInstanceOf(TidemarkError);
  expect((error as TidemarkError).code, name).toBe("configuration");
  return (error as TidemarkError).message.replaceAll(`${folder.path}/`, "");
}

const PYTHON_ARGUMENTS =
  "expected preprocess_handler(inference_record) or " +
  "preprocess_handler(inference_record, logger).";
const JAVASCRIPT_ARGUMENTS = "expected an exported function preprocess(record, { logger, rng }).";
const VALUES_HINT =
  "Run the script by itself, or pass --show-values, to see the exception's message.";

type Fault = readonly [
  name: string,
  lines: readonly string[],
  message: string,
  options?: Partial<PreprocessorOptions>,
];

const FAULTS: Readonly<Record<string, Fault>> = {
  "a script that is not there": [
    "none.py",
    [],
    "none.py: no such file; expected a pre-processing script. Check the path.",
  ],
  "another ending": [
    "hook.txt",
    ["x"],
    "hook.txt: is not a script that Tidemark can run; expected a file that ends in .py, .js, .mjs " +
      "or .cjs.",
  ],
  TypeScript: [
    "hook.ts",
    ["x"],
    "hook.ts: is not a script that Tidemark can run; expected a file that ends in .py, .js, .mjs " +
      "or .cjs. Compile it to JavaScript.",
  ],
  "no Python": [
    "any.py",
    ["def preprocess_handler(record): pass"],
    "any.py: needs python-none, and there is no such program; expected Python 3.8 or newer. Use " +
      "the python variant of the image, install python3, or name an interpreter with " +
      "TIDEMARK_PYTHON.",
    { python: "python-none" },
  ],
  "a Python that is a folder": [
    "any.py",
    ["def preprocess_handler(record): pass"],
    "any.py: needs /, and it can not be started (EACCES); expected Python 3.8 or newer. Use the " +
      "python variant of the image, install python3, or name an interpreter with TIDEMARK_PYTHON.",
    { python: "/" },
  ],
  "Python without a handler": [
    "bare.py",
    ["x = 1"],
    `bare.py: has no function preprocess_handler; ${PYTHON_ARGUMENTS}`,
  ],
  "the other Python script": [
    "post.py",
    ["def postprocess_handler(): pass"],
    `post.py: has no function preprocess_handler; ${PYTHON_ARGUMENTS} It has ` +
      "postprocess_handler, so it looks like the post-processing script.",
  ],
  "a Python handler of three parameters": [
    "three.py",
    ["", "def preprocess_handler(a, b, c): pass"],
    `three.py:2: preprocess_handler takes other parameters; ${PYTHON_ARGUMENTS}`,
  ],
  "a Python handler of none": [
    "zero.py",
    ["def preprocess_handler(): pass"],
    `zero.py:1: preprocess_handler takes other parameters; ${PYTHON_ARGUMENTS}`,
  ],
  "a syntax error in Python": [
    "syntax.py",
    ["x = 1", "def = 2"],
    "syntax.py:2: raised SyntaxError: invalid syntax.",
  ],
  "a syntax error in a Python module beside it": [
    "importing.py",
    ["import syntax"],
    "importing.py: raised SyntaxError: invalid syntax at syntax.py:2.",
  ],
  "a Python module that is not installed": [
    "module.py",
    ["", "import none_such"],
    "module.py:2: raised ModuleNotFoundError: No module named 'none_such'.",
  ],
  "Python that raises while it is loaded": [
    "loading.py",
    ["def read(): raise ValueError('secret')", "read()"],
    `loading.py:1: raised ValueError. ${VALUES_HINT}`,
  ],
  "the same where values are shown": [
    "loading.py",
    ["def read(): raise ValueError('secret')", "read()"],
    "loading.py:1: raised ValueError: secret.",
    { showsValues: true },
  ],
  "sys.exit in Python": [
    "exit.py",
    ["import sys", "def preprocess_handler(record):", "    sys.exit('secret')"],
    "exit.py:3: ended its own process; expected a script that returns. Return [] to drop a record.",
  ],
  "Python that ends hard": [
    "hard.py",
    [
      "import os, sys",
      "def preprocess_handler(record):",
      "    print('one\\n\\ntwo\\nthree\\nfour', file=sys.stderr)",
      "    os._exit(7)",
    ],
    "hard.py: ended its process with exit code 7 before it was done. Its last lines: " +
      '"two", "three", "four".',
  ],
  "Python that crashes": [
    "crash.py",
    ["import os, signal", "def preprocess_handler(record):", "    os.kill(os.getpid(), 11)"],
    "crash.py: ended its process by SIGSEGV before it was done. It printed nothing.",
  ],
  "Python that hangs": [
    "hang.py",
    ["import subprocess", "def preprocess_handler(record):", "    subprocess.run(['sleep', '60'])"],
    "hang.py: gave no answer for 0.2 s. Raise the bound with --hook-timeout if the script needs " +
      "that long.",
    { timeoutMs: 200 },
  ],
  "JavaScript without a handler": [
    "bare.mjs",
    ["export const x = 1;"],
    `bare.mjs: has no function preprocess; ${JAVASCRIPT_ARGUMENTS}`,
  ],
  "the other JavaScript script": [
    "post.cjs",
    ["exports.postprocess_handler = () => {};"],
    `post.cjs: has no function preprocess; ${JAVASCRIPT_ARGUMENTS} It has postprocess, so it ` +
      "looks like the post-processing script.",
  ],
  "a syntax error in an ES module": [
    "syntax.mjs",
    ["const a = 1;", "const = 2;"],
    "syntax.mjs:2: threw SyntaxError: Unexpected token '='.",
  ],
  "a syntax error in a CommonJS module": [
    "syntax.cjs",
    ["const a = 1;", "const = 2;"],
    "syntax.cjs:2: threw SyntaxError: Unexpected token '='.",
  ],
  "a missing export of a JavaScript module beside it": [
    "importing.mjs",
    ["import { none } from './bare.mjs';"],
    "importing.mjs:1: threw SyntaxError: The requested module './bare.mjs' does not provide an " +
      "export named 'none'.",
  ],
  "JSON that JavaScript can not parse while it is loaded": [
    "json.mjs",
    ["", "JSON.parse('secret');"],
    `json.mjs:2: threw SyntaxError. ${VALUES_HINT}`,
  ],
  "a JavaScript package that is not installed": [
    "package.cjs",
    ["", "require('none-such');"],
    "package.cjs:2: threw Error: Cannot find module 'none-such'.",
  ],
  "JavaScript that throws while it is loaded": [
    "loading.mjs",
    ["", "throw new RangeError('secret');"],
    `loading.mjs:2: threw RangeError. ${VALUES_HINT}`,
  ],
  "JavaScript that throws outside of a call": [
    "timer.mjs",
    [
      "export const preprocess = () => {",
      "  setTimeout(() => { throw new TypeError('secret'); });",
      "  return new Promise(() => {});",
      "};",
    ],
    `timer.mjs:2: threw TypeError outside of a call. ${VALUES_HINT}`,
  ],
  "process.exit in JavaScript": [
    "exit.mjs",
    ["export const preprocess = () => { console.log('why'); process.exit(3); };"],
    'exit.mjs: ended its process with exit code 3 before it was done. Its last lines: "why".',
  ],
  "an endless loop in JavaScript": [
    "loop.js",
    ["exports.preprocess = () => { for (;;); };"],
    "loop.js: gave no answer for 0.2 s. Raise the bound with --hook-timeout if the script needs " +
      "that long.",
    { timeoutMs: 200 },
  ],
};

describe("a script's fault", () => {
  for (const [title, [name, lines, message, options]] of Object.entries(FAULTS)) {
    it(`tells of ${title}`, async () => {
      expect(await faultOf(name, lines, options)).toBe(message);
    });
  }

  it("is the answer to every later call", async () => {
    const script = folder.write("once.py", "def preprocess_handler(record): exit()");
    const hook = await openPreprocessor(plain(script));
    const calls = [1, 2].map(() => hook.preprocess([captured("", "")]).catch((error) => error));
    const [first, second] = await Promise.all(calls);
    expect(first).toBeInstanceOf(TidemarkError);
    expect(second).toBe(first);
    expect(await hook.preprocess([captured("", "")]).catch((error) => error)).toBe(first);
    await hook.close();
  });

  it("ends what is under way when it is closed", async () => {
    const lines = ["import time", "def preprocess_handler(record):", "    time.sleep(60)"];
    const hook = await openPreprocessor(plain(folder.write("closed.py", ...lines)));
    const call = hook.preprocess([captured("", "")]).catch((error) => error.what);
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const closing = hook.close();
    // It may take its time, which is over.
    vi.runAllTimers();
    vi.useRealTimers();
    await closing;
    expect(await call).toBe("ended its process by SIGKILL before it was done");
  });

  it("is told of a script behind a link by the link's name", async () => {
    mkdirSync(join(folder.path, "real"));
    folder.write("real/linked.py", "import sibling", "raise KeyError(sibling.NAME)");
    folder.write("real/sibling.py", "NAME = 1");
    symlinkSync(join(folder.path, "real/linked.py"), join(folder.path, "linked.py"));
    expect(await faultOf("linked.py", [])).toBe(`linked.py:2: raised KeyError. ${VALUES_HINT}`);
  });
});

describe("an abort", () => {
  const scripts = {
    "abort.py": ["def preprocess_handler(record):", "    while True: pass"],
    "abort.mjs": ["export const preprocess = () => { for (;;); };"],
  };
  for (const [name, lines] of Object.entries(scripts)) {
    it(`ends ${name} and rejects with the signal's reason`, async () => {
      const controller = new AbortController();
      const script = folder.write(name, ...lines);
      const hook = await openPreprocessor({ ...plain(script), signal: controller.signal });
      const call = hook.preprocess([captured("", "")]);
      const reason = new Error("stopped");
      setTimeout(() => controller.abort(reason), 50);
      await expect(call).rejects.toBe(reason);
      await hook.close();
      await expect(openPreprocessor({ ...plain(script), signal: controller.signal })).rejects.toBe(
        reason,
      );
    });
  }
});
