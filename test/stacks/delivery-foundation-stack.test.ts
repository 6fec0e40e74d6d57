import { awsProvider, terraformBlock } from "./support/base";
import { inEveryEnvironment } from "./support/environments";

test.each(inEveryEnvironment("delivery-foundation"))(
  "P-03, H-16: %s: the deployer's images have a repository before anything needs one",
  (_, config, stack, base) => {
    const goes = config.allowDataLoss === true;
    const { accountId, region } = config.aws;
    const name = "${aws_ecr_repository.FlinkDeployerImages.name}";
    expect(stack).toEqual({
      terraform: terraformBlock(config, "delivery-foundation"),
      provider: { aws: [awsProvider(config, "delivery-foundation")], confluent: [{}] },
      resource: {
        aws_ecr_repository: {
          FlinkDeployerImages: {
            name: `${base}-flink-deployer`,
            image_tag_mutability: "IMMUTABLE",
            image_scanning_configuration: { scan_on_push: true },
            encryption_configuration: [{ encryption_type: "KMS" }],
            force_delete: goes,
            lifecycle: { prevent_destroy: !goes },
          },
        },
        aws_ecr_lifecycle_policy: {
          FlinkDeployerImages_Lifecycle: { repository: name, policy: expect.anything() },
        },
        aws_ecr_repository_policy: {
          FlinkDeployerImages_Policy: {
            repository: name,
            policy: expect.stringContaining(
              `"arn:aws:lambda:${region}:${accountId}:function:${base}-*"`,
            ),
          },
        },
      },
    });
  },
);
