import { dataSources, resources } from "./confluent";
import type { ConfluentCloud } from "./confluent/cloud";
import type { Call, DataSource, ManagedResource } from "./confluent/managed-resource";
import { providerWait } from "./confluent/provider-waits";
import type { Diagnostic, Operation, TerraformRequest, TerraformResponse } from "./protocol";
import { ProviderRefusal, Refusal } from "./refusal";
import { known, type TerraformObject } from "./values";

/** Takes a call to the resource that it is about, and turns a refusal into what Confluent's provider would print. */
export function dispatch(
  cloud: ConfluentCloud,
  operation: Operation,
  request: TerraformRequest,
): TerraformResponse {
  const { provider, type, configuration } = request;
  if (provider !== "confluent") {
    return failed(
      `the sandbox world has no provider ${JSON.stringify(provider)}, only "confluent"`,
    );
  }
  if (operation === "configure") {
    return { diagnostics: [] };
  }
  if (operation === "read-data-source") {
    const source = dataSources[type];
    return source === undefined
      ? unknownType("data source", type, Object.keys(dataSources))
      : readDataSource(source, request.config ?? {}, { cloud, provider: configuration });
  }
  const resource = resources[type];
  return resource === undefined
    ? unknownType("resource", type, Object.keys(resources))
    : callResource(resource, operation, request, {
        cloud,
        provider: configuration,
        prior: request.prior ?? request.state ?? {},
        planned: request.planned ?? {},
      });
}

function readDataSource(
  source: DataSource,
  config: TerraformObject,
  call: Pick<Call, "cloud" | "provider">,
): TerraformResponse {
  return attempt(source.wording, () => ({ state: source.read(config, call), diagnostics: [] }));
}

function callResource(
  resource: ManagedResource,
  operation: Exclude<Operation, "configure" | "read-data-source">,
  { id = "", type }: TerraformRequest,
  call: Call,
): TerraformResponse {
  const { wording } = resource;
  const wait = (write: "create" | "update" | "delete"): void => {
    call.cloud.clock.wait(providerWait(type, write, call.planned));
  };
  switch (operation) {
    case "create":
      return attempt(wording.creating(call.planned), () => {
        const outcome = resource.create(call);
        wait("create");
        return changed(outcome);
      });
    case "read":
      return attempt(wording.reading(call.prior), () => ({
        state: resource.read(call),
        diagnostics: [],
      }));
    case "update":
      return attempt(
        wording.updating(call.prior),
        () => {
          const outcome = resource.update(call);
          wait("update");
          return changed(outcome);
        },
        (error) => afterFailedUpdate(resource.takenBack?.(error) ?? [], call),
      );
    case "delete":
      return attempt(wording.deleting(call.prior), () => {
        resource.delete(call);
        wait("delete");
        return { state: null, diagnostics: [] };
      });
    case "import":
      return attempt(wording.importing(id), () => {
        const state = resource.read({ ...call, prior: resource.importedState(id, call) });
        if (state === null) {
          throw new Refusal(404, "Resource Not Found");
        }
        return { state, diagnostics: [] };
      });
  }
}

function changed({ state, failure }: ReturnType<ManagedResource["create"]>): TerraformResponse {
  return failure === undefined ? { state, diagnostics: [] } : failed(failure, { state });
}

/** Only where the provider takes something back; otherwise what Terraform planned stands. */
function afterFailedUpdate(
  takenBack: readonly string[],
  { prior, planned }: Call,
): Pick<TerraformResponse, "state"> {
  const restored = takenBack.map((name) => [name, prior[name]] as const);
  return restored.length === 0
    ? {}
    : { state: { ...known(planned), ...Object.fromEntries(restored) } };
}

function attempt(
  prefix: string,
  action: () => TerraformResponse,
  afterFailure: (error: Error) => Pick<TerraformResponse, "state"> = () => ({}),
): TerraformResponse {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal || error instanceof ProviderRefusal) {
      return failed(prefix === "" ? error.message : `${prefix}: ${error.message}`, {
        detail: error instanceof Refusal ? error.explanation : undefined,
        ...afterFailure(error),
      });
    }
    throw error;
  }
}

function unknownType(kind: string, type: string, known: readonly string[]): TerraformResponse {
  return failed(`the sandbox world has no ${kind} ${type}`, {
    detail: `it has: ${known.join(", ")}`,
  });
}

/** An answer with one error. Without a state, nothing that Terraform may keep came of the call. */
export function failed(
  summary: string,
  more: Pick<Diagnostic, "detail"> & Pick<TerraformResponse, "state"> = {},
): TerraformResponse {
  const { detail, ...state } = more;
  return {
    ...state,
    diagnostics: [{ severity: "error", summary, ...(detail !== undefined && { detail }) }],
  };
}
