import { status, type handleUnaryCall, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { ProviderCall, ProviderHandlers } from "./messages";

/** The names that protocols 5 and 6 give to the same calls. */
const CALL_NAMES: Readonly<Record<ProviderCall, readonly string[]>> = {
  getProviderSchema: ["GetSchema", "GetProviderSchema"],
  validateProviderConfig: ["PrepareProviderConfig", "ValidateProviderConfig"],
  validateResourceConfig: ["ValidateResourceTypeConfig", "ValidateResourceConfig"],
  validateDataResourceConfig: ["ValidateDataSourceConfig", "ValidateDataResourceConfig"],
  upgradeResourceState: ["UpgradeResourceState"],
  configureProvider: ["Configure", "ConfigureProvider"],
  readResource: ["ReadResource"],
  planResourceChange: ["PlanResourceChange"],
  applyResourceChange: ["ApplyResourceChange"],
  importResourceState: ["ImportResourceState"],
  readDataSource: ["ReadDataSource"],
  stopProvider: ["Stop", "StopProvider"],
};

/**
 * Makes the gRPC implementation of the provider service, under the call names of both protocols: a
 * server takes those that its service definition has.
 */
export function providerImplementation(handlers: ProviderHandlers): UntypedServiceImplementation {
  const implementation: UntypedServiceImplementation = {};
  for (const call of Object.keys(CALL_NAMES)) {
    if (!isProviderCall(call)) continue;
    for (const name of CALL_NAMES[call]) implementation[name] = unary(handlers[call]);
  }
  return implementation;
}

function isProviderCall(name: string): name is ProviderCall {
  return Object.hasOwn(CALL_NAMES, name);
}

/**
 * A defect of the provider must reach the person in front of Terraform with its message, and must not
 * end a process in which other resources are being applied.
 */
function unary(handler: (request: never) => unknown): handleUnaryCall<object, unknown> {
  return (call, callback) => {
    Promise.resolve(call.request)
      // The service definition has decoded the request as the one of this very call.
      .then((request) => handler(request as never))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
          callback({ code: status.INTERNAL, details });
        },
      );
  };
}
