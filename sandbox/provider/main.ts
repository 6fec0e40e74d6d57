import { readHandshake } from "./plugin/handshake";
import { servePlugin } from "./plugin/serve";
import { findVendor } from "./vendors";

/**
 * A stand-in for a vendor's Terraform provider: `node main.js <vendor>`, started by Terraform through
 * the wrapper that `mirror.ts` writes.
 */
async function main(): Promise<void> {
  const vendor = findVendor(process.argv[2] ?? "");
  const { clientCertificate } = readHandshake(process.env, vendor.protocol);
  await servePlugin(vendor, clientCertificate);
}

main().catch((error: unknown) => {
  // Terraform shows what a plugin writes here when it does not start.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
