import type { BackendConfig, EnvironmentConfig } from "../../../config/environment-config";

/** The `terraform` block of a stack. */
export function terraformBlock(config: EnvironmentConfig, stack: string): object {
  return {
    required_version: ">= 1.11.0",
    required_providers: {
      aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" },
      confluent: { source: "confluentinc/confluent", version: "2.83.0" },
    },
    ...backend(config.backend, `${config.system}-${config.name}-${stack}`),
  };
}

/** The AWS provider of a stack: it works in one account only, and tags whatever it makes. */
export function awsProvider({ aws, system, name }: EnvironmentConfig, stack: string): object {
  return {
    region: aws.region,
    allowed_account_ids: [aws.accountId],
    default_tags: [{ tags: { system, environment: name, stack, managedBy: "terraform" } }],
  };
}

/** How a stack reads the platform's state: from where the platform's own backend keeps it. */
export function platformState(config: EnvironmentConfig): object {
  return statesOf(config, "streaming-platform");
}

/** How a stack reads the states of others. */
export function statesOf(
  { backend, system, name }: EnvironmentConfig,
  ...stacks: readonly string[]
): object {
  const workspaces = stacks.map((stack) => `${system}-${name}-${stack}`);
  return {
    terraform_remote_state: Object.fromEntries(
      workspaces.map((workspace) => [
        `cross-stack-reference-input-${workspace}`,
        remoteState(backend, workspace),
      ]),
    ),
  };
}

function backend(config: BackendConfig, workspace: string): object {
  switch (config.type) {
    case "local":
      return { backend: { local: { path: `../../../terraform.${workspace}.tfstate` } } };
    case "s3":
      return {
        backend: {
          s3: {
            bucket: config.bucket,
            key: `${workspace}.tfstate`,
            region: config.region,
            encrypt: true,
            use_lockfile: true,
          },
        },
      };
    case "cloud":
      return {
        cloud: { organization: config.organization, workspaces: { name: workspace } },
      };
  }
}

function remoteState(config: BackendConfig, workspace: string): object {
  switch (config.type) {
    case "local":
      return {
        backend: "local",
        config: { path: `../../../terraform.${workspace}.tfstate` },
        workspace: "${terraform.workspace}",
      };
    case "s3":
      return {
        backend: "s3",
        config: {
          bucket: config.bucket,
          key: `${workspace}.tfstate`,
          region: config.region,
          encrypt: true,
        },
        workspace: "${terraform.workspace}",
      };
    case "cloud":
      return {
        backend: "remote",
        config: { organization: config.organization, workspaces: { name: workspace } },
      };
  }
}
