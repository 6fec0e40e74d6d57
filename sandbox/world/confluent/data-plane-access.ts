import { ProviderRefusal } from "../refusal";
import { block, text, type TerraformObject } from "../values";

/** Where the parts of a data-plane call come from: the provider block, all of them, or the resource. */
export interface DataPlaneArguments {
  readonly key: string;
  readonly secret: string;
  readonly restEndpoint: string;
  /** Whether the provider block had them. Then the provider writes none of them into the state. */
  readonly fromProvider: boolean;
}

/**
 * @param prefix of the provider block's arguments, such as `kafka`
 * @param required the provider block's arguments that count only together
 * @throws ProviderRefusal naming what is missing, as the provider does before it calls anything
 */
export function dataPlaneArguments(
  provider: TerraformObject,
  resource: TerraformObject,
  prefix: string,
  required: readonly string[],
): DataPlaneArguments {
  if (required.every((name) => text(provider, name) !== "")) {
    return {
      key: text(provider, `${prefix}_api_key`),
      secret: text(provider, `${prefix}_api_secret`),
      restEndpoint: text(provider, `${prefix}_rest_endpoint`),
      fromProvider: true,
    };
  }
  const credentials = block(resource, "credentials") ?? {};
  const own = {
    key: text(credentials, "key"),
    secret: text(credentials, "secret"),
    restEndpoint: text(resource, "rest_endpoint"),
    fromProvider: false,
  };
  const variable = prefix.toUpperCase();
  if (own.restEndpoint === "") {
    throw new ProviderRefusal(
      `one of provider.${prefix}_rest_endpoint (defaults to ${variable}_REST_ENDPOINT environment variable) or resource.rest_endpoint must be set`,
    );
  }
  if (own.key === "") {
    throw new ProviderRefusal(
      `one of (provider.${prefix}_api_key, provider.${prefix}_api_secret), (${variable}_API_KEY, ${variable}_API_SECRET environment variables) or (resource.credentials.key, resource.credentials.secret) must be set`,
    );
  }
  return own;
}

/** An argument of the provider block, or else the id in a block of the resource. */
export function requiredId(
  provider: TerraformObject,
  argument: string,
  resource: TerraformObject,
  blockName: string,
): string {
  const id = text(provider, argument) || text(block(resource, blockName) ?? {}, "id");
  if (id === "") {
    throw new ProviderRefusal(
      `one of provider.${argument} (defaults to ${environmentVariable(argument)} environment variable) or resource.${blockName}.id must be set`,
    );
  }
  return id;
}

/** `organization_id` and `environment_id` have variables with the vendor's name in front. */
function environmentVariable(argument: string): string {
  const name = argument.toUpperCase();
  return ["ORGANIZATION_ID", "ENVIRONMENT_ID"].includes(name) ? `CONFLUENT_${name}` : name;
}

/** What the provider writes into the state about the call: nothing where the provider block decided. */
export function ownArguments(call: DataPlaneArguments): TerraformObject {
  return call.fromProvider
    ? {}
    : {
        rest_endpoint: call.restEndpoint,
        credentials: [{ key: call.key, secret: call.secret }],
      };
}

/** A wrong host is found by the resolver, not by an API. A trailing slash and the default port change nothing. */
export function requireEndpoint(given: string, actual: string): void {
  if (hostOf(given) !== hostOf(actual)) {
    throw new ProviderRefusal(
      `dial tcp: lookup ${hostOf(given)}: no such host (the endpoint is ${actual})`,
    );
  }
}

/** Host and, if it is not the scheme's own, port. The provider only checks that an endpoint begins with `http`. */
export function hostOf(endpoint: string): string {
  if (!URL.canParse(endpoint)) {
    throw new ProviderRefusal(`parse ${JSON.stringify(endpoint)}: not a URL`);
  }
  return new URL(endpoint).host;
}
