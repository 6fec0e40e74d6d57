import { quickstarts } from "./datagen";

/** The config of a connector, sensitive values included. */
export type ConnectorConfig = Readonly<Record<string, string>>;

/** A key of a config with what is wrong with it. */
export interface ConfigError {
  readonly key: string;
  readonly reason: string;
}

/** Output formats that come with a schema in the registry; plain `JSON` has none. */
export const schemaFormats: Readonly<Record<string, string | undefined>> = {
  AVRO: "AVRO",
  JSON_SR: "JSON",
  PROTOBUF: "PROTOBUF",
};

/** What is wrong with a value. */
type Check = (value: string) => string | undefined;

const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value) ? undefined : `must be one of ${values.join(", ")}`;

const atLeastOne: Check = (value) =>
  /^[1-9]\d*$/.test(value) ? undefined : "must be a whole number of at least 1";

const given: Check = () => undefined;

const required: Readonly<Record<string, Check>> = {
  "connector.class": given,
  "kafka.auth.mode": oneOf(["SERVICE_ACCOUNT", "KAFKA_API_KEY"]),
  name: given,
  "tasks.max": atLeastOne,
};

const requiredForAuthentication: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  SERVICE_ACCOUNT: {
    "kafka.service.account.id": (value) =>
      value.startsWith("sa-") ? undefined : "must be the id of a service account, sa-…",
  },
  KAFKA_API_KEY: { "kafka.api.key": given, "kafka.api.secret": given },
};

/** By `connector.class`; of any other class the world knows what all have in common. */
const requiredByClass: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  DatagenSource: {
    "kafka.topic": given,
    "output.data.format": oneOf(["JSON", ...Object.keys(schemaFormats)]),
    // Real ones are more; of these the world knows the columns.
    quickstart: oneOf(Object.keys(quickstarts)),
  },
};

const optionalByClass: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  DatagenSource: { "max.interval": atLeastOne },
};

/** Everything that the plugin finds wrong with a config, by key; nothing when it would take it. */
export function configErrors(config: ConnectorConfig): readonly ConfigError[] {
  const connectorClass = config["connector.class"] ?? "";
  const mandatory = {
    ...required,
    ...requiredForAuthentication[config["kafka.auth.mode"] ?? ""],
    ...requiredByClass[connectorClass],
  };
  const optional = Object.entries(optionalByClass[connectorClass] ?? {}).filter(
    ([key]) => config[key] !== undefined,
  );
  return [...Object.entries(mandatory), ...optional]
    .map(([key, check]) => ({ key, reason: reasonAgainst(config, key, check) }))
    .filter((error): error is ConfigError => error.reason !== undefined)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function reasonAgainst(config: ConnectorConfig, key: string, check: Check): string | undefined {
  const value = config[key] ?? "";
  return value === "" ? "is required" : check(value);
}
