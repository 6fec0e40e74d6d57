import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformLocal } from "cdktf";

import { AwsAccount } from "../../../constructs/aws/account";
import { ContainerImage } from "../../../constructs/aws/container-image";
import {
  ImageRepository,
  type ImageRepositoryProps,
} from "../../../constructs/aws/image-repository";
import { withoutHashes } from "../../support/readable";
import { resourcesOf, synth, testStack } from "../../support/synth";

const account = new AwsAccount("123456789012", "us-east-1");
const REBUILT = { protect: false, reason: "built again" } as const;

const fixture = ({
  allowDataLoss = false,
  ...props
}: Partial<ImageRepositoryProps> & { allowDataLoss?: boolean } = {}) => {
  const stack = testStack({ allowDataLoss });
  new AwsProvider(stack, "Aws");
  const repository = new ImageRepository(stack, "Images", {
    account,
    repositoryName: "lab-test-images",
    functionPrefix: "lab-test-",
    ...props,
  });
  return { stack, repository };
};

const synthesized = (props?: Parameters<typeof fixture>[0]) =>
  withoutHashes(synth(fixture(props).stack));

test("P-03, H-16: a repository is Terraform's, its tags are for ever, and what is pushed is scanned", () => {
  expect(synthesized().resource?.["aws_ecr_repository"]).toEqual({
    Images: {
      name: "lab-test-images",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS" }],
      force_delete: false,
      lifecycle: { prevent_destroy: true },
    },
  });
});

test.each([
  [false, undefined, false],
  [true, undefined, false],
  [false, REBUILT, false],
  [true, REBUILT, true],
])(
  "P-07: the environment allows loss: %s, the construct says %j: images go with the repository: %s",
  (allowDataLoss, protection, goes) => {
    const [repository] = resourcesOf(
      synthesized({ allowDataLoss, protection }),
      "aws_ecr_repository",
    );
    expect(repository).toMatchObject({
      force_delete: goes,
      lifecycle: { prevent_destroy: !goes },
    });
  },
);

test.each([
  [undefined, 30],
  [5, 5],
])("old images go: with keep %s the newest %d stay", (keep, countNumber) => {
  const [policy] = resourcesOf(synthesized({ keep }), "aws_ecr_lifecycle_policy");
  const rule = (rulePriority: number, tagStatus: string, count: number) => ({
    rulePriority,
    selection: { tagStatus, countType: "imageCountMoreThan", countNumber: count },
    action: { type: "expire" },
  });
  expect(policy?.["repository"]).toBe("${aws_ecr_repository.Images.name}");
  expect(JSON.parse(String(policy?.["policy"]))).toEqual({
    rules: [rule(1, "untagged", 1), rule(2, "any", countNumber)],
  });
});

test("H-15: the Lambda service pulls, for functions of this account and these names only", () => {
  const [policy] = resourcesOf(synthesized(), "aws_ecr_repository_policy");
  expect(policy?.["repository"]).toBe("${aws_ecr_repository.Images.name}");
  expect(JSON.parse(String(policy?.["policy"]))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:lambda:us-east-1:123456789012:function:lab-test-*" },
        },
      },
    ],
  });
});

test.each(["", "a", "Images", "a--b", "-a", "a b", "a".repeat(257)])(
  "fails for the name %j",
  (repositoryName) => {
    expect(() => fixture({ repositoryName })).toThrow(
      `test/Images: repositoryName must be 2 to 256 lower-case letters and digits, with single ".", "_", "-" or "/" between them, got ${JSON.stringify(repositoryName)}`,
    );
  },
);

test.each([0, 1, 2.5, Number.NaN])("fails when %d images are kept", (keep) => {
  expect(() => fixture({ keep })).toThrow(
    `test/Images: keep must be a whole number of at least 2, so that the image before the newest can run again, got ${keep}`,
  );
});

test("H-16: an image is looked up by what it was made of, and run by its digest", () => {
  const { stack, repository } = fixture();
  const { imageUri } = new ContainerImage(stack, "Image", {
    repository,
    tag: "inputs-0123456789abcdef",
  });
  new TerraformLocal(stack, "Uri", imageUri);
  expect(withoutHashes(synth(stack)).locals).toEqual({
    Uri: "${aws_ecr_repository.Images.repository_url}@${data.aws_ecr_image.Image_Pushed.image_digest}",
  });
  expect(withoutHashes(synth(stack)).data).toEqual({
    aws_ecr_image: {
      Image_Pushed: {
        repository_name: "${aws_ecr_repository.Images.name}",
        image_tag: "inputs-0123456789abcdef",
      },
    },
  });
});

test.each(["latest", "", "v1.2.3", "main", "inputs-", "inputs-0123G67"])(
  "H-16: fails for the tag %j, which may be another image tomorrow",
  (tag) => {
    const { stack, repository } = fixture();
    expect(() => new ContainerImage(stack, "Image", { repository, tag })).toThrow(
      `test/Image: tag must name what the image was made of by a hash, such as inputs-0123456789abcdef, got ${JSON.stringify(tag)}`,
    );
  },
);
