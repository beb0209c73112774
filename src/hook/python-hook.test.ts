/** Pre-processing scripts in Python: arguments, results, output. */
import { describe, expect, it } from "vitest";
import {
  captured,
  DROPPED,
  fault,
  hookFolder,
  plain,
  row,
  SAME,
} from "../../fixtures/open-hook.ts";
import { openPreprocessor } from "./open-preprocessor.ts";

const folder = hookFolder();
const { run } = folder;

/** Names the case of each record, which a script looks up. */
function cases(names: readonly string[]) {
  return names.map((name) => captured(name, "0"));
}

describe("the argument", () => {
  it("has every documented attribute, and None where the record has nothing", async () => {
    const script = folder.write(
      "attributes.py",
      "def preprocess_handler(inference_record):",
      "    r = inference_record",
      "    m = r.event_metadata",
      "    side = lambda s: s and ' '.join(map(str, (s.data, s.encoding, s.observedContentType, s.mode)))",
      "    return {'in': side(r.endpoint_input), 'out': side(r.endpoint_output),",
      "            'batch': side(r.batch_transform_output), 'truth': side(r.ground_truth),",
      "            'id': m.event_id, 'time': m.event_time, 'custom': m.custom_attribute,",
      "            'version': r.event_version, 'more': r.event_dict.get('more'),",
      "            'same': r.as_dict() is r.event_dict, 'shown': repr(r)}",
    );
    const full = captured("1,2", "3", {
      more: 4,
      eventMetadata: { eventId: "e2", customAttributes: "c" },
    });
    const { outcomes } = await run(script, [
      { ...full, groundTruth: { data: "1", encoding: "CSV" } },
      { text: '{"captureData":{"batchTransformOutput":{"data":"9","encoding":"CSV"}}}' },
    ]);
    const common = { same: "true" };
    expect(outcomes).toEqual([
      row({
        in: "1,2 CSV text/csv INPUT",
        out: "3 CSV text/csv OUTPUT",
        batch: null,
        truth: "1 CSV None None",
        id: "e2",
        time: null,
        custom: "c",
        version: "0",
        more: "4",
        ...common,
        shown: "InferenceRecord(event_id='e2')",
      }),
      row({
        in: null,
        out: null,
        batch: "9 CSV None None",
        truth: null,
        id: null,
        time: null,
        custom: null,
        version: null,
        more: null,
        ...common,
        shown: "InferenceRecord(event_id=None)",
      }),
    ]);
  });

  it("is the line of a CSV dataset, and the dict of a JSON one", async () => {
    const script = folder.write(
      "plain.py",
      "def preprocess_handler(record):",
      "    if isinstance(record, str):",
      "        return dict(zip('ab', record.split(',')))",
      "    record['c'] = len(record)",
      "    return record",
    );
    const csv = await run(script, [{ text: "x,y" }], { dataset: "csv" });
    expect(csv.outcomes).toEqual([row({ a: "x", b: "y" })]);
    const json = await run(script, [{ text: '{"a":1.0,"b":true}' }, { text: "{" }], {
      dataset: "json",
    });
    expect(json.outcomes).toEqual([
      row({ a: "1.0", b: "true", c: "2" }),
      fault("the record is not JSON"),
    ]);
  });

  it("comes with a logger where a second parameter asks for it", async () => {
    const record = captured("1", "2");
    const shapes = {
      "second.py": ["def preprocess_handler(record, log):", "    log.info('x%s', 1)"],
      "default.py": ["def preprocess_handler(record, logger=None):", "    logger.info('x1')"],
      "keyword.py": ["def preprocess_handler(record, *, logger):", "    logger.info('x1')"],
      "own.py": ["def preprocess_handler(record, level=1):", "    print(f'INFO x{level}')"],
      "any.py": ["def preprocess_handler(*args):", "    print(f'INFO x{len(args)}')"],
      "bound.py": [
        "class Handler:",
        "    def run(self, record, logger):",
        "        logger.info('x1')",
        "preprocess_handler = Handler().run",
      ],
      "partial.py": [
        "from functools import partial",
        "def run(times, record, logger):",
        "    logger.info(f'x{times}')",
        "preprocess_handler = partial(run, 1)",
      ],
    };
    const runs = Object.entries(shapes).map(async ([name, lines]) => {
      const result = await run(folder.write(name, ...lines), [record]);
      expect(result, name).toEqual({ outcomes: [DROPPED], lines: ["INFO x1"] });
    });
    await Promise.all(runs);
  });
});

