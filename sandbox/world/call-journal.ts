import type { GatewayRecord } from "./confluent/flink-gateway/gateway";
import type { FaultMode, FaultRule } from "./faults";
import type { Journal } from "./journal";
import type { Operation, TerraformRequest, TerraformResponse } from "./protocol";
import { redact } from "./redaction";
import { namesOf } from "./request-names";
import { isObject, type Json } from "./values";

/** A call of Terraform. */
export interface CallRecord {
  readonly operation: Operation;
  readonly request: TerraformRequest;
  readonly response: TerraformResponse;
  readonly fault: FaultRule | undefined;
  readonly milliseconds: number;
}

/** A call as it goes into the journal. */
interface Entry {
  readonly operation: string;
  readonly type: string;
  readonly name: string;
  readonly outcome: "ok" | "error";
  readonly milliseconds: number;
  readonly fault: FaultMode | undefined;
  readonly request: unknown;
  readonly response: unknown;
}

/** Writes calls of all kinds into the journal, without what is secret. */
export class CallJournal {
  /** @param secrets those that are to be seen nowhere, as of now */
  constructor(
    private readonly journal: Journal,
    private readonly secrets: () => readonly string[],
  ) {}

  terraform({ operation, request, response, fault, milliseconds }: CallRecord): void {
    const { diagnostics } = response;
    this.append({
      operation,
      type: request.type,
      name: namesOf(request)[0] ?? "",
      outcome: diagnostics.some(({ severity }) => severity === "error") ? "error" : "ok",
      milliseconds,
      fault: fault?.mode,
      request,
      response,
    });
  }

  /** A call of Flink's REST API. */
  gateway({ operation, name, request, response, fault, milliseconds }: GatewayRecord): void {
    this.append({
      operation,
      type: "confluent_flink_statement",
      name,
      outcome: response !== undefined && response.status < 400 ? "ok" : "error",
      milliseconds,
      fault: fault?.mode,
      request: { ...request, body: readable(request.body) },
      response: response ?? null,
    });
  }

  private append({ milliseconds, fault, request, response, ...summary }: Entry): void {
    const entry = {
      at: new Date().toISOString(),
      ...summary,
      milliseconds: Math.round(milliseconds * 100) / 100,
      ...(fault !== undefined && { fault }),
      request,
      response,
    };
    // Through JSON and back: what is written is exactly what could have been sent.
    const secrets = this.secrets().flatMap((secret) => [secret, encodeURIComponent(secret)]);
    const redacted = redact(JSON.parse(JSON.stringify(entry)) as Json, secrets);
    this.journal.append(isObject(redacted) ? redacted : {});
  }
}

/** As JSON where it is JSON, so that what is secret is found by its name. */
function readable(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}
