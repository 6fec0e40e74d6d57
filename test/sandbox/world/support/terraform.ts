import { join } from "node:path";

import { Journal } from "../../../../sandbox/world/journal";
import type {
  Operation,
  TerraformRequest,
  TerraformResponse,
} from "../../../../sandbox/world/protocol";
import { SnapshotFile } from "../../../../sandbox/world/snapshot-file";
import type { TerraformObject } from "../../../../sandbox/world/values";
import { World } from "../../../../sandbox/world/world";
import { temporaryDirectory } from "../../../support/temporary-directory";

/** The provider block that the sandbox's override makes. */
export const cloudKey = { cloud_api_key: "sandbox", cloud_api_secret: "sandbox" } as const;

/** What Terraform does with one world: it remembers nothing, callers hold the states. */
export class Terraform {
  readonly world: World;
  readonly journalFile: string;

  constructor(seed = "test", snapshotFile?: SnapshotFile) {
    this.journalFile = join(temporaryDirectory(), "journal.ndjson");
    this.world = new World({ seed, journal: new Journal(this.journalFile), snapshotFile });
  }

  call(
    operation: Operation,
    type: string,
    request: Partial<TerraformRequest>,
  ): Promise<TerraformResponse> {
    return this.world.call(operation, {
      provider: "confluent",
      type: `confluent_${type}`,
      configuration: cloudKey,
      ...request,
    });
  }

  /** Creates and expects success. @returns the new state */
  create(
    type: string,
    planned: TerraformObject,
    configuration: TerraformObject = cloudKey,
  ): Promise<TerraformObject> {
    return this.succeed("create", type, { planned, configuration });
  }

  update(
    type: string,
    prior: TerraformObject,
    change: TerraformObject,
    configuration: TerraformObject = cloudKey,
  ): Promise<TerraformObject> {
    return this.succeed("update", type, { prior, planned: { ...prior, ...change }, configuration });
  }

  /** Reads and expects no error. @returns null when the object is gone */
  async read(
    type: string,
    state: TerraformObject,
    configuration: TerraformObject = cloudKey,
  ): Promise<TerraformObject | null> {
    const response = await this.call("read", type, { state, configuration });
    requireSuccess(response);
    return response.state ?? null;
  }

  async delete(
    type: string,
    prior: TerraformObject,
    configuration: TerraformObject = cloudKey,
  ): Promise<void> {
    const response = await this.call("delete", type, { prior, configuration });
    requireSuccess(response);
    if (response.state !== null) {
      throw new Error(`delete of ${type} left a state`);
    }
  }

  readData(type: string, config: TerraformObject = {}): Promise<TerraformObject> {
    return this.succeed("read-data-source", type, { config });
  }

  /** Makes a call that must fail. @returns its summary, and the explanation where there is one */
  async refusal(
    operation: Operation,
    type: string,
    request: Partial<TerraformRequest>,
  ): Promise<string> {
    const { diagnostics } = await this.call(operation, type, request);
    if (diagnostics.length !== 1 || diagnostics[0]?.severity !== "error") {
      throw new Error(`${operation} of ${type} must fail, got ${JSON.stringify(diagnostics)}`);
    }
    return diagnostics
      .flatMap(({ summary, detail }) => (detail === undefined ? [summary] : [summary, detail]))
      .join("\n");
  }

  private async succeed(
    operation: Operation,
    type: string,
    request: Partial<TerraformRequest>,
  ): Promise<TerraformObject> {
    const response = await this.call(operation, type, request);
    requireSuccess(response);
    const { state } = response;
    if (state === undefined || state === null) {
      throw new Error(`${operation} of ${type} gave no state`);
    }
    return state;
  }
}

function requireSuccess({ diagnostics }: TerraformResponse): void {
  if (diagnostics.length > 0) {
    throw new Error(`the call must succeed, got ${JSON.stringify(diagnostics)}`);
  }
}
