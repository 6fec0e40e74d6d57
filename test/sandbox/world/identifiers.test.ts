import fc from "fast-check";

import { alphabets, derive, deriveUuid, Identifiers } from "../../../sandbox/world/identifiers";
import { text, type TerraformObject } from "../../../sandbox/world/values";
import { planned } from "./support/planned";
import { Platform } from "./support/platform";
import { Terraform } from "./support/terraform";

test("ids do not depend on the order in which things are created", () => {
  const names = fc.uniqueArray(fc.tuple(fc.constantFrom("environment", "topic"), fc.string()), {
    selector: (name) => JSON.stringify(name),
    minLength: 2,
  });
  fc.assert(
    fc.property(
      names.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([first, second]) => {
        const issue = (order: readonly (readonly [string, string])[]): Record<string, string> => {
          const identifiers = new Identifiers("seed");
          return Object.fromEntries(
            order.map(([kind, name]) => [
              JSON.stringify([kind, name]),
              derive(alphabets.lower, 6, ...identifiers.next(kind, [name])),
            ]),
          );
        };
        expect(issue(second)).toEqual(issue(first));
      },
    ),
  );
});

test("the same name again is another object with another id, also after a restart", () => {
  const before = new Identifiers("seed");
  const first = before.next("environment", ["a"]);
  const resumed = new Identifiers("seed", before.toJSON());

  expect(resumed.next("environment", ["a"])).not.toEqual(first);
});

test("another seed gives other ids", () => {
  expect(derive(alphabets.lower, 6, "one")).not.toBe(derive(alphabets.lower, 6, "two"));
});

test.each([
  [alphabets.upper, 16, /^[A-Z0-9]{16}$/],
  [alphabets.lower, 6, /^[a-z0-9]{6}$/],
  [alphabets.base64, 200, /^[A-Za-z0-9+/]{200}$/],
])("derived text keeps to its alphabet %s and length %d", (alphabet, length, shape) => {
  expect(derive(alphabet, length, "x")).toMatch(shape);
});

test("a derived UUID has the form of version 4", () => {
  expect(deriveUuid("x")).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
});

test("two worlds with one seed give equal states, whatever came first", async () => {
  const build = async (reverse: boolean): Promise<readonly TerraformObject[]> => {
    const { terraform, ids } = await Platform.create(new Terraform("same"));
    const names = ["producer", "consumer"];
    const accounts = new Map<string, TerraformObject>();
    for (const name of reverse ? names.reverse() : names) {
      accounts.set(name, await terraform.create("service_account", planned.serviceAccount(name)));
    }
    const managed = {
      id: ids.cluster,
      api_version: "cmk/v2",
      kind: "Cluster",
      environmentId: ids.environment,
    };
    const owners = [...accounts.values()].map((account) => text(account, "id"));
    const keys = await Promise.all(
      owners.map((owner) => terraform.create("api_key", planned.apiKey(owner, managed))),
    );
    return [...accounts.values(), ...keys].sort((a, b) =>
      text(a, "id").localeCompare(text(b, "id")),
    );
  };

  expect(await build(true)).toEqual(await build(false));
});

test("every id has the vendor's shape", async () => {
  const platform = await Platform.create();
  const { ids } = platform;
  const account = await platform.account("shape");
  const binding = await platform.grant(account, "DeveloperRead", platform.topicCrn("*"));
  const key = await platform.key(account, "cluster");

  expect(ids).toEqual({
    organization: expect.stringMatching(/^[\da-f-]{36}$/),
    environment: expect.stringMatching(/^env-[a-z0-9]{6}$/),
    cluster: expect.stringMatching(/^lkc-[a-z0-9]{6}$/),
    registry: expect.stringMatching(/^lsrc-[a-z0-9]{6}$/),
    pool: expect.stringMatching(/^lfcp-[a-z0-9]{6}$/),
  });
  expect(account).toMatch(/^sa-[a-z0-9]{6}$/);
  expect(text(binding, "id")).toMatch(/^rb-[A-Za-z0-9]{6}$/);
  expect(text(key, "id")).toMatch(/^[A-Z0-9]{16}$/);
  expect(text(key, "secret")).toMatch(/^[A-Za-z0-9+/]{64}$/);
});
