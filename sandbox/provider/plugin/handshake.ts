import type { ProtocolVersion } from "./protocol-definition";

/** Proves that the program was started by Terraform and not by hand. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** Version of go-plugin's own protocol, which carries the plugin protocol. */
const CORE_PROTOCOL = 1;

/** What Terraform says to a plugin that it starts. */
export interface HandshakeRequest {
  /** The host's certificate (PEM): only who presents it may connect. Absent when TLS is off. */
  readonly clientCertificate?: string;
}

/**
 * Reads what Terraform passes in the environment.
 *
 * @throws Error when Terraform did not start the program or does not speak the protocol version
 */
export function readHandshake(
  environment: NodeJS.ProcessEnv,
  protocol: ProtocolVersion,
): HandshakeRequest {
  if (environment["TF_PLUGIN_MAGIC_COOKIE"] !== MAGIC_COOKIE) {
    throw new Error("this program is a Terraform provider: Terraform starts it, a person does not");
  }
  const offered = environment["PLUGIN_PROTOCOL_VERSIONS"] ?? "";
  if (!offered.split(",").includes(String(protocol))) {
    throw new Error(
      `Terraform offers plugin protocols "${offered}", the provider speaks ${protocol}`,
    );
  }
  const clientCertificate = environment["PLUGIN_CLIENT_CERT"];
  return clientCertificate ? { clientCertificate } : {};
}

/** Where a plugin listens. */
export interface PluginAddress {
  readonly network: "unix" | "tcp";
  /** A socket's path or `host:port`. */
  readonly address: string;
}

/**
 * The line by which the plugin tells Terraform where it listens and which certificate it will show;
 * the only thing it ever writes to its standard output.
 */
export function handshakeLine(
  protocol: ProtocolVersion,
  { network, address }: PluginAddress,
  certificate?: Buffer,
): string {
  const fields = [CORE_PROTOCOL, protocol, network, address, "grpc"];
  // Terraform decodes base64 without padding.
  if (certificate !== undefined) fields.push(certificate.toString("base64").replace(/=+$/, ""));
  return fields.join("|");
}
