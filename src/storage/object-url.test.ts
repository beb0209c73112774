import { describe, expect, it } from "vitest";
import { isObjectUrl, joinPath, parseObjectUrl } from "./object-url.ts";

describe("the URL of objects", () => {
  it.each([
    ["s3://b", "b", ""],
    ["s3://b/", "b", ""],
    ["s3://b/a/c.csv", "b", "a/c.csv"],
    ["s3://b//a?x#y%20 z", "b", "/a?x#y%20 z"],
    ["s3://b/line\nbreak", "b", "line\nbreak"],
  ])("%j has its bucket and key", (url, bucket, key) => {
    expect(isObjectUrl(url)).toBe(true);
    expect(parseObjectUrl(url)).toEqual({ bucket, key });
  });

  it.each(["a.csv", "/a/b", "C:\\a.csv", "s3:/b/a", "a/s3://b"])("is not %j", (path) => {
    expect(isObjectUrl(path)).toBe(false);
  });

  it("is continued as a folder is", () => {
    expect(joinPath("s3://b", "x.json")).toBe("s3://b/x.json");
    expect(joinPath("s3://b/p/", "x.json")).toBe("s3://b/p/x.json");
    expect(joinPath("p/../q/", "x.json")).toBe("q/x.json");
  });

  it("of another scheme is refused", () => {
    expect(() => isObjectUrl("https://host/a.csv")).toThrow(
      expect.objectContaining({
        code: "usage",
        message:
          "https://host/a.csv: https:// is not read; expected a local path, or " +
          "s3://bucket/prefix. Google Cloud Storage and others are read as s3:// through " +
          "AWS_ENDPOINT_URL_S3, or as a mounted folder.",
      }),
    );
  });
});