describe("the result", () => {
  it("is rows, the record itself, nothing, or a fault", async () => {
    const script = folder.write(
      "results.py",
      "from decimal import Decimal",
      "from datetime import date",
      "from enum import Enum, IntEnum",
      "class Level(IntEnum):",
      "    HIGH = 3",
      "class Colour(str, Enum):",
      "    RED = 'red'",
      "class Scalar:",
      "    shape = ()",
      "    def item(self):",
      "        return 0.5",
      "class NAType:",
      "    pass",
      "NAN = float('nan')",
      "class Whole:",
      "    def __index__(self):",
      "        return 10",
      "RESULTS = {",
      "    'texts': {'a': 'x', 'b': '', 'c': None},",
      "    'numbers': {'a': 1, 'b': 1.0, 'c': -0.5, 'd': NAN, 'e': True, 'f': 10**30, 'g': 1e22},",
      "    'kinds': {'a': Level.HIGH, 'b': Colour.RED, 'c': Decimal('1.50'), 'd': Scalar(),",
      "              'e': NAType(), 'f': Decimal('nan')},",
      "    'keys': {2: 'x', Whole(): 'y'},",
      "    'rows': [{'a': 1}, {'a': 2}, {'b': 3}],",
      "    'list': ['x', 1, None],",
      "    'none': None,",
      "    'empty': [],",
      "    'nested': {'a': [1]},",
      "    'date': {'a': date(2026, 1, 1)},",
      "    'key': {('a', 'b'): 1},",
      "    'twice': {1: 'x', '1': 'y'},",
      "    'bare': {},",
      "    'text': 'x',",
      "    'mixed': [{'a': 1}, 2],",
      "    'lists': [['x'], ['y']],",
      "}",
      "def preprocess_handler(record):",
      "    name = record.endpoint_input.data",
      "    if name == 'changed':",
      "        record.endpoint_input.data = 'other'",
      "    return RESULTS.get(name, record)",
    );
    const names = [
      ...["texts", "numbers", "kinds", "keys", "rows", "list", "none", "empty", "itself"],
      ...["nested", "date", "key", "twice", "bare", "text", "mixed", "lists", "changed"],
    ];
    const { outcomes } = await run(script, cases(names));
    expect(Object.fromEntries(names.map((name, i) => [name, outcomes[i]]))).toEqual({
      texts: row({ a: "x", b: "", c: null }),
      numbers: row({
        a: "1",
        b: "1.0",
        c: "-0.5",
        d: null,
        e: "true",
        f: `1${"0".repeat(30)}`,
        g: "1e+22",
      }),
      kinds: row({ a: "3", b: "red", c: "1.50", d: "0.5", e: null, f: null }),
      keys: row({ 2: "x", 10: "y" }),
      rows: {
        kind: "rows",
        rows: [
          { names: ["a"], texts: ["1"] },
          { names: ["a"], texts: ["2"] },
          { names: ["b"], texts: ["3"] },
        ],
      },
      list: row(["x", "1", null]),
      none: DROPPED,
      empty: DROPPED,
      itself: SAME,
      nested: fault("the hook returned a row with a value of type list"),
      date: fault("the hook returned a row with a value of type date"),
      key: fault("the hook returned a row with a key of type tuple"),
      twice: fault("the hook returned a row with two keys of one name"),
      bare: fault("the hook returned a row without columns"),
      text: fault("the hook returned a value of type str"),
      mixed: fault("the hook returned a list of rows and other values"),
      lists: fault("the hook returned a row with a value of type list"),
      changed: fault("the hook changed its record; expected a dict in place of it"),
    });
  });

  it("stands in the order of the names under model-monitor only", async () => {
    const script = folder.write(
      "order.py",
      "def preprocess_handler(record):",
      "    return {'b': 1, '10': 2, 'a': 3, '9': 4}",
    );
    const records = cases(["", ""]);
    const { outcomes } = await run(script, records);
    expect(outcomes[0]).toEqual({
      kind: "rows",
      rows: [{ names: ["b", "10", "a", "9"], texts: ["1", "2", "3", "4"] }],
    });
    const service = (await run(script, records, { semantics: "model-monitor" })).outcomes;
    const sorted = { names: ["10", "9", "a", "b"], texts: ["2", "4", "3", "1"] };
    expect(service[1]).toEqual({ kind: "rows", rows: [sorted] });
    const names = service.map((each) => each.kind === "rows" && each.rows[0]!.names);
    expect(names[0]).toBe(names[1]);
  });

  it("takes a CSV line that comes back for the record itself", async () => {
    const script = folder.write("line.py", "def preprocess_handler(line):", "    return line + ''");
    expect((await run(script, [{ text: "a,b" }], { dataset: "csv" })).outcomes).toEqual([SAME]);
  });
});

