import {
  countByAction,
  countChanges,
  type PlannedChange,
  summarisePlan,
} from "../../delivery/plan-summary";

/** A plan as `terraform show -json` prints it. */
function plan(members: object): unknown {
  return { format_version: "1.2", ...members };
}

function change(address: string, ...actions: string[]): PlannedChange {
  return { address, actions };
}

/** An object that was found to be different. */
function drifted(before: unknown, after: unknown): unknown {
  return plan({
    resource_drift: [{ address: "t.a", change: { actions: ["update"], before, after } }],
  });
}

describe("changes", () => {
  test("are the objects with which something is to be done", () => {
    const summary = summarisePlan(
      plan({
        resource_changes: [
          { address: "t.a", change: { actions: ["create"] } },
          { address: "t.b", change: { actions: ["no-op"] } },
          { address: "t.c", change: { actions: ["delete", "create"] } },
          { address: "data.t.d", change: { actions: ["read"] } },
        ],
      }),
    );

    expect(summary).toEqual({
      changes: [
        change("t.a", "create"),
        change("t.c", "delete", "create"),
        change("data.t.d", "read"),
      ],
      drift: [],
      outputs: [],
    });
  });

  test("include an object that only moves", () => {
    const { changes } = summarisePlan(
      plan({
        resource_changes: [
          { address: "t.b", previous_address: "t.a", change: { actions: ["no-op"] } },
        ],
      }),
    );

    expect(changes).toEqual([{ address: "t.b", previousAddress: "t.a", actions: ["no-op"] }]);
  });

  test("hold no values", () => {
    const secret = { actions: ["update"], before: { key: "hidden" }, after: { key: "hidden2" } };
    const summary = summarisePlan(
      plan({
        resource_changes: [{ address: "t.a", change: secret }],
        resource_drift: [{ address: "t.a", change: secret }],
        output_changes: { key: secret },
      }),
    );

    expect(JSON.stringify(summary).includes("hidden")).toBe(false);
    expect(countChanges(summary)).toBe(3);
  });
});

describe("drift", () => {
  test.each<[string, unknown, unknown]>([
    ["null and an empty list", { tags: null }, { tags: [] }],
    ["null and an empty map", { tags: null }, { tags: {} }],
    ["an empty list and null", { tags: [] }, { tags: null }],
    ["absent and null", { name: "x" }, { name: "x", tags: null }],
    ["deep inside", { block: [{ rules: null, name: "x" }] }, { block: [{ rules: {}, name: "x" }] }],
  ])("is not a difference between %s", (_, before, after) => {
    expect(summarisePlan(drifted(before, after)).drift).toEqual([]);
  });

  test.each<[string, unknown, unknown]>([
    ["another value", { name: "a" }, { name: "b" }],
    ["another type", { size: 1 }, { size: "1" }],
    ["a value that is gone", { name: "a" }, { name: null }],
    ["a value that came", { tags: {} }, { tags: { a: "b" } }],
    ["an empty string", { name: null }, { name: "" }],
    ["false", { public: null }, { public: false }],
    ["zero", { size: null }, { size: 0 }],
    ["one more item", { list: ["a"] }, { list: ["a", "b"] }],
    ["another order", { list: ["a", "b"] }, { list: ["b", "a"] }],
    ["an object in the place of a list", { list: ["a"] }, { list: { 0: "a" } }],
  ])("is %s", (_, before, after) => {
    expect(summarisePlan(drifted(before, after)).drift).toEqual([change("t.a", "update")]);
  });

  test("is an object that somebody deleted", () => {
    const deleted = { actions: ["delete"], before: { name: "a" }, after: null };
    const summary = summarisePlan(plan({ resource_drift: [{ address: "t.a", change: deleted }] }));

    expect(summary.drift).toEqual([change("t.a", "delete")]);
  });

  test("is not what a role shows of the policies that other resources give it", () => {
    const drift = (type: string, after: unknown): unknown =>
      plan({
        resource_drift: [
          { address: "t.a", type, change: { actions: ["update"], before: role, after } },
        ],
      });
    const role = { name: "a", inline_policy: [], managed_policy_arns: [] };
    const given = { ...role, inline_policy: [{ name: "b" }], managed_policy_arns: ["c"] };

    expect(summarisePlan(drift("aws_iam_role", given)).drift).toEqual([]);
    expect(summarisePlan(drift("aws_iam_role", { ...given, name: "d" })).drift).toHaveLength(1);
    expect(summarisePlan(drift("aws_iam_role", null)).drift).toHaveLength(1);
    expect(summarisePlan(drift("aws_iam_user", given)).drift).toHaveLength(1);
  });
});

test("outputs are those that change, by name", () => {
  const { outputs } = summarisePlan(
    plan({ output_changes: { a: { actions: ["update"] }, b: { actions: ["no-op"] } } }),
  );

  expect(outputs).toEqual([change("a", "update")]);
});

test("changes are counted by what is done, a replacement in either order once", () => {
  const counts = countByAction([
    change("a", "create"),
    change("b", "update"),
    change("c", "delete", "create"),
    change("d", "create", "delete"),
    change("e", "delete"),
    change("f", "delete"),
    change("g", "read"),
    change("h", "forget"),
  ]);

  expect(counts).toEqual({ add: 1, change: 1, replace: 2, destroy: 2 });
});

test.each([
  [null, "terraform show printed something that is not a plan"],
  [{ resource_changes: [] }, "terraform show printed something that is not a plan"],
  [plan({ resource_changes: [{}] }), "not a resource change of a Terraform plan: {}"],
  [plan({ resource_changes: [{ address: "t.a" }] }), "a change of a Terraform plan has no actions"],
  [
    plan({ output_changes: { a: { actions: "update" } } }),
    "a change of a Terraform plan has no actions",
  ],
])("fails for %j", (json, message) => {
  expect(() => summarisePlan(json)).toThrow(message);
});
