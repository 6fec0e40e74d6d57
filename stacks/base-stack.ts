import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ConfluentProvider } from "@cdktf/provider-confluent/lib/provider";
import {
  Aspects,
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  TerraformStack,
} from "cdktf";
import type { App } from "cdktf";

import type { EnvironmentConfig } from "../config/environment-config";
import { AwsAccount } from "../constructs/aws/account";
import { ProtectStatefulResources } from "../constructs/core/aspects/protect-stateful-resources";
import { setAllowDataLoss } from "../constructs/core/data-protection";
import { ResourceNames } from "../constructs/core/naming";

/** AWS providers that the application is known to work with. */
const AWS_PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";

/** Write-only arguments and ephemeral resources need it. */
const TERRAFORM_VERSIONS = ">= 1.11.0";

/** What every stack shares: its name, where its state is, the providers of the control plane, tags and rules. */
export abstract class BaseStack extends TerraformStack {
  protected readonly names: ResourceNames;
  protected readonly awsAccount: AwsAccount;

  constructor(
    scope: App,
    protected readonly environment: EnvironmentConfig,
    stackName: string,
  ) {
    const names = new ResourceNames(environment.system, environment.name);
    super(scope, names.resource(stackName));
    this.names = names;
    this.awsAccount = new AwsAccount(environment.aws.accountId, environment.aws.region);
    setAllowDataLoss(this, environment.allowDataLoss ?? false);
    this.addBackend(names.resource(stackName));
    this.addProviders(stackName);
    this.addOverride("terraform.required_version", TERRAFORM_VERSIONS);
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSIONS);
    Aspects.of(this).add(new ProtectStatefulResources());
  }

  private addBackend(workspace: string): void {
    const { backend } = this.environment;
    switch (backend.type) {
      case "local":
        // Terraform runs in cdktf.out/stacks/<stack>; the state outlives that folder, beside it.
        new LocalBackend(this, { path: `../../../terraform.${workspace}.tfstate` });
        return;
      case "s3":
        new S3Backend(this, {
          bucket: backend.bucket,
          key: `${workspace}.tfstate`,
          region: backend.region,
          encrypt: true,
        });
        this.addOverride("terraform.backend.s3.use_lockfile", true);
        return;
      case "cloud":
        new CloudBackend(this, {
          organization: backend.organization,
          workspaces: new NamedCloudWorkspace(workspace),
        });
    }
  }

  private addProviders(stackName: string): void {
    const { aws, system, name } = this.environment;
    new AwsProvider(this, "Aws", {
      region: aws.region,
      allowedAccountIds: [aws.accountId],
      defaultTags: [
        { tags: { system, environment: name, stack: stackName, managedBy: "terraform" } },
      ],
    });
    new ConfluentProvider(this, "Confluent");
  }
}