describe("what a script raises", () => {
  const script = folder.write(
    "raising.py",
    "def parse(text):",
    "    return int(text)",
    "def preprocess_handler(record):",
    "    return {'a': parse(record.endpoint_input.data)}",
  );

  it("rejects its record alone, and is told without values", async () => {
    const { outcomes, lines } = await run(script, cases(["1", "secret", "2", "other"]));
    const detail = fault("the hook raised ValueError at raising.py:2");
    expect(outcomes).toEqual([row({ a: "1" }), detail, row({ a: "2" }), detail]);
    expect(lines).toEqual([
      "ValueError",
      `  at ${script}:4 in preprocess_handler`,
      `  at ${script}:2 in parse`,
    ]);
  });

  it("is told with its message where values are shown", async () => {
    const { outcomes, lines } = await run(script, cases(["secret"]), { showsValues: true });
    const message = "invalid literal for int() with base 10: 'secret'";
    expect(outcomes).toEqual([fault(`the hook raised ValueError at raising.py:2: ${message}`)]);
    expect(lines[0]).toBe(`ValueError: ${message}`);
  });

  it("shows three tracebacks that differ, and no more", async () => {
    const many = folder.write(
      "many.py",
      "def preprocess_handler(record):",
      "    raise [ValueError, KeyError, TypeError, OSError][int(record.endpoint_input.data)]",
    );
    const { lines } = await run(many, cases(["0", "1", "0", "2", "3"]));
    const titles = lines.filter((line) => !line.startsWith(" "));
    expect(titles).toEqual(["ValueError", "KeyError", "TypeError"]);
  });
});

describe("the process", () => {
  it("keeps what the script prints out of the messages", async () => {
    const script = folder.write(
      "printing.py",
      "import os, subprocess, sys",
      "print('loading', __name__, os.path.basename(__file__))",
      "def preprocess_handler(record):",
      "    print('{\"outcomes\":[]}')",
      "    os.write(1, b'raw\\n')",
      "    subprocess.run(['echo', 'from a child'])",
      "    print(repr(sys.stdin.read()), file=sys.stderr)",
      "    return {'a': 1}",
    );
    const { outcomes, lines } = await run(script, cases([""]));
    expect(outcomes).toEqual([row({ a: "1" })]);
    expect(lines).toEqual([
      "loading printing printing.py",
      '{"outcomes":[]}',
      "raw",
      "from a child",
      "''",
    ]);
  });

  it("finds modules beside the script, its variables, and the same chance every time", async () => {
    folder.write("json_sibling.py", "NAME = 'sibling'");
    const script = folder.write(
      "surroundings.py",
      "import os, random",
      "from json_sibling import NAME",
      "def preprocess_handler(record):",
      "    return {'a': NAME, 'b': os.environ.get('WHERE'), 'c': random.random(),",
      "            'd': str({'x', 'y', 'z'})}",
    );
    const environment = { PATH: process.env["PATH"], WHERE: "here", PYTHONSAFEPATH: "1" };
    const first = await run(script, cases([""]), { environment, seed: 1 });
    const [outcome] = first.outcomes;
    const texts = outcome?.kind === "rows" ? outcome.rows[0]!.texts : [];
    expect(texts.slice(0, 3)).toEqual(["sibling", "here", "0.13436424411240122"]);
    const second = await run(script, cases([""]), { environment, seed: 1 });
    expect(second.outcomes).toEqual(first.outcomes);
  });

  it("answers large and overlapping batches in order", async () => {
    const script = folder.write(
      "echo.py",
      "def preprocess_handler(record):",
      "    text = record.endpoint_input.data",
      "    return {'n': len(text), 't': text[:5]} if len(text) % 2 else {'t': text[:5]}",
    );
    const texts = Array.from({ length: 3000 }, (_, i) => `${i}`.padStart(5, "0") + "x".repeat(i));
    const hook = await openPreprocessor(plain(script));
    const halves = await Promise.all([
      hook.preprocess(cases(texts.slice(0, 1500))),
      hook.preprocess(cases(texts.slice(1500))),
    ]);
    await hook.close();
    const expected = texts.map((text) => {
      const t = text.slice(0, 5);
      return row(text.length % 2 === 1 ? { n: `${text.length}`, t } : { t });
    });
    expect(halves.flat()).toEqual(expected);
  });
});
