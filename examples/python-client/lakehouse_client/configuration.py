"""What a client needs, as the deployment published it in Secrets Manager and Parameter Store.

Imports no Kafka library: ``python -m lakehouse_client.configuration`` runs wherever boto3 does.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from botocore.client import BaseClient

Role = Literal["producer", "consumer"]

MASK = "********"

# Parameter Store holds Kafka's own names: librdkafka calls one otherwise, and the registry's none.
RENAMED: Mapping[Role, Mapping[str, str]] = {
    "producer": {},
    "consumer": {"request.timeout.ms": "socket.timeout.ms"},
}
FOR_REGISTRY_CLIENTS = frozenset({"basic.auth.credentials.source"})


class ConfigurationError(Exception):
    """Something is not published where it is looked for. The message says what, and what to do."""


@dataclass(frozen=True)
class Deployment:
    """Which deployment to use: the names that its resources begin with."""

    system: str
    environment: str

    @property
    def base(self) -> str:
        """The beginning of the deployment's names, such as ``lakehouse-dev``."""
        return f"{self.system}-{self.environment}"

    def path(self, *parts: str) -> str:
        """A path in Secrets Manager or Parameter Store."""
        return "/".join(["/confluent_cloud_resource", self.base, *parts])


@dataclass(frozen=True)
class ClientConfiguration:
    """A client's settings in librdkafka's names, and those of its Schema Registry client."""

    kafka: Mapping[str, str]
    schema_registry: Mapping[str, str]

    # Names of the settings above that nobody may see.
    secrets: frozenset[str] = frozenset({"sasl.password", "basic.auth.user.info"})

    def masked(self) -> dict[str, dict[str, str]]:
        """The settings as they may be shown."""
        return {
            part: {name: MASK if name in self.secrets else value for name, value in values.items()}
            for part, values in (("kafka", self.kafka), ("schema.registry", self.schema_registry))
        }


def load(
    deployment: Deployment,
    role: Role,
    *,
    session: boto3.Session | None = None,
    group: str | None = None,
) -> ClientConfiguration:
    """Reads everything anew: settings from Parameter Store, keys from Secrets Manager.

    Args:
        deployment: Whose settings.
        role: Whether the client produces or consumes; each has an identity of its own.
        session: How AWS is reached. By default as boto3 finds it in the environment.
        group: The consumer group. By default one for examples.

    Raises:
        ConfigurationError: When something is not there, or the group does not begin with the
            deployment's base, which is what the consumer may use.
    """
    aws = session or boto3.Session()
    parameters = read_parameters(aws.client("ssm"), deployment.path(f"{role}_kafka_client"))
    secrets = aws.client("secretsmanager")
    identity = f"app_{role}"
    kafka_key = read_secret(secrets, deployment.path("kafka_cluster", identity, "python_client"))
    registry_key = read_secret(
        secrets, deployment.path("schema_registry_cluster", identity, "python_client")
    )
    return ClientConfiguration(
        kafka={**kafka_settings(parameters, role), **kafka_key, **_group(deployment, role, group)},
        schema_registry={
            "url": registry_key["schema.registry.url"],
            "basic.auth.user.info": registry_key["schema.registry.basic.auth.user.info"],
        },
    )


def kafka_settings(parameters: Mapping[str, str], role: Role) -> dict[str, str]:
    """The published settings under librdkafka's names; none is added, and none changed."""
    return {
        RENAMED[role].get(name, name): value
        for name, value in parameters.items()
        if name not in FOR_REGISTRY_CLIENTS
    }


def read_parameters(ssm: BaseClient, path: str) -> dict[str, str]:
    """Every parameter below a path by its last part, however many there are: a page holds ten.

    Raises:
        ConfigurationError: When there is none.
    """
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=path, WithDecryption=True)
    found = {
        parameter["Name"].removeprefix(f"{path}/"): parameter["Value"]
        for page in pages
        for parameter in page["Parameters"]
    }
    if not found:
        raise ConfigurationError(
            f"there is no parameter below {path}: deploy streaming-platform, or correct --system, "
            "--environment and the AWS account and region that are used"
        )
    return found


def read_secret(secretsmanager: BaseClient, name: str) -> dict[str, str]:
    """The fields of a secret's current value.

    Raises:
        ConfigurationError: When the secret is not there, or has no value yet.
    """
    try:
        value = secretsmanager.get_secret_value(SecretId=name)["SecretString"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        raise ConfigurationError(
            f"the secret {name} has no value: deploy streaming-credentials, or correct --system, "
            "--environment and the AWS account and region that are used"
        ) from error
    fields: dict[str, str] = json.loads(value)
    return fields


def _group(deployment: Deployment, role: Role, group: str | None) -> dict[str, str]:
    if role == "producer":
        return {}
    name = group or f"{deployment.base}-example"
    if not name.startswith(deployment.base):
        raise ConfigurationError(
            f"the consumer group must begin with {deployment.base}, "
            f"which is what the consumer may use, got {name}"
        )
    return {"group.id": name}


def arguments(description: str) -> argparse.ArgumentParser:
    """The options that every program of the client takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--environment", required=True, help="such as dev")
    parser.add_argument("--system", default="lakehouse", help="first part of every name")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Prints both clients' configuration as JSON, with secrets masked."""
    options = arguments(main.__doc__ or "").parse_args(argv)
    deployment = Deployment(options.system, options.environment)
    try:
        shown = {role: load(deployment, role).masked() for role in RENAMED}
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(shown, indent=2, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
