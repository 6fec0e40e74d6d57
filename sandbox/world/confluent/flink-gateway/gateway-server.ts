import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";

import { createOneTimeCertificate } from "../../../tls/certificate";
import { closeServer, listenOnLoopback, LOOPBACK, readText } from "../../http";
import type { FlinkGateway } from "./gateway";
import { errorResponse, type GatewayResponse } from "./message";

/** The certificate lives as long as any sandbox is likely to. */
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Longer than clients pause between two calls: to close a connection just as they use it again looks like a fault. */
const KEEP_ALIVE_MS = 60_000;

/** The gateway over HTTPS, on the loopback interface only: Confluent's client libraries refuse plain HTTP. */
export class GatewayServer {
  private constructor(
    private readonly server: Server,
    /** Base URL. */
    readonly url: string,
    /** PEM of the certificate that clients must trust. */
    readonly certificate: string,
  ) {}

  /** @param port 0 lets the system choose */
  static async start(gateway: FlinkGateway, port: number): Promise<GatewayServer> {
    const { privateKey, certificate } = await createOneTimeCertificate({
      address: LOOPBACK,
      authority: true,
      validity: YEAR_MS,
    });
    const server = createServer({ key: privateKey, cert: certificate }, (request, response) => {
      void respond(gateway, server, request, response);
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const listening = await listenOnLoopback(server, port);
    return new GatewayServer(server, `https://${LOOPBACK}:${listening}`, certificate);
  }

  /** Answers what was asked and stops listening. May be called again. */
  close(): Promise<void> {
    return closeServer(this.server);
  }
}

async function respond(
  gateway: FlinkGateway,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerTo(gateway, request);
  if (answer === undefined) {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.body !== undefined && { "content-type": "application/json" }),
    ...(server.listening ? {} : { connection: "close" }),
  });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

async function answerTo(
  gateway: FlinkGateway,
  request: IncomingMessage,
): Promise<GatewayResponse | undefined> {
  const { method = "", url = "", headers } = request;
  try {
    return await gateway.answer({
      method,
      url,
      host: headers.host ?? LOOPBACK,
      authorization: headers.authorization,
      body: await readText(request),
    });
  } catch (error) {
    return errorResponse(500, error instanceof Error ? error.message : String(error));
  }
}
