import { Agent, request as httpRequest } from "node:http";
import { isObject } from "../cty/json";
import { failure, type Diagnostic } from "../diagnostic";
import type { World, WorldOperation, WorldRequest, WorldResponse } from "./world";

/** The world process of a sandbox run, reached over HTTP. */
export class HttpWorld implements World {
  private readonly agent = new Agent({ keepAlive: true });

  /**
   * @param endpoint the world's base URL
   * @param provider the vendor on whose behalf the calls are made
   */
  constructor(
    private readonly endpoint: string,
    private readonly provider: string,
  ) {}

  /** An unreachable world or an answer that is none becomes a diagnostic, never an exception. */
  async call(operation: WorldOperation, request: WorldRequest): Promise<WorldResponse> {
    const body = JSON.stringify({ provider: this.provider, ...request });
    try {
      const { status, text } = await this.post(`/terraform/${operation}`, body);
      if (status !== 200)
        return this.unreachable(`it answered ${operation} with HTTP ${status}: ${text}`);
      return worldResponse(JSON.parse(text));
    } catch (error) {
      return this.unreachable(error instanceof Error ? error.message : String(error));
    }
  }

  private post(path: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const url = new URL(this.endpoint.replace(/\/$/, "") + path);
      const request = httpRequest(url, { method: "POST", agent: this.agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: answer.statusCode ?? 0, text });
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  private unreachable(reason: string): WorldResponse {
    const summary = `the sandbox world at ${this.endpoint} is not reachable`;
    const detail = `${reason}\nStart the sandbox ("npm run sandbox -- up") and run the command again.`;
    return { diagnostics: [{ ...failure(summary), detail }] };
  }
}

/** @throws Error when the answer does not have the agreed form */
function worldResponse(answer: unknown): WorldResponse {
  if (!isObject(answer) || !Array.isArray(answer["diagnostics"])) {
    throw new Error(`it gave an answer without diagnostics: ${JSON.stringify(answer)}`);
  }
  return { state: answer["state"], diagnostics: answer["diagnostics"].map(worldDiagnostic) };
}

function worldDiagnostic(diagnostic: unknown): Diagnostic {
  if (!isObject(diagnostic)) throw new Error(`${JSON.stringify(diagnostic)} is no diagnostic`);
  const { severity, summary, detail, attribute } = diagnostic;
  const isSeverity = severity === "error" || severity === "warning";
  if (!isSeverity || typeof summary !== "string") {
    throw new Error(`${JSON.stringify(diagnostic)} has no severity or no summary`);
  }
  return {
    severity,
    summary,
    ...(typeof detail === "string" ? { detail } : {}),
    ...(Array.isArray(attribute) && attribute.every(isStep) ? { attribute } : {}),
  };
}

function isStep(step: unknown): step is string | number {
  return typeof step === "string" || typeof step === "number";
}
