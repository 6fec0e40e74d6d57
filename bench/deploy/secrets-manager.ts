import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An AWS with one secret, which every account and every name finds. */
export interface SecretsManager {
  /** The value of `AWS_ENDPOINT_URL`. */
  readonly url: string;
  stop(): void;
}

/**
 * Answers `GetSecretValue`, on a free port of this machine.
 *
 * @param document the secret's text
 */
export async function startSecretsManager(document: string): Promise<SecretsManager> {
  const body = JSON.stringify({
    ARN: "arn:aws:secretsmanager:us-east-1:123456789012:secret:bench",
    Name: "bench",
    SecretString: document,
    VersionId: "00000000-0000-0000-0000-000000000000",
  });
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("Content-Type", "application/x-amz-json-1.1");
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
