import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { ImageRepository } from "../constructs/aws/image-repository";
import { BaseStack } from "./base-stack";

const REBUILT = {
  protect: false,
  reason: "images are built again from the files they are made of",
} as const;

/** What must be there before anything else can be delivered: the places to which builds are pushed. */
export class DeliveryFoundationStack extends BaseStack {
  /** Images of the function that deploys Flink jobs with the Table API. */
  readonly flinkDeployerImages: ImageRepository;

  constructor(scope: App, config: EnvironmentConfig) {
    super(scope, config, "delivery-foundation");
    this.flinkDeployerImages = new ImageRepository(this, "FlinkDeployerImages", {
      account: this.awsAccount,
      repositoryName: this.names.resource("flink-deployer"),
      functionPrefix: `${this.names.base}-`,
      protection: REBUILT,
    });
  }
}
