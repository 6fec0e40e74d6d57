import type { IncomingMessage, Server } from "node:http";
import type { Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** The only interface that anything of the world listens on. */
export const LOOPBACK = "127.0.0.1";

/**
 * @param port 0 lets the system choose
 * @returns the port
 */
export async function listenOnLoopback(server: Server | TlsServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  // An address of a TCP server that listens is always an object.
  return (server.address() as AddressInfo).port;
}

/** Lets what was asked be answered and stops listening. May be called again. */
export async function closeServer(server: Server | TlsServer): Promise<void> {
  if (!server.listening) {
    return;
  }
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) {
        resolve();
      } else {
        reject(error);
      }
    });
  });
  server.closeIdleConnections();
  await closed;
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
