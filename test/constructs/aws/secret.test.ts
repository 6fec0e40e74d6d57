import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformLocal } from "cdktf";

import { ClientParameters } from "../../../constructs/aws/client-parameters";
import { EphemeralSecret } from "../../../constructs/aws/ephemeral-secret";
import { Secret, SecretValue, type SecretValueProps } from "../../../constructs/aws/secret";
import { secretDocument } from "../../../constructs/aws/secret-document";
import { ResourceNames } from "../../../constructs/core/naming";
import { resourcesOf, synth, testStack } from "../../support/synth";

const awsStack = () => {
  const stack = testStack();
  new AwsProvider(stack, "Aws");
  return stack;
};

const document = secretDocument({
  path: ["a", "keys"],
  description: "Keys",
  publicFields: ["api.key", "kafka.cluster.id"],
  secretFields: ["api.secret"],
});

const secretOf = (stack: ReturnType<typeof awsStack>, recoveryDays = 0) =>
  new Secret(stack, "Keys", { document, names: new ResourceNames("lab", "test"), recoveryDays });

test("a secret is created empty", () => {
  const stack = awsStack();
  secretOf(stack, 7);
  expect(synth(stack).resource).toEqual({
    aws_secretsmanager_secret: {
      Keys_4E30B592: {
        name: "/confluent_cloud_resource/lab-test/a/keys",
        description: "Keys",
        recovery_window_in_days: 7,
      },
    },
  });
});

test.each([0, 7, 30])("%d days of recovery are possible", (days) => {
  expect(() => secretOf(awsStack(), days)).not.toThrow();
});

test.each([-1, 1, 6, 7.5, 31, Number.NaN])("fails for %d days of recovery", (days) => {
  expect(() => secretOf(awsStack(), days)).toThrow(
    `test/Keys: recoveryDays must be 0 or a whole number from 7 to 30, got ${days}`,
  );
});

const publicFields = { "api.key": "K1", "kafka.cluster.id": "lkc-1" };
const secretFields = { "api.secret": "hidden" };

test("A-R6: a value is written without a copy in state, and again when a public field or a key changes", () => {
  const stack = awsStack();
  const secret = secretOf(stack);
  new SecretValue(stack, "Value", { secret, publicFields, secretFields, keyIds: ["K1"] });
  const [version] = resourcesOf(synth(stack), "aws_secretsmanager_secret_version");
  expect(version).toEqual({
    secret_id: "${aws_secretsmanager_secret.Keys_4E30B592.arn}",
    secret_string_wo:
      '${jsonencode({"api.key" = "K1", "kafka.cluster.id" = "lkc-1", "api.secret" = "hidden"})}',
    secret_string_wo_version:
      '${parseint(substr(sha256(jsonencode([{"api.key" = "K1", "kafka.cluster.id" = "lkc-1"}, "K1"])), 0, 13), 16)}',
    lifecycle: { create_before_destroy: true },
  });
});

test("the compiler refuses a field that is missing, and one that the document does not have", () => {
  const stack = awsStack();
  const secret = secretOf(stack);
  const value = (id: string, props: SecretValueProps<typeof document>) =>
    new SecretValue(stack, id, props);
  const good = { secret, publicFields, secretFields, keyIds: ["K1"] } as const;
  const incomplete = { "api.key": "K1" };

  value("Good", good);
  // @ts-expect-error -- a public field is missing
  value("PublicField", { ...good, publicFields: incomplete });
  // @ts-expect-error -- a secret field is missing
  value("SecretField", { ...good, secretFields: {} });
  // @ts-expect-error -- a value without a key would never be written again
  value("KeyIds", { ...good, keyIds: [] });

  const read = new EphemeralSecret(stack, "Read", { secret, expect: { "api.key": "K1" } });
  // @ts-expect-error -- nobody writes this field
  read.field("api.kee");
  // @ts-expect-error -- only public fields can be compared in a plan
  new EphemeralSecret(stack, "Expect", { secret, expect: { "api.secret": "hidden" } });

  expect(resourcesOf(synth(stack), "aws_secretsmanager_secret_version")).toHaveLength(4);
});

test("an ephemeral secret is read by ARN and checked against what it should hold", () => {
  const stack = awsStack();
  const secret = new EphemeralSecret(stack, "Read", {
    secret: secretOf(stack),
    expect: { "kafka.cluster.id": "lkc-1" },
  });
  new TerraformLocal(stack, "Field", secret.field("api.key"));
  const synthesized = synth(stack);
  expect(synthesized.locals).toEqual({
    Field:
      '${jsondecode(ephemeral.aws_secretsmanager_secret_version.Read.secret_string)["api.key"]}',
  });
  expect(synthesized.ephemeral).toEqual({
    aws_secretsmanager_secret_version: {
      Read: {
        secret_id: "${aws_secretsmanager_secret.Keys_4E30B592.arn}",
      },
    },
  });
  expect(synthesized.output).toEqual({
    Read: {
      description: "What the secret that this stack works with was made for.",
      value: { "kafka.cluster.id": "lkc-1" },
      precondition: [
        {
          condition:
            '${(jsondecode(ephemeral.aws_secretsmanager_secret_version.Read.secret_string)["kafka.cluster.id"] == "lkc-1")}',
          error_message:
            "The secret's kafka.cluster.id is not that of this environment. Deploy streaming-credentials, or look who else wrote the secret.",
        },
      ],
    },
  });
});

test("an ephemeral secret without expectations is only read", () => {
  const stack = awsStack();
  new EphemeralSecret(stack, "Read", { secret: secretOf(stack) });
  const synthesized = synth(stack);
  expect(synthesized.ephemeral).toEqual({
    aws_secretsmanager_secret_version: {
      Read: { secret_id: "${aws_secretsmanager_secret.Keys_4E30B592.arn}" },
    },
  });
  expect(synthesized.output).toBeUndefined();
});

test("client settings become one parameter each", () => {
  const stack = awsStack();
  new ClientParameters(stack, "Producer", { path: "/a/producer", settings: { acks: "all" } });
  expect(resourcesOf(synth(stack), "aws_ssm_parameter")).toEqual([
    { name: "/a/producer/acks", type: "String", value: "all" },
  ]);
});

test.each([
  ["", "x", 'a setting\'s name must consist of letters, digits, ".", "_" or "-", got ""'],
  ["a/b", "x", 'a setting\'s name must consist of letters, digits, ".", "_" or "-", got "a/b"'],
  ["acks", "", 'setting "acks" must have a value, got ""'],
])("fails for the setting %j = %j", (name, value, problem) => {
  const settings = { [name]: value };
  expect(() => new ClientParameters(awsStack(), "Client", { path: "/a", settings })).toThrow(
    `test/Client: ${problem}`,
  );
});
