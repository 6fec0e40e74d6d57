import { deriveUuid } from "../../identifiers";
import { Refusal } from "../../refusal";
import { isObject, type Json, type JsonObject } from "../../values";

/** A call as it comes over the wire. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What the caller takes the gateway's address for, such as `127.0.0.1:8443`. */
  readonly host: string;
  readonly authorization?: string;
  readonly body: string;
}

export interface GatewayResponse {
  readonly status: number;
  /** @default - the answer is empty */
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error in the form of Confluent's APIs. */
export function errorResponse(
  status: number,
  detail: string,
  explanation?: string,
): GatewayResponse {
  return {
    status,
    body: {
      errors: [
        {
          id: deriveUuid(String(status), detail).replaceAll("-", ""),
          status: String(status),
          detail,
          source: {},
          // What the world knows and the API does not say.
          ...(explanation !== undefined && { meta: { explanation } }),
        },
      ],
    },
  };
}

/** @throws Refusal when the text is no JSON object */
export function parseBody(text: string): JsonObject {
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch (error) {
    throw new Refusal(400, "the body must be JSON", error instanceof Error ? error.message : "");
  }
  if (!isObject(body)) {
    throw new Refusal(400, "the body must be a JSON object");
  }
  return body;
}
