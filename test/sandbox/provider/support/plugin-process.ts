import { spawn, type ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { Client, credentials, type ChannelCredentials } from "@grpc/grpc-js";
import type { OneTimeCertificate } from "../../../../sandbox/tls/certificate";
import {
  loadProtocol,
  type ProtocolVersion,
} from "../../../../sandbox/provider/plugin/protocol-definition";
import { compiledProgram } from "../../../support/compiled-programs";

/** What Terraform passes to every plugin, and where a killed one may leave its socket. */
export const terraformEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
  TMPDIR: tmpdir(),
};

export interface PluginProcess {
  readonly child: ChildProcess;
  /** The first line of its standard output. */
  readonly handshake: string;
  /** Everything on its standard output so far. */
  output: () => string;
  /** Resolves with the exit code when it ends. */
  readonly exited: Promise<number | null>;
}

/** Starts the compiled program as Terraform would. */
export async function startPlugin(
  vendor: string,
  environment: NodeJS.ProcessEnv,
): Promise<PluginProcess> {
  const child = spawn(process.execPath, [compiledProgram("sandbox/provider/main.js"), vendor], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const exited = new Promise<number | null>((resolve) => child.on("close", resolve));
  const handshake = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const [line, rest] = output.split("\n");
      if (line !== undefined && rest !== undefined) resolve(line);
    });
    void exited.then((code) => {
      reject(new Error(`ended with ${code ?? "a signal"}: ${errors}`));
    });
  });
  return { child, handshake, output: () => output, exited };
}

/** Credentials that trust the certificate of a handshake line and show one's own. */
export function mutualTls(handshake: string, own: OneTimeCertificate): ChannelCredentials {
  // The handshake leaves the padding out, PEM needs it.
  const der = Buffer.from(handshake.split("|")[5] ?? "", "base64").toString("base64");
  const server = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
  const buffers = [server, own.privateKey, own.certificate].map((pem) => Buffer.from(pem));
  return credentials.createSsl(...(buffers as [Buffer, Buffer, Buffer]));
}

/** Makes one call of a service to a plugin. */
export async function callPlugin(
  handshake: string,
  channel: ChannelCredentials,
  service: "provider" | "controller" | "health",
  method: string,
  request: object = {},
): Promise<unknown> {
  const [, protocol, , address] = handshake.split("|");
  const version: ProtocolVersion = protocol === "5" ? 5 : 6;
  const definition = loadProtocol(version)[service][method];
  if (definition === undefined) throw new Error(`protocol ${version} has no ${method}`);
  const client = new Client(`unix:${address ?? ""}`, channel, {
    "grpc.ssl_target_name_override": "localhost",
    "grpc.default_authority": "localhost",
  });
  try {
    return await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        definition.path,
        definition.requestSerialize,
        definition.responseDeserialize,
        request,
        { deadline: Date.now() + 5000 },
        (error, response: unknown) => {
          if (error === null) resolve(response);
          else reject(error);
        },
      );
    });
  } finally {
    client.close();
  }
}
