import fc from "fast-check";

import { DataSize } from "../../constructs/core/data-size";
import { Duration } from "../../constructs/core/duration";
import { InvalidValueError } from "../../constructs/core/errors";
import { contentName, ResourceNames } from "../../constructs/core/naming";
import { kebabCase, shown, weirdNumber, weirdText } from "./arbitraries";

/** The value that `make` returns, or the message of the InvalidValueError with which it refuses its argument. */
function valueOrMessage<T>(make: () => T): { readonly value: T } | { readonly message: string } {
  try {
    return { value: make() };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) {
      throw error;
    }
    return { message: error.message };
  }
}

const amount = fc.oneof(fc.integer({ min: 0, max: 10_000 }), weirdNumber);

describe.each([
  ["milliseconds", 1],
  ["seconds", 1_000],
  ["minutes", 60_000],
  ["hours", 3_600_000],
  ["days", 86_400_000],
] as const)("Duration.%s", (unit, factor) => {
  it("is exact, or refuses and names the amount", () => {
    fc.assert(
      fc.property(amount, (count) => {
        const result = valueOrMessage(() => Duration[unit](count).toMilliseconds());
        const exact = Number.isInteger(count) && count >= 0 && Number.isSafeInteger(count * factor);
        expect(result).toEqual(
          exact
            ? { value: count * factor }
            : { message: `duration must be a whole, non-negative number of ${unit}, got ${count}` },
        );
      }),
    );
  });
});

describe.each([
  ["bytes", 1, "bytes"],
  ["mebibytes", 1024 ** 2, "MiB"],
  ["gibibytes", 1024 ** 3, "GiB"],
] as const)("DataSize.%s", (make, factor, unit) => {
  it("is exact, or refuses and names the amount", () => {
    fc.assert(
      fc.property(amount, (count) => {
        const result = valueOrMessage(() => DataSize[make](count).toBytes());
        const exact = Number.isInteger(count) && count >= 0 && Number.isSafeInteger(count * factor);
        expect(result).toEqual(
          exact
            ? { value: count * factor }
            : {
                message: `data size must be a whole, non-negative number of ${unit}, got ${count}`,
              },
        );
      }),
    );
  });
});

describe("ResourceNames", () => {
  const environment = fc.constantFrom("sandbox", "dev", "prod");
  const purposes = fc.array(kebabCase, { minLength: 1, maxLength: 4 });

  it("refuses any part that is not kebab-case, naming it, and takes any that is", () => {
    fc.assert(
      fc.property(fc.oneof(kebabCase, weirdText), (part) => {
        const isLegal = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(part);
        const expected = {
          system: `${part}-dev-x`,
          environment: `lake-${part}-x`,
          purpose: `lake-dev-${part}`,
        };
        const refusal = (what: string): string =>
          `${what} must be lower-case words joined by "-" and start with a letter, got ${shown(part)}`;
        for (const what of ["system", "environment", "purpose"] as const) {
          const result = valueOrMessage(() =>
            new ResourceNames(
              what === "system" ? part : "lake",
              what === "environment" ? part : "dev",
            ).resource(what === "purpose" ? part : "x"),
          );
          expect(result).toEqual(isLegal ? { value: expected[what] } : { message: refusal(what) });
        }
      }),
    );
  });

  it("gives different things of a system different names, and the same thing always the same", () => {
    fc.assert(
      fc.property(
        kebabCase,
        fc.tuple(environment, kebabCase),
        fc.tuple(environment, kebabCase),
        (system, one, other) => {
          const name = ([where, purpose]: readonly [string, string]): string =>
            new ResourceNames(system, where).resource(purpose);
          const same = one[0] === other[0] && one[1] === other[1];
          expect(name(one) === name(other)).toBe(same);
          expect(name(one)).toBe(name(one));
        },
      ),
    );
  });

  it("gives different parts different paths, all below the environment's own", () => {
    fc.assert(
      fc.property(kebabCase, environment, purposes, purposes, (system, where, one, other) => {
        const names = new ResourceNames(system, where);
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(names.path(...one) === names.path(...other)).toBe(same);
        expect(names.path(...one).startsWith(`/confluent_cloud_resource/${names.base}/`)).toBe(
          true,
        );
      }),
    );
  });

  it("takes as a part of a path only what stays one part", () => {
    fc.assert(
      fc.property(weirdText, (part) => {
        const result = valueOrMessage(() => new ResourceNames("lake", "dev").path("a", part));
        const refusal = `path part must consist of letters, digits, ".", "_" or "-", got ${shown(part)}`;
        expect(result).toEqual(
          /^[A-Za-z0-9._-]+$/.test(part)
            ? { value: `/confluent_cloud_resource/lake-dev/a/${part}` }
            : { message: refusal },
        );
      }),
    );
  });
});

describe("contentName", () => {
  const content = fc.array(weirdText, { maxLength: 3 });

  it("is legal, within the limit, and keeps the whole hash", () => {
    fc.assert(
      fc.property(kebabCase, content, fc.integer({ min: 12, max: 100 }), (readable, of, limit) => {
        const name = contentName(readable, of, limit);
        expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*-[0-9a-f]{10}$/);
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(readable.startsWith(name.slice(0, -11))).toBe(true);
      }),
    );
  });

  it("differs exactly when the content does", () => {
    fc.assert(
      fc.property(kebabCase, content, content, (readable, one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(contentName(readable, one, 100) === contentName(readable, other, 100)).toBe(same);
      }),
    );
  });

  it("refuses a limit that leaves no room for a name", () => {
    fc.assert(
      fc.property(fc.integer({ max: 11 }), (limit) => {
        expect(valueOrMessage(() => contentName("name", [], limit))).toEqual({
          message: `limit must leave room for a name beside the hash, got ${limit}`,
        });
      }),
    );
  });
});
