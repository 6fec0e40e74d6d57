import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";

import { protectedLifecycle, type DataProtection } from "../core/data-protection";
import { validate } from "../core/validation";
import type { AwsAccount } from "./account";
import { policyDocument } from "./policy-document";

export interface ImageRepositoryProps {
  readonly account: AwsAccount;

  /** Unique in the account and region. */
  readonly repositoryName: string;

  /** What the names of the functions that run its images begin with. */
  readonly functionPrefix: string;

  /** How many images are kept: those that were pushed last. @default 30 */
  readonly keep?: number;

  /** @default - protected */
  readonly protection?: DataProtection;
}

/**
 * A repository of container images for Lambda functions. A tag is for ever: what runs is told by what it was made of, and
 * nobody can push something else under its name. The Lambda service pulls the images itself, so that no function's role
 * has a right to. @stateful
 */
export class ImageRepository extends Construct {
  readonly repositoryName: string;

  /** Where images are pushed to and pulled from, without a tag. */
  readonly repositoryUrl: string;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    const { account, repositoryName, keep = 30 } = props;
    validate(this, [
      [
        !/^(?=.{2,256}$)[a-z0-9]+([._/-][a-z0-9]+)*$/.test(repositoryName),
        `repositoryName must be 2 to 256 lower-case letters and digits, with single ".", "_", "-" or "/" between them, got ${JSON.stringify(repositoryName)}`,
      ],
      [
        !Number.isSafeInteger(keep) || keep < 2,
        `keep must be a whole number of at least 2, so that the image before the newest can run again, got ${keep}`,
      ],
    ]);
    const lifecycle = protectedLifecycle(this, props.protection);
    const repository = new EcrRepository(this, "Resource", {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS" }],
      // A repository with images is not destroyed otherwise, and who destroys an environment has pushed some.
      forceDelete: !lifecycle.preventDestroy,
      lifecycle,
    });
    new EcrLifecyclePolicy(this, "Lifecycle", {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [expiry(1, "untagged", 1), expiry(2, "any", keep)],
      }),
    });
    new EcrRepositoryPolicy(this, "Policy", {
      repository: repository.name,
      policy: policyDocument({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: {
          StringEquals: { "aws:SourceAccount": account.accountId },
          ArnLike: {
            "aws:SourceArn": account.arnOf("lambda", `function:${props.functionPrefix}*`),
          },
        },
      }),
    });
    this.repositoryName = repository.name;
    this.repositoryUrl = repository.repositoryUrl;
  }
}

/** A rule that keeps the newest images of a kind. */
function expiry(rulePriority: number, tagStatus: "untagged" | "any", countNumber: number): object {
  return {
    rulePriority,
    selection: { tagStatus, countType: "imageCountMoreThan", countNumber },
    action: { type: "expire" },
  };
}
