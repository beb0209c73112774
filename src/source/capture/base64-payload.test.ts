import { describe, expect, it } from "vitest";
import { decodeBase64 } from "./base64-payload.ts";

function decode(bytes: string | Uint8Array, contentType: string | undefined): object {
  const data = Buffer.from(bytes as string).toString("base64");
  return decodeBase64({ data, encoding: "BASE64", contentType }, { invalidUtf8: 0 });
}

describe("decodeBase64", () => {
  it.each<[type: string | undefined, text: string, format: string]>([
    ["text/csv", "[1,2", "csv"],
    ["Text/CSV; charset=utf-8; header=absent", "1,é", "csv"],
    ["application/csv", "{", "csv"],
    ["application/json", "1", "json"],
    ["application/vnd.api+json", "1", "json"],
    ["text/x+json", "1", "json"],
    ["application/jsonlines", "1", "json"],
    ["application/x-ndjson", "1", "json"],
    ["text/html", "<p>", "csv"],
    ["text/plain", " \n[1]", "json"],
    ["text/plain", '{"a":1}', "json"],
    ["", "1,2", "csv"],
    [undefined, "{}", "json"],
    [" ; charset=utf-8", "1", "csv"],
  ])("reads %j with the text %j as %s", (type, text, format) => {
    expect(decode(text, type)).toEqual({ text, format });
  });

  it.each([
    ["image/png", "image/png"],
    ["application/x-npy", "application/x-npy"],
    ["Application/Octet-Stream", "application/octet-stream"],
    ["image/jane-doe", "a content type"],
    ["json", "a content type"],
  ])("refuses %s, and calls it %s: a client may have put any text there", (type, name) => {
    expect(decode("1", `${type};x=1`)).toEqual({
      reason: "content_type",
      problem: `is BASE64 of ${name}, which is not read`,
    });
  });

  it.each([
    ["charset=iso-8859-1", [0xe9], "é"],
    ['Charset = "UTF-16LE"', [0xe9, 0], "é"],
    ["charset=no-such-charset", [0xc3, 0xa9], "é"],
    ["charset=utf-8", [0xef, 0xbb, 0xbf, 0x31], "1"],
  ])("follows %s", (parameter, bytes, text) => {
    const read = decode(Uint8Array.from(bytes), `text/csv; ${parameter}`);
    expect(read).toEqual({ text, format: "csv" });
  });

  it("counts sequences that are invalid in the charset", () => {
    const tally = { invalidUtf8: 0 };
    const data = Buffer.from([0x31, 0xff, 0xc3]).toString("base64");
    const side = { data, encoding: "BASE64", contentType: "text/csv" };
    expect(decodeBase64(side, tally)).toEqual({ text: "1\ufffd\ufffd", format: "csv" });
    expect(tally.invalidUtf8).toBe(2);
  });

  it.each(["MQ", "MQ=", "MQ===", "MR==", "MQ==\n", "M Q=", "M-_=", "MQ==MQ==", "é"])(
    "refuses %j",
    (data) => {
      const side = { data, encoding: "BASE64", contentType: "text/csv" };
      expect(decodeBase64(side, { invalidUtf8: 0 })).toEqual({
        reason: "base64",
        problem: "is no BASE64",
      });
    },
  );
});
