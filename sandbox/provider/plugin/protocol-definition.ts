import { join } from "node:path";
import type { ServiceDefinition, UntypedHandleCall } from "@grpc/grpc-js";
import { Root, type Service } from "protobufjs";
import { projectRoot } from "../project-root";

/** The version of the plugin protocol that a provider speaks. */
export type ProtocolVersion = 5 | 6;

/** Services that Terraform calls, ready to be added to a gRPC server. */
export interface ProtocolDefinition {
  readonly provider: ServiceDefinition<Record<string, UntypedHandleCall>>;
  readonly controller: ServiceDefinition<Record<string, UntypedHandleCall>>;
  readonly broker: ServiceDefinition<Record<string, UntypedHandleCall>>;
  readonly stdio: ServiceDefinition<Record<string, UntypedHandleCall>>;
  readonly health: ServiceDefinition<Record<string, UntypedHandleCall>>;
}

/** Reads the services from the `.proto` files beside this one's source. */
export function loadProtocol(version: ProtocolVersion): ProtocolDefinition {
  const directory = join(projectRoot(), "sandbox", "provider", "plugin", "protocol");
  const root = new Root();
  root.resolvePath = (_origin, target) => join(directory, target);
  root.loadSync([`tfplugin${version}.proto`, "host.proto", "health.proto"]);
  root.resolveAll();
  return {
    provider: serviceDefinition(root.lookupService(`tfplugin${version}.Provider`)),
    controller: serviceDefinition(root.lookupService("plugin.GRPCController")),
    broker: serviceDefinition(root.lookupService("plugin.GRPCBroker")),
    stdio: serviceDefinition(root.lookupService("plugin.GRPCStdio")),
    health: serviceDefinition(root.lookupService("grpc.health.v1.Health")),
  };
}

/** Numbers as numbers: no 64-bit field of the protocol ever holds more than a small count. */
const DECODED = { longs: Number, oneofs: false };

function serviceDefinition(service: Service): ServiceDefinition<Record<string, UntypedHandleCall>> {
  const serviceName = service.fullName.slice(1);
  return Object.fromEntries(
    service.methodsArray.map((method) => {
      const request = method.resolvedRequestType;
      const response = method.resolvedResponseType;
      if (request === null || response === null)
        throw new Error(`${method.fullName} is unresolved`);
      return [
        method.name,
        {
          path: `/${serviceName}/${method.name}`,
          requestStream: method.requestStream === true,
          responseStream: method.responseStream === true,
          requestSerialize: (message: object) => bytes(request.encode(request.fromObject(message))),
          requestDeserialize: (data: Buffer) => request.toObject(request.decode(data), DECODED),
          responseSerialize: (message: object) =>
            bytes(response.encode(response.fromObject(message))),
          responseDeserialize: (data: Buffer) => response.toObject(response.decode(data), DECODED),
        },
      ];
    }),
  );
}

function bytes(writer: { finish(): Uint8Array }): Buffer {
  return Buffer.from(writer.finish());
}
