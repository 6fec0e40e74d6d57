import { InvalidValueError } from "../../../constructs/core/errors";
import { contentName, ResourceNames } from "../../../constructs/core/naming";

const names = new ResourceNames("lakehouse", "dev");

test("names carry system and environment", () => {
  expect(names.base).toBe("lakehouse-dev");
  expect(names.resource("event-streams")).toBe("lakehouse-dev-event-streams");
});

test("P-10: a path always begins with a slash and names system and environment", () => {
  expect(names.path("producer_kafka_client", "acks")).toBe(
    "/confluent_cloud_resource/lakehouse-dev/producer_kafka_client/acks",
  );
});

test.each(["", "Upper", "1st", "a--b", "-a", "a-", "a_b", "a b"])(
  "fails for %j as a part of a name",
  (part) => {
    const problem = `must be lower-case words joined by "-" and start with a letter, got ${JSON.stringify(part)}`;
    expect(() => new ResourceNames(part, "dev")).toThrow(
      new InvalidValueError(`system ${problem}`),
    );
    expect(() => new ResourceNames("lakehouse", part)).toThrow(
      new InvalidValueError(`environment ${problem}`),
    );
    expect(() => names.resource(part)).toThrow(new InvalidValueError(`purpose ${problem}`));
  },
);

test.each(["", "a/b", "a b", "ä", "a\n"])("fails for %j as a part of a path", (part) => {
  expect(() => names.path("ok", part)).toThrow(
    new InvalidValueError(
      `path part must consist of letters, digits, ".", "_" or "-", got ${JSON.stringify(part)}`,
    ),
  );
});

describe("contentName", () => {
  test("is the readable part and ten digits of a hash of the content", () => {
    expect(contentName("flight-union", ["a", "b"], 100)).toBe("flight-union-0473ef2dc0");
  });

  test("T-20: changes with the content and only with it", () => {
    expect(contentName("x", ["a"], 100)).toBe(contentName("x", ["a"], 100));
    expect(contentName("x", ["a"], 100)).not.toBe(contentName("x", ["b"], 100));
    expect(contentName("x", ["ab"], 100)).not.toBe(contentName("x", ["a", "b"], 100));
  });

  test("cuts the readable part, not the hash, and leaves no dangling hyphen", () => {
    const name = contentName("abc-def", ["a"], 15);
    expect(name).toMatch(/^abc-[0-9a-f]{10}$/);
    expect(contentName("abcdef", ["a"], 12)).toMatch(/^a-[0-9a-f]{10}$/);
  });

  test("fails when the limit leaves no room", () => {
    expect(() => contentName("x", ["a"], 11)).toThrow(
      new InvalidValueError("limit must leave room for a name beside the hash, got 11"),
    );
  });
});
