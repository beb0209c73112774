import { expect, test } from "vitest";
import { ObjectMap } from "./object-map.ts";

test.each([
  [["s3://b/p=/l"], "s3://b/p/a.csv", "/l/a.csv"],
  [["s3://b/p/=/l/"], "s3://b/p/q//a.csv", "/l/q/a.csv"],
  [["s3://b=/l"], "s3://b/p/a.csv", "/l/p/a.csv"],
  [["s3://b/p=/l"], "s3://b/path/a.csv", undefined],
  [["s3://b/p=/l"], "s3://c/p/a.csv", undefined],
  [["s3://b/p=/l", "s3://b/p/q=/m", "s3://b=/n"], "s3://b/p/q/a.csv", "/m/a.csv"],
  [["s3://b/p=/l", "s3://b/p/q=/m", "s3://b=/n"], "s3://b/p/r/a.csv", "/l/r/a.csv"],
  [["s3://b/dt=1/p=/l/dt=1"], "s3://b/dt=1/p/a.csv", "/l/dt=1/a.csv"],
  [["s3://b/dt=1=./l"], "s3://b/dt=1/a.csv", "l/a.csv"],
  [["s3://b/p=local"], "s3://b/p/a.csv", "local/a.csv"],
  [["s3://b/p=/l"], "s3://b/p/../../etc/passwd", undefined],
  [[], "s3://b/p/a.csv", undefined],
] as const)("by %j, %s lies at %s", (entries, uri, path) => {
  expect(new ObjectMap(entries).locate(uri)).toBe(path);
});

test.each(["", "s3://b/p", "s3://b/p=", "/l=s3://b/p", "s3://=/l"])("%j is refused", (entry) => {
  expect(() => new ObjectMap([entry])).toThrow(
    expect.objectContaining({
      message:
        `--map is ${JSON.stringify(entry)}; expected a prefix and its folder, such as ` +
        "s3://bucket/path=/local/folder.",
      code: "usage",
    }),
  );
});
