import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { parseFaultRule } from "./faults";
import { closeServer, listenOnLoopback, LOOPBACK, readText } from "./http";
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
  /** Where Flink's REST API is served. @default - it is not */
  readonly flink?: FlinkAddress;
}

/** What a client of Flink's REST API must know. */
export interface FlinkAddress {
  /** Base URL. */
  readonly url: string;
  /** A file with the PEM of the certificate that it must trust. */
  readonly caFile: string;
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
      "GET /sandbox/flink": () => ({ ...props.flink, settings: world.flink.settings }),
      "POST /sandbox/flink": (body) => ({
        ...props.flink,
        settings: world.flink.change(body),
      }),
      "GET /sandbox/statements": () => world.statements(),
      "POST /sandbox/catalog": (body) => ({ ...world.createCatalog(body), ...props.flink }),
      "POST /terraform/*": (body, operation) =>
        world.call(parseOperation(operation), parseRequest(body)),
    };
    this.server = createServer((request, response) => {
      void this.respond(request, response);
    });
  }

  /** @returns the base URL */
  async listen(): Promise<string> {
    const port = await listenOnLoopback(this.server, this.props.port);
    return `http://${LOOPBACK}:${port}`;
  }

  /** Answers what was asked and stops listening. May be called again. */
  close(): Promise<void> {
    return closeServer(this.server);
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
  const text = await readText(request);
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
