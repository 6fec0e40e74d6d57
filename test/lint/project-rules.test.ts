import { execFileSync } from "node:child_process";
import { join } from "node:path";

interface Finding {
  /** `null` when the text cannot be parsed. */
  readonly rule: string | null;
  readonly message: string;
}

/** A form that a rule refuses in a file, and what to write there instead. */
interface Example {
  /** Ids of the defects of earlier systems that the rule makes impossible. */
  readonly defects?: string;
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

const SYNTAX = "no-restricted-syntax";
const VENDOR_NAMES = "ARNs and CRNs are made by the construct that owns the thing.";
const BARREL = "The barrel loads every resource: import from lib/<resource>.";

const examples: readonly Example[] = [
  {
    rule: SYNTAX,
    message:
      "node.addDependency emits nothing in CDKTF: use a reference, or dependsOn with a comment.",
    file: "stacks/a.ts",
    wrong: ["topic.node.addDependency(cluster);"],
    right: ["stack.addDependency(other);"],
  },
  {
    rule: SYNTAX,
    message:
      "replace_triggered_by does not converge after a failed create: hash the cause into the name.",
    file: "constructs/confluent/a.ts",
    wrong: [
      "new Topic(this, 'A', { lifecycle: { replaceTriggeredBy: [x] } });",
      "const lifecycle = { replaceTriggeredBy };",
    ],
    right: ["new Topic(this, 'A', { lifecycle: { preventDestroy: true } });"],
  },
  {
    defects: "T-27, T-18",
    rule: SYNTAX,
    message:
      "With Flink's key in the provider block the provider takes the alias's principal and pool, and reports these: give the statement its alias.",
    file: "constructs/confluent/a.ts",
    wrong: [
      "new FlinkStatementResource(this, 'A', { statement, principal: { id } });",
      "new FlinkStatement(this, 'A', { statement, computePool: { id } });",
      "new FlinkMaterializedTable(this, 'A', { query, principal });",
    ],
    right: [
      "new FlinkStatementResource(this, 'A', { statement, provider });",
      "new PrincipalFlinkAccess(this, 'A', { principal, pool });",
    ],
  },
  {
    defects: "A-R1",
    rule: SYNTAX,
    message: "timestamp() is unknown at every plan, and so changes something each time: PlanClock.",
    file: "constructs/aws/a.ts",
    wrong: ["const now = Fn.timestamp();"],
    right: ["const now = PlanClock.of(this).now;"],
  },
  {
    defects: "T-17",
    rule: SYNTAX,
    message: "Without the provider's wait the next call may meet a role or key that is not there.",
    file: "constructs/confluent/a.ts",
    wrong: ["new RoleBindingResource(this, 'A', { principal, disableWaitForReady: true });"],
    right: ["new RoleBindingResource(this, 'A', { principal });"],
  },
  {
    defects: "T-18",
    rule: SYNTAX,
    message: "A display name is not unique, and looking it up waits for apply: pass the id.",
    file: "constructs/confluent/a.ts",
    wrong: ["new DataConfluentServiceAccount(this, 'A', { displayName: 'runner' });"],
    right: ["new DataConfluentServiceAccount(this, 'A', { id: account.serviceAccountId });"],
  },
  {
    defects: "T-24, A-R8",
    rule: SYNTAX,
    message: "A module from elsewhere changes without us: write a construct.",
    file: "stacks/a.ts",
    wrong: [
      "import { TerraformHclModule } from 'cdktf';",
      "import { TerraformModule } from 'cdktf';",
    ],
    right: ["import { TerraformStack } from 'cdktf';"],
  },
  {
    defects: "T-27, A-R4",
    rule: SYNTAX,
    message:
      "A key in a resource stays in its state and dies with the key: configure the provider alias.",
    file: "constructs/confluent/a.ts",
    wrong: [
      "new Topic(this, 'A', { topicName, credentials: { key } });",
      "new Topic(this, 'A', { topicName, credentials });",
      "new Topic(this, 'A', { 'credentials': key });",
    ],
    right: [
      "new Topic(this, 'A', { topicName, provider });",
      "new EventStreamsStack(app, environment, { platform, credentials });",
    ],
  },
  {
    rule: SYNTAX,
    message: "Props are readonly.",
    file: "constructs/confluent/a.ts",
    wrong: ["interface TopicProps { topicName: string }"],
    right: ["interface TopicProps { readonly topicName: string }"],
  },
  {
    rule: SYNTAX,
    message: "An override from outside hides from whoever reads the owner: give the owner a prop.",
    file: "stacks/a.ts",
    wrong: [
      "topic.addOverride('a', 1);",
      "class A { constructor() { this.topic.addOverride('a', 1); } }",
    ],
    right: ["class A { constructor() { this.addOverride('terraform.a', 1); } }"],
  },
  {
    rule: SYNTAX,
    message: "A construct's path holds its parent's id already: give it an id of its own.",
    file: "constructs/patterns/a.ts",
    wrong: [
      "new Topic(this, `${id}-db`, {});",
      "new Topic(this, `db-${this.node.id}`);",
      "new Topic(this, id + '-db', {});",
      "class A extends B { constructor(scope, id) { super(scope, `${id}-db`); } }",
    ],
    right: [
      "new Topic(this, 'Db', { topicName: `${id}-db` });",
      "new Topic(this, `${role}-transactions`, {});",
      "class A extends B { constructor(scope, id) { super(scope, id); } }",
    ],
  },
  ...["stacks/a.ts", "config/a.ts", "constructs/confluent/a.ts", "constructs/core/a.ts"].map(
    (file): Example => ({
      rule: SYNTAX,
      message: VENDOR_NAMES,
      file,
      wrong: [
        "const a = `arn:aws:s3:::${bucket}`;",
        "const a = 'arn:aws:s3:::' + bucket;",
        "const a = `crn://confluent.cloud/kafka=${kafka}`;",
      ],
      right: ["const a = secret.secretArn;", "const a = `${crn}/topic=${topic}`;"],
    }),
  ),
  {
    defects: "H-16",
    rule: SYNTAX,
    message: "What a tag names changes, and Terraform does not see it: take a ContainerImage.",
    file: "constructs/aws/a.ts",
    wrong: [
      "new LambdaFunctionResource(this, 'A', { imageUri: `${repository.url}:latest` });",
      "new LambdaFunctionResource(this, 'A', { imageUri: url + ':latest' });",
      "const config = { imageUri: 'repository:latest' };",
    ],
    right: ["new LambdaFunctionResource(this, 'A', { imageUri: image.imageUri });"],
  },
  ...["stacks/a.ts", "constructs/aws/a.ts", "constructs/patterns/a.ts"].map((file): Example => ({
    defects: "H-03, H-17",
    rule: SYNTAX,
    message:
      "One call forgets a change that failed, or deletes nothing when it goes: FlinkApplication.",
    file,
    wrong: ["new LambdaInvocation(this, 'A', { functionName, input });"],
    right: ["new FlinkApplication(this, 'A', props);"],
  })),
  {
    rule: SYNTAX,
    message: "Terraform functions belong into a construct's named method.",
    file: "stacks/a.ts",
    wrong: ["const a = Fn.element(list, 0);"],
    right: ["const a = cluster.crnOf('topic', name);"],
  },
  {
    rule: SYNTAX,
    message: "A misspelt attribute makes a negated matcher pass: compare the parsed object.",
    file: "test/a.test.ts",
    wrong: ["expect(json).not.toHaveResourceWithProperties(Topic, { nmae: 'a' });"],
    right: ["expect(json).toHaveResource(Topic);", "expect(topic).not.toEqual(other);"],
  },
  {
    rule: "local/explain-depends-on",
    message:
      "A reference orders by itself: where there is none, say in a comment above why this must wait.",
    file: "constructs/confluent/a.ts",
    wrong: [
      "new Topic(this, 'A', { dependsOn: [cluster] });",
      "// why\nnew Topic(this, 'A', { topicName, dependsOn });",
    ],
    right: ["new Topic(this, 'A', {\n  topicName,\n  // why\n  dependsOn: [cluster],\n});"],
  },
  ...["stacks/a.ts", "constructs/core/a.ts", "config/a.ts"].flatMap((file): Example[] => [
    {
      rule: "no-console",
      message: "Unexpected console statement.",
      file,
      wrong: ["console.log('made');"],
      right: ["throw new InvalidValueError('made');"],
    },
    {
      rule: "no-restricted-globals",
      message: "Unexpected use of 'process'. Only main.ts reads the environment.",
      file,
      wrong: ["const a = process.env['A'];"],
      right: ["const a = environment.name;"],
    },
  ]),
  ...["aws", "confluent", "snowflake"].map((vendor): Example => ({
    rule: "no-restricted-imports",
    message: `'@cdktf/provider-${vendor}' import is restricted from being used by a pattern. ${BARREL}`,
    file: "stacks/a.ts",
    wrong: [`import { A } from "@cdktf/provider-${vendor}";`],
    right: [`import { A } from "@cdktf/provider-${vendor}/lib/a";`],
  })),
  {
    rule: "no-restricted-imports",
    message: `'@cdktf/provider-aws/lib' import is restricted from being used by a pattern. ${BARREL}`,
    file: "constructs/aws/a.ts",
    wrong: [`import * as aws from "@cdktf/provider-aws/lib";`],
    right: [`import * as provider from "@cdktf/provider-aws/lib/provider";`],
  },
  ...["null", "random", "time", "tls"].map((vendor): Example => ({
    defects: "T-20, A-R9",
    rule: "no-restricted-imports",
    message: `'@cdktf/provider-${vendor}/lib/a' import is restricted from being used by a pattern. Names are hashes of content, and time is the plan's: nothing here needs it.`,
    file: "constructs/aws/a.ts",
    wrong: [`import { A } from "@cdktf/provider-${vendor}/lib/a";`],
    right: [`import { A } from "@cdktf/provider-aws/lib/a";`],
  })),
  {
    rule: "max-params",
    message: "Constructor has too many parameters (4). Maximum allowed is 3.",
    file: "constructs/core/a.ts",
    wrong: ["class A { constructor(a, b, c, d) {} }"],
    right: ["class A { constructor(a, b, c) {} }"],
  },
  {
    rule: "jsdoc/require-jsdoc",
    message: "Missing JSDoc comment.",
    file: "constructs/core/a.ts",
    wrong: ["export class A {}"],
    right: ["/** An example. */\nexport class A {}"],
  },
];

const ARN_IN_AWS = { file: "constructs/aws/a.ts", text: "const a = `arn:aws:s3:::${bucket}`;" };

const texts = examples
  .flatMap(({ file, wrong, right }) => [...wrong, ...right].map((text) => ({ file, text })))
  .concat(ARN_IN_AWS);
const answer = execFileSync(process.execPath, [join(__dirname, "lint-texts.mjs")], {
  input: JSON.stringify(texts),
  encoding: "utf8",
});
const findings = JSON.parse(answer) as readonly (readonly Finding[])[];

/** What one rule says of a text, or the parser of a text that is none. */
function found(rule: string, file: string, text: string): readonly Finding[] | undefined {
  const index = texts.findIndex((other) => other.file === file && other.text === text);
  return findings[index]?.filter((finding) => [rule, null].includes(finding.rule));
}

const named = examples.map(({ defects, ...example }) => ({
  ...example,
  name: `${defects === undefined ? "" : `${defects}: `}${example.file}: ${example.message}`,
}));

describe.each(named)("$name", ({ rule, message, file, wrong, right }) => {
  test.each(wrong)("refuses %s", (text) => {
    expect(found(rule, file, text)).toEqual([{ rule, message }]);
  });

  test.each(right)("takes %s", (text) => {
    expect(found(rule, file, text)).toEqual([]);
  });
});

test("constructs/aws is where ARNs are made", () => {
  expect(found(SYNTAX, ARN_IN_AWS.file, ARN_IN_AWS.text)).toEqual([]);
});
