/** The provider block of one provider process, after the environment and defaults are applied. */
export class ProviderConfiguration {
  /** @param values plain JSON in Terraform's shape; what is null or unknown is left out */
  constructor(readonly values: Readonly<Record<string, unknown>>) {}

  /** A text argument; empty when it is not set, as the SDK sees it. */
  text(name: string): string {
    const value = this.values[name];
    return typeof value === "string" ? value : "";
  }

  /** Whether an argument is set to something other than empty text or an empty list. */
  has(name: string): boolean {
    const value = this.values[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
  }
}

/** A provider that Terraform has not configured, or configured with nothing. */
export const UNCONFIGURED = new ProviderConfiguration({});
