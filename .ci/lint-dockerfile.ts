/** Rules that a Dockerfile of ours keeps: it builds the same everywhere and gets its signals. */
import { type Instruction, parseDockerfile, type Stage } from "./parse-dockerfile.ts";

const KEYWORDS: readonly string[] = (
  "ARG CMD COPY ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL " +
  "RUN SHELL STOPSIGNAL USER VOLUME WORKDIR"
).split(" ");

const SECRET = /PASSWORD|SECRET|TOKEN|CREDENTIAL|_KEY$/i;

/** A tag as exact as they get: with a version of three numbers. */
const EXACT_TAG = /:[^:/@]*\d+\.\d+\.\d+[^:/@]*(@sha256:[0-9a-f]{64})?$/;

/** Returns `line: what is wrong` for each broken rule; `context` lists the files to copy from. */
export function lintDockerfile(text: string, context: readonly string[]): readonly string[] {
  const { args, stages } = parseDockerfile(text);
  const known = new Map(args.flatMap(({ properties }) => properties));
  return stages.flatMap((stage, at) => {
    const earlier = stages.slice(0, at).map(({ name }) => name);
    return [
      ...lintFrom(stage, known, earlier),
      ...lintOnce(stage),
      ...stage.instructions.flatMap((instruction) =>
        lintInstruction(instruction).map((fault) => `${instruction.line}: ${fault}`),
      ),
      ...stage.instructions
        .filter(({ keyword }) => keyword === "COPY")
        .flatMap((copy) => lintCopy(copy, earlier, context)),
    ];
  });
}

function lintFrom(
  { name, base, line }: Stage,
  args: ReadonlyMap<string, string | undefined>,
  earlier: readonly (string | undefined)[],
): string[] {
  const [, variable] = /^\$\{?(\w+)\}?$/.exec(base) ?? [];
  const image = variable === undefined ? base : args.get(variable);
  return [
    ...(image === undefined ? [`${line}: ${base} has no value`] : []),
    ...(image === undefined || earlier.includes(image) || EXACT_TAG.test(image)
      ? []
      : [`${line}: ${image} has no exact tag`]),
    ...(name !== undefined && earlier.includes(name) ? [`${line}: a second stage ${name}`] : []),
  ];
}

/** Only the last of each counts: an earlier one misleads. */
function lintOnce({ instructions }: Stage): string[] {
  return ["CMD", "ENTRYPOINT", "STOPSIGNAL"].flatMap((keyword) =>
    instructions
      .filter((each) => each.keyword === keyword)
      .slice(1)
      .map(({ line }) => `${line}: a second ${keyword} in one stage`),
  );
}

function lintInstruction({ keyword, text, exec, words, properties }: Instruction): string[] {
  if (!KEYWORDS.includes(keyword)) return [`${keyword} is not used here`];
  if (keyword === "CMD" || keyword === "ENTRYPOINT") {
    return exec === undefined ? [`${keyword} is not in exec form: a shell gets the signal`] : [];
  }
  if (keyword === "WORKDIR") return text.startsWith("/") ? [] : [`WORKDIR ${text} is relative`];
  if (keyword === "ARG" || keyword === "ENV") {
    const secrets = properties.filter(([name]) => SECRET.test(name));
    return secrets.map(([name]) => `${name} would be readable in the image`);
  }
  return keyword === "RUN" ? lintRun(text, words) : [];
}

function lintRun(text: string, words: readonly string[]): string[] {
  const rules: readonly (readonly [isBroken: boolean, fault: string])[] = [
    [/\b(curl|wget|sudo)\b/.test(text), "only package clients fetch, and nobody else is asked"],
    [/\bnpm (i|install)\b/.test(text), "npm install may take other versions: use npm ci"],
    [/(^|&& *)cd /.test(text), "cd is lost after the line: use WORKDIR"],
  ];
  const faults = rules.filter(([isBroken]) => isBroken).map(([, fault]) => fault);
  if (!/\bapt-get install\b/.test(text)) return faults;
  const needed = ["-y", "--no-install-recommends", "/var/lib/apt/lists/*"];
  return [
    ...faults,
    ...(/^apt-get update\b/.test(text) ? [] : ["apt-get install without a fresh list"]),
    ...needed.filter((word) => !words.includes(word)).map((word) => `apt-get without ${word}`),
  ];
}

function lintCopy(
  { line, words, flags }: Instruction,
  earlier: readonly (string | undefined)[],
  context: readonly string[],
): string[] {
  const { from } = flags;
  if (from !== undefined) return earlier.includes(from) ? [] : [`${line}: no stage ${from} above`];
  return words
    .slice(0, -1)
    .filter((source) => !context.some((file) => file === source || file.startsWith(`${source}/`)))
    .map((source) => `${line}: ${source} is not in the build context`);
}
