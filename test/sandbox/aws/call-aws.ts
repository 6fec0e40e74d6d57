/** How the header X-Amz-Target names the services with AWS's JSON protocol. */
const TARGETS = {
  kms: "TrentService",
  logs: "Logs_20140328",
  secretsmanager: "secretsmanager",
  ssm: "AmazonSSM",
};

/** An answer of AWS. */
export interface AwsAnswer {
  readonly status: number;
  readonly body: string;
  /** The members of a JSON answer. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** Calls an operation of a JSON service in us-east-1, with a signature that says which service and proves nothing. */
export async function callAws(
  url: string,
  service: keyof typeof TARGETS,
  operation: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<AwsAnswer> {
  const scope = `sandbox/20260101/us-east-1/${service}/aws4_request`;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `${TARGETS[service]}.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const body = await response.text();
  return {
    status: response.status,
    body,
    members: JSON.parse(body || "{}") as AwsAnswer["members"],
  };
}
