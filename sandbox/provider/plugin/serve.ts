import { providerHandlers } from "../rpc/handlers";
import { Provider } from "../rpc/provider";
import type { Vendor } from "../vendor";
import { createOneTimeCertificate } from "../../tls/certificate";
import { handshakeLine } from "./handshake";
import { onParentExit } from "./parent-watch";
import { startPluginServer } from "./server";

/**
 * Serves a vendor's provider to the Terraform process that started this one, and ends with it.
 *
 * @param clientCertificate PEM of the certificate that Terraform will show; absent: TLS is off
 */
export async function servePlugin(vendor: Vendor, clientCertificate?: string): Promise<void> {
  const tls =
    clientCertificate === undefined
      ? undefined
      : { server: await createOneTimeCertificate(), client: clientCertificate };
  const end = (): void => {
    server.close();
    process.exit(0);
  };
  const server = await startPluginServer({
    protocol: vendor.protocol,
    handlers: providerHandlers(new Provider(vendor)),
    tls,
    onShutdown: end,
  });
  onParentExit(end);
  // A person's Ctrl-C reaches every process; Terraform decides when its plugins go.
  process.on("SIGINT", () => undefined);
  process.stdout.write(`${handshakeLine(vendor.protocol, server, tls?.server.der)}\n`);
}
