import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { OneTimeCertificate } from "../../tls/certificate";
import type { PluginAddress } from "./handshake";
import { hostServices } from "./host-services";
import type { ProviderHandlers } from "./messages";
import { loadProtocol, type ProtocolVersion } from "./protocol-definition";
import { providerImplementation } from "./provider-service";

/** Both sides of the mutual TLS between Terraform and a plugin. */
export interface MutualTls {
  readonly server: OneTimeCertificate;
  /** PEM of the only certificate that a client may present. */
  readonly client: string;
}

export interface PluginServerOptions {
  readonly protocol: ProtocolVersion;
  readonly handlers: ProviderHandlers;
  /** Absent: anyone on this machine may connect, as in Terraform's reattach mode. */
  readonly tls?: MutualTls;
  /** Called when Terraform asks the plugin to go. */
  readonly onShutdown: () => void;
}

export interface PluginServer extends PluginAddress {
  /** Drops every connection and removes the socket. */
  close(): void;
}

/** Serves a provider on a new socket that only this user can reach. */
export async function startPluginServer(options: PluginServerOptions): Promise<PluginServer> {
  const definition = loadProtocol(options.protocol);
  // gRPC receives no more than 4 MiB by default; a state may well be larger.
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const server = new Server(unlimited);
  server.addService(definition.provider, providerImplementation(options.handlers));
  for (const [service, implementation] of hostServices(definition, options.onShutdown)) {
    server.addService(service, implementation);
  }
  const directory = mkdtempSync(join(tmpdir(), "provider-"));
  const address = join(directory, "socket");
  await listen(server, `unix:${address}`, credentials(options.tls));
  return {
    network: "unix",
    address,
    close: () => {
      server.forceShutdown();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function credentials(tls: MutualTls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const { privateKey, certificate } = tls.server;
  const pair = { private_key: Buffer.from(privateKey), cert_chain: Buffer.from(certificate) };
  const checkClientCertificate = true;
  return ServerCredentials.createSsl(Buffer.from(tls.client), [pair], checkClientCertificate);
}

function listen(server: Server, address: string, credentials: ServerCredentials): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
