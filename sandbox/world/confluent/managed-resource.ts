import type { TerraformObject } from "../values";
import type { ConfluentCloud } from "./cloud";

/** One call about a managed resource. */
export interface Call {
  readonly cloud: ConfluentCloud;
  /** The provider block that the call is made with. */
  readonly provider: TerraformObject;
  /** What Terraform has in its state; empty on create. */
  readonly prior: TerraformObject;
  /** What Terraform wants; empty on read and delete. */
  readonly planned: TerraformObject;
}

/** What became of a create or update. */
export interface Outcome {
  readonly state: TerraformObject;
  /** Why Terraform must not take it for a success although the object exists: a full sentence. */
  readonly failure?: string;
}

/** The words before a refusal, `error creating Environment "streaming"`. Empty where the provider has none. */
export interface Wording {
  creating(planned: TerraformObject): string;
  reading(prior: TerraformObject): string;
  updating(prior: TerraformObject): string;
  deleting(prior: TerraformObject): string;
  importing(id: string): string;
}

/**
 * A resource type: what the provider and the cloud do together. Each method throws a Refusal before it changes
 * anything, or does all of its work.
 */
export interface ManagedResource {
  readonly wording: Wording;
  create(call: Call): Outcome;
  /** @returns null when the object is gone, or counts as gone for the provider */
  read(call: Call): TerraformObject | null;
  update(call: Call): Outcome;
  delete(call: Call): void;
  /**
   * Attributes that the provider sets back when an update fails. All others keep the planned value: the plugin SDK
   * saves it before the provider's code runs.
   *
   * @default - none
   */
  takenBack?(error: Error): readonly string[];
  /** What Terraform would have in its state if it had just heard of the object; reading completes it. */
  importedState(id: string, call: Call): TerraformObject;
}

/** A data source type. */
export interface DataSource {
  readonly wording: string;
  /** @param config what the user wrote in the data block */
  read(config: TerraformObject, call: Pick<Call, "cloud" | "provider">): TerraformObject;
}

/** An `id` block with one element. The provider writes it also where there is no id. */
export function reference(id: string): readonly TerraformObject[] {
  return [{ id }];
}
