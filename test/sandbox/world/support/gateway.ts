import type { GatewayResponse } from "../../../../sandbox/world/confluent/flink-gateway/message";
import { parseFaultRule } from "../../../../sandbox/world/faults";
import {
  isList,
  isObject,
  text,
  type Json,
  type JsonObject,
} from "../../../../sandbox/world/values";
import type { World } from "../../../../sandbox/world/world";
import { analytics, type Analytics } from "./analytics";

/** An INSERT between the tables of {@link analytics}. */
export const copy = "INSERT INTO big_orders (id, amount) SELECT id, amount FROM orders";

export const HOST = "127.0.0.1:8443";

/** Someone who calls Flink's REST API with a key. */
export class Gateway {
  readonly collection: string;

  constructor(
    readonly world: World,
    organizationId: string,
    readonly environmentId: string,
    readonly poolId: string,
    private readonly key: string,
    private readonly secret: string,
  ) {
    this.collection = `/sql/v1/organizations/${organizationId}/environments/${environmentId}/statements`;
  }

  static of({ platform }: Pick<Analytics, "platform">, flink: JsonObject): Gateway {
    const { ids, terraform } = platform;
    return new Gateway(
      terraform.world,
      ids.organization,
      ids.environment,
      ids.pool,
      text(flink, "flink_api_key"),
      text(flink, "flink_api_secret"),
    );
  }

  get url(): string {
    return `https://${HOST}${this.collection}`;
  }

  get authorization(): string {
    return basic(this.key, this.secret);
  }

  /** @returns undefined when the connection broke */
  send(
    method: string,
    path = "",
    body?: unknown,
    authorization: string | undefined = this.authorization,
  ): Promise<GatewayResponse | undefined> {
    return this.world.flink.answer({
      method,
      url: path.startsWith("/sql") ? path : this.collection + path,
      host: HOST,
      authorization,
      body: typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body),
    });
  }

  /** Sends, and expects that status. @returns the body */
  async expect(status: number, method: string, path = "", body?: unknown): Promise<JsonObject> {
    const answer = await this.send(method, path, body);
    if (answer?.status !== status) {
      throw new Error(`${method} ${path} must answer ${status}, got ${JSON.stringify(answer)}`);
    }
    return answer.body ?? {};
  }

  /** What a call is refused with: its status and sentence. */
  async refusal(
    method: string,
    path = "",
    body?: unknown,
    authorization?: string,
  ): Promise<string> {
    const answer = await this.send(method, path, body, authorization);
    const [error] = isList(answer?.body?.["errors"]) ? answer.body["errors"] : [];
    if (answer === undefined || !isObject(error)) {
      throw new Error(`${method} ${path} must be refused, got ${JSON.stringify(answer)}`);
    }
    return `${answer.status} ${text(error, "detail")}`;
  }

  /** A statement as it is submitted, in the analysts' catalog. */
  statement(name: string, sql = copy, more: JsonObject = {}): JsonObject {
    const { properties = {}, labels = {}, ...spec } = more;
    return {
      name,
      metadata: { labels },
      spec: {
        statement: sql,
        properties: {
          "sql.current-catalog": "streaming",
          "sql.current-database": "main",
          ...(isObject(properties) ? properties : {}),
        },
        compute_pool_id: this.poolId,
        ...spec,
      },
    };
  }

  submit(name: string, sql?: string, more?: JsonObject): Promise<JsonObject> {
    return this.expect(201, "POST", "", this.statement(name, sql, more));
  }

  get(name: string): Promise<JsonObject> {
    return this.expect(200, "GET", `/${name}`);
  }

  /** The phases that so many readings of the statement show; `absent` when it is gone. */
  async phases(name: string, readings: number): Promise<readonly string[]> {
    const seen: string[] = [];
    for (let reading = 0; reading < readings; reading++) {
      const answer = await this.send("GET", `/${name}`);
      seen.push(answer?.status === 404 ? "absent" : phaseIn(answer?.body ?? {}));
    }
    return seen;
  }

  /** The statement after it was read until it shows that phase. */
  async until(name: string, phase: string): Promise<JsonObject> {
    for (let reading = 0; reading < 5; reading++) {
      const statement = await this.get(name);
      if (phaseIn(statement) === phase) {
        return statement;
      }
    }
    throw new Error(`${name} must become ${phase}`);
  }

  /** Submits, and reads until it has ended. @returns its rows, or what it failed with */
  async ask(sql: string, more?: JsonObject): Promise<readonly Json[] | string> {
    const name = `ask-${this.asked++}`;
    await this.submit(name, sql, more);
    const [, phase] = await this.phases(name, 2);
    if (phase !== "COMPLETED") {
      return text(status(await this.get(name)), "detail");
    }
    const { results } = await this.expect(200, "GET", `/${name}/results`);
    const data = isObject(results) && isList(results["data"]) ? results["data"] : [];
    return data.map((row) => (isObject(row) ? (row["row"] ?? null) : null));
  }

  private asked = 0;

  /** Stops it or resumes it. */
  async put(name: string, spec: JsonObject): Promise<GatewayResponse | undefined> {
    const statement = await this.get(name);
    const before = isObject(statement["spec"]) ? statement["spec"] : {};
    return this.send("PUT", `/${name}`, { ...statement, spec: { ...before, ...spec } });
  }

  async names(query = ""): Promise<readonly string[]> {
    const { data } = await this.expect(200, "GET", query);
    return isList(data) ? data.map((item) => (isObject(item) ? text(item, "name") : "")) : [];
  }

  fault(rule: JsonObject): void {
    this.world.faults.add(parseFaultRule(rule));
  }
}

export function basic(key: string, secret: string): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
}

export function status(statement: JsonObject): JsonObject {
  return isObject(statement["status"]) ? statement["status"] : {};
}

export function phaseIn(statement: JsonObject): string {
  return text(status(statement), "phase");
}

/** An administrator who calls Flink's REST API, and the tables `orders` and `big_orders`. */
export async function gateway(): Promise<Analytics & { readonly gateway: Gateway }> {
  const names = await analytics();
  // From here on the time of the world is known: all waits of the set-up are over.
  names.platform.terraform.world.advanceClock(0);
  return { ...names, gateway: Gateway.of(names, names.flink) };
}
