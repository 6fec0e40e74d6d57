import { ProtocolError } from "../../../../../sandbox/world/protocol";
import { Terraform } from "../../support/terraform";

const defaults = {
  pendingReads: 1,
  stoppingReads: 1,
  deletingReads: 1,
  staleLists: 1,
  lateTables: {},
  absentIsForbidden: false,
};

test("a client meets every delay once, unless it is told otherwise", () => {
  expect(new Terraform().world.flink.settings).toEqual(defaults);
});

test("what is not given stays as it is", () => {
  const { flink } = new Terraform().world;
  flink.change({ pendingReads: 4, lateTables: { orders: 2 } });

  expect(flink.change({ staleLists: 0, absentIsForbidden: true })).toEqual({
    ...defaults,
    pendingReads: 4,
    staleLists: 0,
    lateTables: { orders: 2 },
    absentIsForbidden: true,
  });
});

test.each([
  [[], "the settings must be an object"],
  [
    { speed: 11 },
    'unknown setting "speed", expected some of pendingReads, stoppingReads, deletingReads, staleLists, lateTables, absentIsForbidden',
  ],
  [{ pendingReads: -1 }, "pendingReads must be a whole number of at least 0, got -1"],
  [{ staleLists: "2" }, 'staleLists must be a whole number of at least 0, got "2"'],
  [{ lateTables: 1 }, "lateTables must be an object of numbers by table"],
  [{ lateTables: { a: 0.5 } }, "lateTables.a must be a whole number of at least 0, got 0.5"],
  [{ absentIsForbidden: 1 }, "absentIsForbidden must be true or false"],
])("fails for the settings %j, and keeps those that were", (body, message) => {
  const { flink } = new Terraform().world;

  expect(() => flink.change(body)).toThrow(new ProtocolError(message));
  expect(flink.settings).toEqual(defaults);
});
