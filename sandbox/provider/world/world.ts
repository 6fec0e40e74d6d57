import type { Diagnostic } from "../diagnostic";

/** What the provider asks for. */
export type WorldOperation =
  "configure" | "create" | "read" | "update" | "delete" | "import" | "read-data-source";

/** Values are plain JSON in Terraform's shape; an unknown one is `{"$unknown": true}`. */
export interface WorldRequest {
  /** The resource or data source type; absent when the provider itself is configured. */
  readonly type?: string;
  /** The provider block. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly config?: unknown;
  readonly prior?: unknown;
  readonly planned?: unknown;
  readonly state?: unknown;
  /** What the user wrote to import. */
  readonly id?: string;
}

export interface WorldResponse {
  /** The object after the operation; null when it is gone, absent when there is nothing to say. */
  readonly state?: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where the objects of a vendor's cloud are kept. */
export interface World {
  call(operation: WorldOperation, request: WorldRequest): Promise<WorldResponse>;
}
