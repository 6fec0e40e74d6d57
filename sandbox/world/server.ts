import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { parseFaultRule } from "./faults";
import type { Journal } from "./journal";
import { parseOperation, parseRequest, ProtocolError } from "./protocol";
import { isObject, type Json } from "./values";
import type { World } from "./world";

export interface WorldServerProps {
  readonly world: World;
  readonly journal: Journal;
  /** Proves to whoever started the world that it talks to this one. */
  readonly nonce: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

type Handler = (body: Json, operation: string) => unknown;

/** The world over HTTP, on the loopback interface only. */
export class WorldServer {
  private readonly server: Server;
  private readonly routes: Readonly<Record<string, Handler | undefined>>;

  constructor(private readonly props: WorldServerProps) {
    const { world, journal, nonce } = props;
    this.routes = {
      "GET /sandbox/whoami": () => ({ nonce, pid: process.pid }),
      "GET /sandbox/inventory": () => world.inventory(),
      "GET /sandbox/journal": () => ({ calls: journal.calls }),
      "GET /sandbox/clock": () => ({ now: world.time }),
      "POST /sandbox/clock": (body) => ({ now: world.advanceClock(advanceSeconds(body)) }),
      "POST /sandbox/faults": (body) => {
        world.faults.add(parseFaultRule(body));
        return {};
      },
      "DELETE /sandbox/faults": () => {
        world.faults.clear();
        return {};
      },
      "POST /terraform/*": (body, operation) =>
        world.call(parseOperation(operation), parseRequest(body)),
    };
    this.server = createServer((request, response) => {
      void this.respond(request, response);
    });
  }

  /** @returns the base URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(this.props.port, "127.0.0.1", resolve);
    });
    // An address of a TCP server that listens is always an object.
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Answers what was asked and stops listening. May be called again. */
  async close(): Promise<void> {
    if (!this.server.listening) {
      return;
    }
    const closed = new Promise<void>((resolve, reject) => {
      this.server.close((error) => {
        if (error === undefined) {
          resolve();
        } else {
          reject(error);
        }
      });
    });
    this.server.closeIdleConnections();
    await closed;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.handle(request);
    response.writeHead(status, {
      "content-type": "application/json",
      // A connection that stayed open would hold up the end of the world.
      ...(this.server.listening ? {} : { connection: "close" }),
    });
    response.end(JSON.stringify(body));
  }

  private async handle(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method = "", url = "" } = request;
    const [, operation] = /^\/terraform\/([^/]+)$/.exec(url) ?? [];
    const route = `${method} ${operation === undefined ? url : "/terraform/*"}`;
    const handler = this.routes[route];
    if (handler === undefined) {
      return { status: 404, body: { error: `no route ${method} ${url}` } };
    }
    try {
      return { status: 200, body: await handler(await readBody(request), operation ?? "") };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { status: error instanceof ProtocolError ? 400 : 500, body: { error: message } };
    }
  }
}

async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return text === "" ? null : (JSON.parse(text) as Json);
  } catch (error) {
    throw new ProtocolError("the body must be JSON", { cause: error });
  }
}

function advanceSeconds(body: Json): number {
  const seconds = isObject(body) ? body["advanceSeconds"] : undefined;
  if (typeof seconds !== "number" || seconds < 0) {
    throw new ProtocolError(
      `advanceSeconds must be a number of at least 0, got ${JSON.stringify(seconds)}`,
    );
  }
  return seconds;
}
