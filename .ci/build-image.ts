/**
 * Builds an image without a container engine: executes a Dockerfile's instructions with a folder in
 * the place of `/`. The commands are the Dockerfile's own, absolute paths mapped into the folder;
 * the base image is a folder with this Node in it. What installs Debian packages can not be mapped
 * and is listed instead of run.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { listContext } from "./build-context.ts";
import { type Instruction, parseDockerfile, type Stage } from "./parse-dockerfile.ts";

export interface Image {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly user: string | undefined;
  readonly stopSignal: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** The RUN lines that were not run. */
  readonly skipped: readonly string[];
}

export interface ImageBuild {
  readonly dockerfile: string;
  /** The folder to copy from. */
  readonly context: string;
  /** An empty folder; each stage gets one in it. */
  readonly folder: string;
  /** The stage to build, by default the last. */
  readonly target?: string | undefined;
  /** What `--build-arg` gives: it replaces the value that an ARG has by itself. */
  readonly args?: Readonly<Record<string, string>> | undefined;
  /** Images made before, by name; any other name is a base image with Node. */
  readonly images?: Readonly<Record<string, Image>> | undefined;
}

const SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What a RUN may start: their paths are mapped, so nothing outside the folder is touched. */
const PROGRAMS: readonly string[] = ["chmod", "find", "ln", "mkdir", "mv", "npm"];

/** Builds the target stage and, before it, the stages it stands on; a failing command throws. */
export function buildImage(build: ImageBuild): Image {
  const { args, stages } = parseDockerfile(build.dockerfile);
  const globals = {
    ...Object.fromEntries(args.flatMap(({ properties }) => properties)),
    ...build.args,
  };
  const built = new Map<string, Image>(Object.entries(build.images ?? {}));
  const imageOf = (name: string): Image => {
    const stage = stages.find((each) => each.name === name);
    const image = built.get(name) ?? (stage ? stageImage(stage) : nodeImage(build.folder));
    built.set(name, image);
    return image;
  };
  const stageImage = (stage: Stage): Image => {
    const base = imageOf(expand(stage.base, globals));
    const root = join(build.folder, stage.name ?? "last");
    copyTree(base.root, root);
    const variables: Record<string, string> = {};
    return stage.instructions.reduce(
      (image, instruction) => apply(instruction, image, { build, variables, imageOf }),
      { ...base, root },
    );
  };
  const last = build.target ?? stages.at(-1)!.name;
  return last === undefined ? stageImage(stages.at(-1)!) : imageOf(last);
}

/** The words that run an image's entry point with no variable but its own and the given ones. */
export function commandOf(
  { root, env, entrypoint, command }: Image,
  given: Readonly<Record<string, string>>,
  args: readonly string[] = command,
): readonly string[] {
  const variables = Object.entries({ ...env, PATH: within(root, env["PATH"]!), ...given });
  const assigned = variables.map(([name, value]) => `${name}=${value}`);
  return ["env", "-i", ...assigned, ...entrypoint.map((word) => within(root, word)), ...args];
}

interface Context {
  readonly build: ImageBuild;
  /** The stage's ARGs so far. */
  readonly variables: Record<string, string>;
  readonly imageOf: (name: string) => Image;
}

function apply(instruction: Instruction, image: Image, context: Context): Image {
  const { keyword, text, exec, properties, line } = instruction;
  const { variables } = context;
  const values = { ...image.env, ...variables };
  const pairs = Object.fromEntries(
    properties.map(([name, value]) => [name, expand(value ?? "", values)]),
  );
  switch (keyword) {
    case "ARG":
      for (const [name, value] of Object.entries(pairs)) {
        variables[name] = context.build.args?.[name] ?? value;
      }
      return image;
    case "ENV":
      return { ...image, env: { ...image.env, ...pairs } };
    case "LABEL":
      return { ...image, labels: { ...image.labels, ...pairs } };
    case "WORKDIR":
      mkdirSync(join(image.root, text), { recursive: true });
      return { ...image, workdir: text };
    case "USER":
      return { ...image, user: text };
    case "STOPSIGNAL":
      return { ...image, stopSignal: text };
    case "ENTRYPOINT":
      // As Docker does: a new entry point makes the inherited arguments void.
      return { ...image, entrypoint: exec!, command: [] };
    case "CMD":
      return { ...image, command: exec! };
    case "COPY":
      copy(instruction, image, context);
      return image;
    case "RUN":
      if (/\bapt-get\b/.test(text)) return { ...image, skipped: [...image.skipped, text] };
      run(text, image, variables);
      return image;
    default:
      throw new Error(`line ${line}: ${keyword} is not executed here`);
  }
}

/** Runs a RUN line's commands, refusing those that could reach beyond the folder. */
function run(text: string, { root, env, workdir }: Image, args: Record<string, string>): void {
  for (const command of text.split("&&")) {
    const [program = ""] = command.trim().split(" ");
    if (!PROGRAMS.includes(program)) throw new Error(`${program} is not run outside an image`);
  }
  // npm and node are the machine's, found as the base image's would be; so is npm's cache.
  const { PATH: _, ...own } = env;
  execute("sh", ["-ec", within(root, text)], {
    cwd: join(root, workdir),
    env: { ...process.env, npm_config_prefer_offline: "true", ...own, ...args },
  });
}

function copy({ words, flags }: Instruction, image: Image, { build, imageOf }: Context): void {
  const { from, ...others } = flags;
  if (Object.keys(others).length > 0) throw new Error(`COPY with ${Object.keys(others)}`);
  const target = words.at(-1)!;
  const path = join(image.root, target.startsWith("/") ? "" : image.workdir, target);
  const sources = words.slice(0, -1);
  for (const source of sources) {
    if (from !== undefined) copyTree(join(imageOf(from).root, source), path);
    else copyContext(build.context, source, path, sources.length > 1 || target.endsWith("/"));
  }
}

/** A folder's files go into the target; a file becomes it, or goes into it. */
function copyContext(context: string, source: string, path: string, isFolder: boolean): void {
  const files = listContext(context).filter(
    (file) => file === source || file.startsWith(`${source}/`),
  );
  for (const file of files) {
    const below = file === source ? (isFolder ? source : "") : file.slice(source.length);
    mkdirSync(dirname(join(path, below)), { recursive: true });
    copyFileSync(join(context, file), join(path, below));
  }
}

/** Copies a folder with modes, times and links; links into the old folder lead into the new one. */
function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execute("cp", ["-a", `${from}/.`, to]);
  for (const entry of readdirSync(to, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath, entry.name);
    const target = readlinkSync(link);
    if (!target.startsWith(`${from}/`)) continue;
    rmSync(link);
    symlinkSync(join(to, target.slice(from.length)), link);
  }
}

function nodeImage(folder: string): Image {
  const root = join(folder, "base");
  mkdirSync(join(root, "usr/local/bin"), { recursive: true });
  symlinkSync(process.execPath, join(root, "usr/local/bin/node"));
  return {
    root,
    env: { PATH: SEARCH_PATH },
    labels: {},
    workdir: "/",
    user: undefined,
    stopSignal: undefined,
    entrypoint: [],
    command: ["node"],
    skipped: [],
  };
}

function expand(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

/** Puts the folder before every absolute path of a text. */
function within(root: string, text: string): string {
  return text.replace(/(?<=^|[\s:="'])\/(?=\w)/g, `${root}/`);
}

function execute(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): void {
  const { status, stdout, stderr } = spawnSync(program, args, { ...options, encoding: "utf8" });
  if (status === 0) return;
  throw new Error(`${program} ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
}
