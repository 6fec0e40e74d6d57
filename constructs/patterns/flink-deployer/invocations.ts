import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";

import type { AwsAccount } from "../../aws/account";
import type { LambdaFunction } from "../../aws/lambda-function";
import type { DeployerEvents } from "./events";

/** Calls until the provider gives up: the first, and one more after a throttle or a lost answer. */
const ATTEMPTS = 2;

export interface DeployerInvocationsProps {
  /** Of the provider that calls, unique in the stack. */
  readonly alias: string;

  readonly account: AwsAccount;
  readonly function: LambdaFunction;
  readonly events: DeployerEvents;

  /** What the deployer answers when what was asked for runs. */
  readonly deployId: string;

  /** Names of what shall run: a reviewer sees them in the plan, which hides the events with the ids that come from elsewhere. */
  readonly statementNames: Readonly<Record<string, string>>;

  /** Where the application is; another place is cleaned before this one is used. */
  readonly place: Readonly<Record<string, string>>;

  /** What must be there while statements are deployed and while they are deleted. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * The life of an application as Terraform's: two calls, because one cannot do both. A resource that is called again when
 * its input changes saves the new input even when the call fails, and the next plan is empty. So `Deploy` is made anew
 * for each change: one that fails is not in the state, and is proposed again while the statements before it run on. It says
 * nothing when it goes; `Teardown`, whose input stays the same, deletes all statements of the application then.
 */
export class DeployerInvocations extends Construct {
  readonly deploy: TerraformResource;

  constructor(scope: Construct, id: string, props: DeployerInvocationsProps) {
    super(scope, id);
    const { account, events, function: called } = props;
    const provider = new AwsProvider(this, "Provider", {
      alias: props.alias,
      region: account.region,
      allowedAccountIds: [account.accountId],
      // By default a call that breaks off is repeated for minutes, each time for as long as a deployment takes.
      maxRetries: ATTEMPTS,
    });
    const teardown = new LambdaInvocation(this, "Teardown", {
      provider,
      functionName: called.functionName,
      lifecycleScope: "CRUD",
      input: events.teardown,
      triggers: props.place,
      // Statements are deleted while their principal has its roles, or those that end with an error never stop.
      dependsOn: [called.resource, ...props.after],
    });
    this.deploy = new LambdaInvocation(this, "Deploy", {
      provider,
      functionName: called.functionName,
      lifecycleScope: "CREATE_ONLY",
      input: events.deploy,
      triggers: props.statementNames,
      lifecycle: {
        postcondition: [
          {
            condition: `\${jsondecode(self.result).deploy_id == "${props.deployId}"}`,
            errorMessage: `The deployer answered for another deployment than ${props.deployId}: change redeployNonce, or apply with -replace for this resource.`,
          },
        ],
      },
      // What is deployed can be deleted, and may what it needs: no argument refers to either.
      dependsOn: [teardown, called.resource, ...props.after],
    });
  }
}
