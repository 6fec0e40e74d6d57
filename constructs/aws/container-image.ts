import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { Construct } from "constructs";

import { validate } from "../core/validation";
import type { ImageRepository } from "./image-repository";

export interface ContainerImageProps {
  readonly repository: ImageRepository;

  /** The name of what the image was made of, such as `inputs-<hash>`: never one that moves from image to image. */
  readonly tag: string;
}

/**
 * An image that was pushed, by its digest. Lambda looks a tag up once and Terraform never again: with a tag in its place,
 * a new image would be no change. The plan asks for the digest, and stops when nobody has pushed the image.
 */
export class ContainerImage extends Construct {
  /** `<repository>@sha256:<digest>`. */
  readonly imageUri: string;

  constructor(scope: Construct, id: string, { repository, tag }: ContainerImageProps) {
    super(scope, id);
    validate(this, [
      [
        !/^[a-z]+-[0-9a-f]{7,64}$/.test(tag),
        `tag must name what the image was made of by a hash, such as inputs-0123456789abcdef, got ${JSON.stringify(tag)}`,
      ],
    ]);
    const { imageDigest } = new DataAwsEcrImage(this, "Pushed", {
      repositoryName: repository.repositoryName,
      imageTag: tag,
    });
    this.imageUri = `${repository.repositoryUrl}@${imageDigest}`;
  }
}
