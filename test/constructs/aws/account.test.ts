import { AwsAccount } from "../../../constructs/aws/account";

test.each([
  ["us-east-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("an ARN in %s is of the partition %s", (region, partition) => {
  expect(new AwsAccount("123456789012", region).arnOf("lambda", "function:one")).toBe(
    `arn:${partition}:lambda:${region}:123456789012:function:one`,
  );
});
