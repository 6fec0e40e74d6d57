import { isObject, text, type JsonObject } from "../../../../../sandbox/world/values";
import { planned } from "../../support/planned";
import { copy, Gateway, gateway } from "../../support/gateway";

async function ten(count = 12): Promise<Gateway> {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ staleLists: 0 });
  for (let n = 1; n <= count; n++) {
    const labels = {
      "user.confluent.io/app": n % 2 === 0 ? "even" : "odd",
      ...(n === 1 && { "user.confluent.io/first": "" }),
    };
    await flink.submit(`s-${String(n).padStart(2, "0")}`, copy, { labels });
  }
  return flink;
}

function metadata(list: JsonObject): JsonObject {
  return isObject(list["metadata"]) ? list["metadata"] : {};
}

test("a list comes in pages", async () => {
  const flink = await ten();
  const first = await flink.expect(200, "GET", "?cell_based_self_url=true");
  expect(first).toEqual({
    api_version: "sql/v1",
    kind: "StatementList",
    metadata: {
      self: flink.url,
      next: expect.stringMatching(
        /^https:.*\/statements\?cell_based_self_url=true&page_token=[\w-]+$/,
      ),
    },
    data: expect.any(Array),
  });
  expect(first["data"]).toHaveLength(10);

  const { pathname, search } = new URL(text(metadata(first), "next"));
  const second = await flink.expect(200, "GET", pathname + search);
  expect(metadata(second)["next"]).toBe("");
  expect(second["data"]).toMatchObject([{ name: "s-11" }, { name: "s-12" }]);
});

test("a page has the size that is asked for", async () => {
  const flink = await ten();

  expect(await flink.names("?page_size=5")).toEqual(["s-01", "s-02", "s-03", "s-04", "s-05"]);
  expect(await flink.names("?page_size=100")).toHaveLength(12);
});

test.each([
  ["page_size=0", "page_size must be a whole number from 1 to 100, got 0"],
  ["page_size=101", "page_size must be a whole number from 1 to 100, got 101"],
  ["page_size=many", "page_size must be a whole number from 1 to 100, got many"],
  ["page_token=abc", "page_token is none that this list has given"],
  ["label_selector=a%20b", 'label_selector: "a b" is no requirement'],
  ["label_selector=!a=b", 'label_selector: "!a=b" is no requirement'],
])("400 for ?%s", async (query, detail) => {
  const flink = await ten(1);

  expect(await flink.refusal("GET", `?${query}`)).toBe(`400 ${detail}`);
});

test.each([
  ["user.confluent.io/app=odd", ["s-01", "s-03"]],
  ["user.confluent.io/app==even", ["s-02"]],
  ["user.confluent.io/app!=even", ["s-01", "s-03"]],
  ["user.confluent.io/first", ["s-01"]],
  ["!user.confluent.io/first", ["s-02", "s-03"]],
  ["user.confluent.io/app=odd, !user.confluent.io/first", ["s-03"]],
  ["user.confluent.io/other=odd", []],
])("the selector %s chooses", async (selector, names) => {
  const flink = await ten(3);

  expect(await flink.names(`?label_selector=${encodeURIComponent(selector)}`)).toEqual(names);
});

test("a list can be of one pool, and shows of others what the caller may see", async () => {
  const names = await gateway();
  const { gateway: flink, platform } = names;
  flink.world.flink.change({ staleLists: 0 });
  const pool = await platform.terraform.create(
    "flink_compute_pool",
    planned.computePool(flink.environmentId, "second"),
  );
  await flink.submit("a");
  await flink.submit("b", copy, { compute_pool_id: pool["id"] });
  expect(await flink.names(`?spec.compute_pool_id=${text(pool, "id")}`)).toEqual(["b"]);

  const reader = await platform.account("reader");
  await platform.grant(reader, "FlinkDeveloper", text(pool, "resource_name"));
  const own = Gateway.of(names, await platform.flink(reader));
  expect(await own.names()).toEqual(["b"]);
  expect(await own.refusal("GET", "/a")).toBe("403 Forbidden Access");
});

test("a new statement is missing from the first list, and a deleted one still in the next", async () => {
  const { gateway: flink } = await gateway();
  await flink.submit("copy-1");
  expect(await flink.names()).toEqual([]);
  expect(await flink.names()).toEqual(["copy-1"]);
  await flink.expect(202, "DELETE", "/copy-1");
  await flink.phases("copy-1", 1);

  expect(await flink.phases("copy-1", 1)).toEqual(["absent"]);
  expect(await flink.names()).toEqual(["copy-1"]);
  expect(await flink.names()).toEqual([]);
});

test("lists are stale for as long as is told, and a next page does not count", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ staleLists: 3, deletingReads: 0 });
  await flink.submit("copy-1");
  const token = Buffer.from("from:0").toString("base64url");
  expect(await flink.names(`?page_token=${token}`)).toEqual([]);
  expect(await flink.names()).toEqual([]);
  expect(await flink.names()).toEqual([]);
  expect(await flink.names()).toEqual([]);
  expect(await flink.names()).toEqual(["copy-1"]);

  await flink.expect(202, "DELETE", "/copy-1");
  const seen = [await flink.names(), await flink.names(), await flink.names()];
  expect(seen).toEqual([["copy-1"], ["copy-1"], ["copy-1"]]);
  expect(await flink.names()).toEqual([]);
});

test("a statement that came and went before a list is in none, and one that came again is", async () => {
  const { gateway: flink } = await gateway();
  flink.world.flink.change({ deletingReads: 0 });
  await flink.submit("copy-1");
  await flink.expect(202, "DELETE", "/copy-1");
  expect(await flink.names()).toEqual([]);

  await flink.submit("copy-1");
  await flink.names();
  await flink.expect(202, "DELETE", "/copy-1");
  await flink.submit("copy-1");
  expect(await flink.names()).toEqual([]);
  expect(await flink.names()).toEqual(["copy-1"]);
});
