const statusTexts = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  422: "Unprocessable Entity",
} as const;

export type RefusalStatus = keyof typeof statusTexts;

/**
 * The cloud's "no". The message is what Confluent's provider makes of an API error, `<status> <its name>: <detail>`;
 * the action that failed is put before it by whoever knows the resource.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /**
   * @param detail the API's own sentence
   * @param explanation what the world knows and the API does not say: which role, key or object is missing, and the remedy
   */
  constructor(
    readonly status: RefusalStatus,
    readonly detail: string,
    readonly explanation?: string,
  ) {
    super(`${status} ${statusTexts[status]}: ${detail}`);
  }
}

/** A refusal by the provider itself, before it asks the cloud. */
export class ProviderRefusal extends Error {
  override readonly name: string = "ProviderRefusal";
}
