import type {
  handleServerStreamingCall,
  handleUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { ProtocolDefinition } from "./protocol-definition";

/** Leaves the answer to the shutdown call time to reach Terraform, which gives a plugin 2 s. */
const SHUTDOWN_DELAY_MS = 50;

/** What Terraform's plugin library wants of every plugin beside the provider service. */
export function hostServices(
  definition: ProtocolDefinition,
  onShutdown: () => void,
): [ServiceDefinition, UntypedServiceImplementation][] {
  const shutdown: handleUnaryCall<object, object> = (_call, callback) => {
    callback(null, {});
    setTimeout(onShutdown, SHUTDOWN_DELAY_MS);
  };
  const healthy: handleUnaryCall<object, object> = (_call, callback) => {
    callback(null, { status: "SERVING" });
  };
  // The host opens both streams at once and reads them until the plugin goes: neither the plugin's
  // output nor a further connection is ever sent, and ending a stream would be logged as a failure.
  const keptOpen: handleServerStreamingCall<object, object> = () => undefined;
  return [
    [definition.controller, { Shutdown: shutdown }],
    [definition.health, { Check: healthy }],
    [definition.stdio, { StreamStdio: keptOpen }],
    [definition.broker, { StartStream: keptOpen }],
  ];
}
