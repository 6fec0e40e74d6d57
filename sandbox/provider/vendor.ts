import type { ProviderConfiguration } from "./configuration";
import type { Diagnostic } from "./diagnostic";
import type { TypeFacts } from "./facts/facts";
import type { SameAs } from "./planning/field";
import type { ProtocolVersion } from "./plugin/protocol-definition";
import type { TypeCode } from "./resource-type";
import type { World } from "./world/world";

/** What distinguishes one vendor's provider from another's, beside its schema and its facts. */
export interface Vendor {
  /** Name of the provider, and of the workspace package `provider-<name>` with schema and facts. */
  readonly name: string;
  /** Address in the Terraform Registry. */
  readonly source: string;
  readonly version: string;
  readonly protocol: ProtocolVersion;
  /** Code by resource type. */
  readonly resources: Readonly<Record<string, TypeCode>>;
  /** Code by data source type. */
  readonly dataSources: Readonly<Record<string, TypeCode>>;
  /**
   * How an argument of the fact `diffSuppress` compares when no code says so.
   *
   * @default - each needs a function of its own
   */
  readonly usualSameAs?: (argument: string, facts: TypeFacts) => SameAs;
  /** The environment variable that an argument of the provider block falls back to. */
  environmentVariable(argument: string): string;
  /** Variables that this stand-in, unlike the real provider, takes an argument from. */
  readonly sandboxVariables: Readonly<Record<string, string>>;
  /** What is wrong with a provider block whose arguments are fine one by one. */
  checkConfiguration(configuration: ProviderConfiguration): readonly Diagnostic[];
  /** The world that a configured provider works in. */
  connect(configuration: ProviderConfiguration): World;
}
