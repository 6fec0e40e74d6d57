import { type HclBody, type HclValue, parseHcl } from "../../../sandbox/aws/hcl";

/** Maps as objects, so that expectations can be written down. */
function plain(value: HclValue): unknown {
  if (value instanceof Map) {
    const body: HclBody = value;
    return Object.fromEntries([...body].map(([name, values]) => [name, values.map(plain)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

describe("parseHcl", () => {
  test("reads attributes, blocks, labels, lists and comments", () => {
    const text = `
      # a comment
      plugin_cache_dir   = "/tmp/a \\"b\\"" // another
      disable_checkpoint = true
      number = 3
      /* over
         lines */
      credentials "app.terraform.io" {
        token = "xyz"
      }
      provider_installation {
        filesystem_mirror {
          path    = "/opt/mirror"
          include = [
            "hashicorp/*",
            "example.com/*/*",
          ]
        }
        direct {}
      }`;

    expect(plain(parseHcl(text))).toEqual({
      plugin_cache_dir: ['/tmp/a "b"'],
      disable_checkpoint: [true],
      number: [3],
      credentials: [{ token: ["xyz"] }],
      provider_installation: [
        {
          filesystem_mirror: [
            { path: ["/opt/mirror"], include: [["hashicorp/*", "example.com/*/*"]] },
          ],
          direct: [{}],
        },
      ],
    });
  });

  test("reads blocks on one line, as Terraform does", () => {
    const text = `a { b { path = "/x" include = ["y"] } b { path = "/z" } }`;

    expect(plain(parseHcl(text))).toEqual({
      a: [{ b: [{ path: ["/x"], include: [["y"]] }, { path: ["/z"] }] }],
    });
  });

  test("reads objects and quoted names", () => {
    expect(plain(parseHcl(`dev_overrides = { "hashicorp/aws" = "/src", other: false }`))).toEqual({
      dev_overrides: [{ "hashicorp/aws": ["/src"], other: [false] }],
    });
  });

  test("reads JSON with repeated blocks as arrays", () => {
    const text = ` {"a": [{"b": [{"c": "x"}, {"c": 1}]}, {"d": ["y"]}], "e": true}`;

    expect(plain(parseHcl(text))).toEqual({
      a: [{ b: [{ c: ["x"] }, { c: [1] }] }, { d: [["y"]] }],
      e: [true],
    });
  });

  test("an empty text is an empty body", () => {
    expect(plain(parseHcl(""))).toEqual({});
  });

  test.each([
    ["a = \n\n@", "line 3: @ is not expected there"],
    ['a "label"\nb = 1', "line 2: b is not expected there"],
    ["a {\n  b = 1\n", "line 3: the end of the file is not expected there"],
    ["a = word", "line 1: word is not expected there"],
    ["a = 1 }", "line 1: } is not expected there"],
    ['a = "\\q"', 'line 1: "\\q" is not expected there'],
    ["a = [1", "line 1: the end of the file is not expected there"],
    ['{"a": ', "it begins as JSON and is not JSON"],
  ])("fails for %j", (text, message) => {
    expect(() => parseHcl(text)).toThrow(new Error(message));
  });
});
