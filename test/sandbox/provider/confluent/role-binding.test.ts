import { roleBinding } from "../../../../sandbox/provider/confluent/role-binding";
import { exampleType, planExample, required } from "../support/planning";

const type = exampleType(
  { attributes: { crn_pattern: required } },
  { diffSuppress: ["crn_pattern"], forceNew: ["crn_pattern"] },
  { sameAs: roleBinding.sameAs },
);

function subject(name: string): { crn_pattern: string } {
  return { crn_pattern: `crn://confluent.cloud/organization=o/subject=${name}` };
}

test.each([
  ["a:b", "a%3Ab"],
  ["a%3Ab", "a:b"],
  ["100%", "100%25"],
])("the subject %s is the same as %s", async (old, next) => {
  expect(await planExample(type, subject(old), subject(next))).toStrictEqual({
    planned: { id: "id-1", ...subject(old) },
    replaces: [],
    refused: [],
  });
});

test.each([
  ["a:b", "a%3Ac"],
  ["a", "b"],
  ["100%", "100%2525"],
])("the subject %s is another one than %s", async (old, next) => {
  expect(await planExample(type, subject(old), subject(next))).toStrictEqual({
    planned: { id: "id-1", ...subject(next) },
    replaces: ["crn_pattern"],
    refused: [],
  });
});
