import { setTimeout as sleep } from "node:timers/promises";

import type { FaultRule, Faults } from "../../faults";
import { Refusal } from "../../refusal";
import { isObject, type Json } from "../../values";
import type { ConfluentCloud } from "../cloud";
import { gatewayCaller } from "./caller";
import type { GatewayCall } from "./call";
import { deleteStatement, updateStatement } from "./change";
import { createStatement } from "./create";
import { fateOf } from "./fates";
import { LateTables } from "./late-tables";
import { Listing } from "./listing";
import { errorResponse, type GatewayRequest, type GatewayResponse } from "./message";
import { getExceptions, getResults, getStatement, listStatements } from "./read";
import { findRoute, type GatewayOperation, type Route } from "./route";
import { changedSettings, defaultSettings, type GatewaySettings } from "./settings";

/** One call for the journal: what was asked and what came of it, without the credential. */
export interface GatewayRecord {
  /** `flink.get` and the like; `flink` at an address that does not exist. */
  readonly operation: string;
  /** The statement's. */
  readonly name: string;
  readonly request: Pick<GatewayRequest, "method" | "url" | "body">;
  /** @default - there was none: the connection broke */
  readonly response?: GatewayResponse;
  readonly fault?: FaultRule;
  readonly milliseconds: number;
}

export interface FlinkGatewayProps {
  readonly cloud: ConfluentCloud;
  readonly faults: Faults;
  /** Called after what may have changed something, before the answer goes out. */
  readonly changed: () => void;
  readonly record: (entry: GatewayRecord) => void;
}

const handlers: Readonly<Record<GatewayOperation, (call: GatewayCall) => GatewayResponse>> = {
  "flink.create": createStatement,
  "flink.get": getStatement,
  "flink.list": listStatements,
  "flink.update": updateStatement,
  "flink.delete": deleteStatement,
  "flink.results": getResults,
  "flink.exceptions": getExceptions,
};

/** Reading counts as well: a statement goes on after it was read so many times. */
const changing: ReadonlySet<GatewayOperation> = new Set([
  "flink.create",
  "flink.get",
  "flink.update",
  "flink.delete",
]);

/** Confluent's REST API for Flink SQL statements, on the statements that Terraform has as well. */
export class FlinkGateway {
  private own = defaultSettings;
  private readonly listing = new Listing();
  private readonly lateTables = new LateTables();

  constructor(private readonly props: FlinkGatewayProps) {}

  get settings(): GatewaySettings {
    return { ...this.own, lateTables: this.lateTables.left };
  }

  /**
   * Changes those settings that are given.
   *
   * @throws ProtocolError naming the member that is wrong
   */
  change(body: Json): GatewaySettings {
    this.own = changedSettings(this.settings, body);
    this.lateTables.set(this.own.lateTables);
    return this.settings;
  }

  /** @returns undefined when the connection is to break instead of an answer */
  async answer(request: GatewayRequest): Promise<GatewayResponse | undefined> {
    const began = performance.now();
    const { method, url, body } = request;
    const asked = { operation: "flink", name: "", request: { method, url, body } };
    let route: Route;
    try {
      route = findRoute(method, url);
    } catch (error) {
      const response = refused(error);
      this.props.record({ ...asked, response, milliseconds: performance.now() - began });
      return response;
    }
    const { operation } = route;
    const name = operation === "flink.create" ? nameIn(body) : route.name;
    const fault = this.props.faults.take(operation, "", [name]);
    if (fault?.mode === "delay") {
      await sleep(fault.milliseconds);
    }
    const response = this.respond(route, request, fault);
    const milliseconds = performance.now() - began;
    this.props.record({ ...asked, operation, name, response, fault, milliseconds });
    return response;
  }

  private respond(
    route: Route,
    request: GatewayRequest,
    fault: FaultRule | undefined,
  ): GatewayResponse | undefined {
    switch (fault?.mode) {
      case "refuse":
        return refusedByRule(fault);
      case "drop":
        return undefined;
      default: {
        const response = this.handle(route, request);
        if (changing.has(route.operation)) {
          this.props.changed();
        }
        return fault?.mode === "answer-lost" ? undefined : response;
      }
    }
  }

  private handle(route: Route, request: GatewayRequest): GatewayResponse {
    const { cloud, faults } = this.props;
    try {
      const caller = gatewayCaller(cloud, request.authorization, route.environmentId);
      if (route.organizationId !== cloud.organizationId) {
        throw new Refusal(
          404,
          "Resource Not Found",
          `organization ${route.organizationId} does not exist`,
        );
      }
      return handlers[route.operation]({
        cloud,
        caller,
        route,
        request,
        settings: this.settings,
        listing: this.listing,
        takeFate: (statement) => fateOf(faults, statement),
        takeLateTables: (sql) => this.lateTables.take(sql),
      });
    } catch (error) {
      return refused(error);
    }
  }
}

function refused(error: unknown): GatewayResponse {
  if (error instanceof Refusal) {
    return errorResponse(error.status, error.detail, error.explanation);
  }
  throw error;
}

function refusedByRule({ status = 500, message, retryAfter }: FaultRule): GatewayResponse {
  const detail = message ?? "the sandbox was told to refuse this call";
  return {
    ...errorResponse(status, detail),
    ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }),
  };
}

/** The name in a body that may be anything. */
function nameIn(body: string): string {
  try {
    const parsed = JSON.parse(body) as Json;
    const name = isObject(parsed) ? parsed["name"] : undefined;
    return typeof name === "string" ? name : "";
  } catch {
    return ""; // Whoever handles the call says what is wrong with it.
  }
}
