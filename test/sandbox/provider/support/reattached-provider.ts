import { startPluginServer } from "../../../../sandbox/provider/plugin/server";
import { providerHandlers } from "../../../../sandbox/provider/rpc/handlers";
import { Provider } from "../../../../sandbox/provider/rpc/provider";
import type { Vendor } from "../../../../sandbox/provider/vendor";

export interface ReattachedProvider {
  /** What Terraform needs in its environment to use the provider without starting it. */
  readonly environment: NodeJS.ProcessEnv;
  close(): void;
}

/**
 * Serves a provider from this process. Terraform then needs neither `init` nor a process of its own
 * for each command, which makes a plan ten times faster.
 *
 * @param environment as the provider sees it
 */
export async function reattachedProvider(
  vendor: Vendor,
  environment: NodeJS.ProcessEnv = {},
): Promise<ReattachedProvider> {
  const server = await startPluginServer({
    protocol: vendor.protocol,
    handlers: providerHandlers(new Provider(vendor, environment)),
    onShutdown: () => undefined,
  });
  const reattach = {
    Protocol: "grpc",
    ProtocolVersion: vendor.protocol,
    Pid: process.pid,
    Test: true,
    Addr: { Network: server.network, String: server.address },
  };
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify({ [vendor.source]: reattach }) },
    close: () => {
      server.close();
    },
  };
}
