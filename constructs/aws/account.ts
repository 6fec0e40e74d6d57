/** Where in AWS something is: names of things that are not there yet, or that belong to another stack, begin with it. */
export class AwsAccount {
  /**
   * @param accountId twelve digits
   * @param region such as `us-east-1`
   */
  constructor(
    readonly accountId: string,
    readonly region: string,
  ) {}

  /**
   * The ARN of something in this account and region.
   *
   * @param resource as the service writes it, such as `function:<name>`
   */
  arnOf(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  private get partition(): string {
    if (this.region.startsWith("cn-")) return "aws-cn";
    return this.region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
