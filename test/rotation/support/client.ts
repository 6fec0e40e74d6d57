import type { TerraformObject } from "../../../sandbox/world/values";
import { callAws } from "../../sandbox/aws/call-aws";
import type { Clouds } from "./clouds";

const ROOT = "/confluent_cloud_resource/lakehouse-sandbox";

/** The services that a client opens with keys of its own. */
export const services = ["kafka", "schema-registry", "flink"] as const;
export type Service = (typeof services)[number];

/** A key with everything that a call of its service needs. */
interface Credential {
  /** Id of the key. */
  readonly key: string;
  /** A harmless call, and the provider block that makes it with this key. */
  readonly call: { readonly type: string; readonly prior: TerraformObject };
  readonly configuration: TerraformObject;
}

/**
 * An application: it reads its secret from AWS over HTTP, keeps what it has read, and calls Confluent with it. It does
 * not notice a rotation until it reads again.
 */
export class Client {
  private held: Credential | undefined;

  private constructor(
    readonly service: Service,
    private readonly clouds: Clouds,
    private readonly endpoints: Endpoints,
  ) {}

  /** A client that has read its secret once. */
  static async started(service: Service, clouds: Clouds, endpoints: Endpoints): Promise<Client> {
    const client = new Client(service, clouds, endpoints);
    await client.reread();
    return client;
  }

  /** Id of the key that it holds. */
  get key(): string {
    return this.credential.key;
  }

  async reread(): Promise<void> {
    this.held = await this.readers[this.service]();
  }

  /** What the service says to the key that the client holds now: it may know no such topic, which is an answer. */
  async call(): Promise<"answered" | "refused: 401"> {
    return this.callWith(this.credential);
  }

  /** The call as it is now, to be made again later with the key of now. */
  callWithThisKey(): () => Promise<"answered" | "refused: 401"> {
    const { credential } = this;
    return () => this.callWith(credential);
  }

  private get credential(): Credential {
    if (this.held === undefined) throw new Error("the client has not read its secret");
    return this.held;
  }

  private async callWith({ call, configuration }: Credential) {
    const { diagnostics } = await this.clouds.world.call("read", {
      provider: "confluent",
      ...call,
      configuration,
    });
    return diagnostics.some(({ summary }) => summary.includes("401")) ? "refused: 401" : "answered";
  }

  private readonly readers: Readonly<Record<Service, () => Promise<Credential>>> = {
    kafka: async () => {
      const own = await this.read("kafka_cluster/app_producer/python_client");
      const platform = await this.read("terraform/streams");
      return {
        key: own["sasl.username"] ?? "",
        call: { type: "confluent_kafka_topic", prior: { topic_name: "orders" } },
        configuration: {
          kafka_api_key: own["sasl.username"],
          kafka_api_secret: own["sasl.password"],
          kafka_id: platform["kafka.cluster.id"],
          kafka_rest_endpoint: this.endpoints.kafka,
        },
      };
    },
    "schema-registry": async () => {
      const own = await this.read("schema_registry_cluster/app_producer/python_client");
      const platform = await this.read("terraform/streams");
      const [key = "", secret] = own["schema.registry.basic.auth.user.info"]?.split(":") ?? [];
      return {
        key,
        call: {
          type: "confluent_schema",
          prior: { id: "x/orders-value/latest", subject_name: "orders-value" },
        },
        configuration: {
          schema_registry_api_key: key,
          schema_registry_api_secret: secret,
          schema_registry_id: platform["schema.registry.id"],
          schema_registry_rest_endpoint: own["schema.registry.url"],
        },
      };
    },
    flink: async () => {
      const own = await this.read("terraform/flight-consolidator");
      return {
        key: own["flink.api.key"] ?? "",
        call: {
          type: "confluent_flink_statement",
          prior: { id: "env-none/none", statement_name: "none" },
        },
        configuration: {
          flink_api_key: own["flink.api.key"],
          flink_api_secret: own["flink.api.secret"],
          flink_rest_endpoint: this.endpoints.flink,
          organization_id: own["organization.id"],
          environment_id: own["environment.id"],
          flink_compute_pool_id: own["flink.compute.pool.id"],
          flink_principal_id: own["flink.principal.id"],
        },
      };
    },
  };

  private read(path: string): Promise<Readonly<Record<string, string>>> {
    return readSecret(this.clouds, path);
  }
}

/** The fields of a secret below the environment's path, as AWS hands them out now. */
export async function readSecret(
  clouds: Clouds,
  path: string,
): Promise<Readonly<Record<string, string>>> {
  const answer = await callAws(clouds.aws.url, "secretsmanager", "GetSecretValue", {
    SecretId: `${ROOT}/${path}`,
  });
  return JSON.parse(String(answer.members["SecretString"])) as Readonly<Record<string, string>>;
}

/** Where the services of a deployed platform are. */
export interface Endpoints {
  readonly kafka: string;
  readonly flink: string;
}

/** @param state of the platform's stack */
export function endpointsIn(state: string): Endpoints {
  const { resources } = JSON.parse(state) as {
    resources: { type: string; instances: { attributes: Record<string, string> }[] }[];
  };
  const endpointOf = (type: string): string =>
    resources.find((resource) => resource.type === type)?.instances[0]?.attributes[
      "rest_endpoint"
    ] ?? "";
  return {
    kafka: endpointOf("confluent_kafka_cluster"),
    flink: endpointOf("confluent_flink_region"),
  };
}
