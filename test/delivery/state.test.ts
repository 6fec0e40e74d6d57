import { addressList, managedAddresses, resourcesInState } from "../../delivery/state";
import { demoProjects } from "./support/demo-project";

const demo = demoProjects();

const state = {
  version: 4,
  resources: [
    { mode: "managed", type: "t", name: "one", instances: [{ attributes: { secret: "hidden" } }] },
    { mode: "data", type: "d", name: "read", instances: [{}] },
    { mode: "managed", type: "t", name: "many", instances: [{ index_key: 0 }, { index_key: 1 }] },
    { mode: "managed", type: "t", name: "gone", instances: [] },
    {
      module: 'module.m["x"]',
      mode: "managed",
      type: "t",
      name: "each",
      instances: [{ index_key: "a.b" }],
    },
  ],
};
const ADDRESSES = ["t.one", "t.many[0]", "t.many[1]", 'module.m["x"].t.each["a.b"]'];

test("the managed instances are named as Terraform names them", () => {
  expect(managedAddresses(state)).toEqual(ADDRESSES);
});

test.each([null, [], {}, { resources: {} }])("%j is no state", (value) => {
  expect(() => managedAddresses(value)).toThrow("not a Terraform state: it lists no resources");
});

test("a state is read through Terraform, wherever it is kept, and goes into no log", async () => {
  const { project } = demo;
  project.instruct({ terraform: { state: { print: JSON.stringify(state) } } });

  expect(await resourcesInState(project.context(), project.stack("streams"))).toEqual(ADDRESSES);
  expect(project.call("terraform")).toMatchObject({
    arguments: ["state", "pull"],
    directory: project.stack("streams").directory,
  });
  expect(project.log("01-state-streams.log")).toBe("");
});

test("a stack that was never deployed has an empty state", async () => {
  const { project } = demo;

  expect(await resourcesInState(project.context(), project.stack("streams"))).toEqual([]);
  expect(project.journal()).toEqual(["streams state"]);
});

test("a state that cannot be read is no empty state", async () => {
  const { project } = demo;
  project.instruct({ terraform: { state: { printError: "Error: no access\n", exit: 1 } } });

  await expect(resourcesInState(project.context(), project.stack("streams"))).rejects.toThrow(
    [
      "terraform state of streams ended with exit code 1",
      "Error: no access",
      `log: ${project.logs}/01-state-streams.log`,
    ].join("\n"),
  );
});

test.each([
  [["t.a"], "1 resource (t.a)"],
  [["t.a", "t.b", "t.c"], "3 resources (t.a, t.b, t.c)"],
  [["t.a", "t.b", "t.c", "t.d"], "4 resources (t.a, t.b, t.c, …)"],
])("%j is listed as %s", (addresses, text) => {
  expect(addressList(addresses)).toBe(text);
});
