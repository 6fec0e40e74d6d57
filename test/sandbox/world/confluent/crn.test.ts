import fc from "fast-check";

import { covers, parseCrn, type CrnElement } from "../../../../sandbox/world/confluent/crn";

const topic =
  "crn://confluent.cloud/organization=o/environment=env-1/cloud-cluster=lkc-1/kafka=lkc-1/topic=orders";

function parsed(crn: string): readonly CrnElement[] {
  const elements = parseCrn(crn);
  if (elements === undefined) {
    throw new Error(`${crn} must be a resource name`);
  }
  return elements;
}

test.each([
  ["the resource itself", topic],
  ["a prefix", topic.replace("orders", "ord*")],
  ["everything of the type", topic.replace("orders", "*")],
  ["the whole name and a star", `${topic}*`],
  ["the cluster", topic.replace("/kafka=lkc-1/topic=orders", "")],
  ["the environment", "crn://confluent.cloud/organization=o/environment=env-1"],
  ["the organization", "crn://confluent.cloud/organization=o"],
])("a pattern for %s covers a topic", (_case, pattern) => {
  expect(covers(parsed(pattern), parsed(topic))).toBe(true);
});

test.each([
  ["another topic", topic.replace("orders", "order")],
  ["another prefix", topic.replace("orders", "orders-*")],
  ["another type", topic.replace("topic=", "group=")],
  ["another cluster", topic.replaceAll("lkc-1", "lkc-2")],
  ["another environment", "crn://confluent.cloud/organization=o/environment=env-2"],
  ["an environment whose id begins alike", "crn://confluent.cloud/organization=o/environment=env"],
  ["something inside it", `${topic}/partition=1`],
])("a pattern for %s does not cover a topic", (_case, pattern) => {
  expect(covers(parsed(pattern), parsed(topic))).toBe(false);
});

test("an escaped name is the same as the bare one", () => {
  const bare = parsed(
    "crn://confluent.cloud/organization=o/environment=e/schema-registry=l/subject=:.a:b",
  );
  const escaped = parsed(
    "crn://confluent.cloud/organization=o/environment=e/schema-registry=l/subject=%3A.a%3Ab",
  );

  expect(escaped).toEqual(bare);
});

test("a name with a bare percent sign means what it says", () => {
  expect(parsed("crn://confluent.cloud/organization=100%")).toEqual([
    { type: "organization", name: "100%" },
  ]);
});

test.each([
  "",
  "crn://elsewhere/organization=o",
  "crn://confluent.cloud/organization",
  "crn://confluent.cloud/organization=",
])("%j is no resource name", (crn) => {
  expect(parseCrn(crn)).toBeUndefined();
});

test("a star stands for exactly the names with that beginning", () => {
  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(name, name, (prefix, other) => {
      const pattern = [{ type: "topic", name: `${prefix}*` }];
      expect(covers(pattern, [{ type: "topic", name: other }])).toBe(other.startsWith(prefix));
    }),
  );
});
