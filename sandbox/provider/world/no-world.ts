import { failure } from "../diagnostic";
import type { World, WorldOperation, WorldRequest, WorldResponse } from "./world";

/** Stands where no world is: whatever needs the cloud fails with the reason. */
export class NoWorld implements World {
  /**
   * @param reason why there is none
   * @param remedy what the user can do
   */
  constructor(
    private readonly reason: string,
    private readonly remedy: string,
  ) {}

  call(operation: WorldOperation, { type }: WorldRequest): Promise<WorldResponse> {
    // Planning works without a cloud, so configuring a provider must not fail.
    if (operation === "configure") return Promise.resolve({ diagnostics: [] });
    const summary = `${this.reason}: cannot ${operation.replaceAll("-", " ")} ${type ?? ""}`.trim();
    return Promise.resolve({ diagnostics: [{ ...failure(summary), detail: this.remedy }] });
  }
}
