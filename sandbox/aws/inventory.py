"""Lists what exists in the AWS services that the application uses, so what a destroyed one left.

    python inventory.py --url http://127.0.0.1:<port> --region us-east-1

Prints a JSON list of strings "<service> <what> <name>". boto3 is the client on purpose: it shares
no code with Terraform and its provider, so a mistake of theirs cannot hide what they left.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import boto3
from botocore.config import Config

Client: TypeAlias = Any  # boto3 makes its client classes at run time
Call: TypeAlias = Callable[[Client], Iterable[str]]


def pages(operation: str, names: str, **parameters: Any) -> Call:
    """Asks `operation` for all its pages, and takes from each the JMESPath expression `names`."""

    def call(client: Client) -> Iterable[str]:
        yield from client.get_paginator(operation).paginate(**parameters).search(names)

    return call


def keys_in_use(kms: Client) -> Iterable[str]:
    """The customer's keys, without those that wait out the days before their deletion."""
    for key in pages("list_keys", "Keys[].KeyId")(kms):
        metadata = kms.describe_key(KeyId=key)["KeyMetadata"]
        if metadata["KeyManager"] == "CUSTOMER" and metadata["KeyState"] != "PendingDeletion":
            yield key


# (service, what, call). Another service is another line.
LISTINGS: list[tuple[str, str, Call]] = [
    (
        "secretsmanager",
        "secret",
        pages("list_secrets", "SecretList[?!DeletedDate].Name", IncludePlannedDeletion=True),
    ),
    (
        "secretsmanager",
        "secret scheduled for deletion",
        pages("list_secrets", "SecretList[?DeletedDate].Name", IncludePlannedDeletion=True),
    ),
    ("ssm", "parameter", pages("describe_parameters", "Parameters[].Name")),
    (
        "iam",
        "role",
        pages("list_roles", "Roles[?!starts_with(Path, '/aws-service-role/')].RoleName"),
    ),
    ("iam", "policy", pages("list_policies", "Policies[].PolicyName", Scope="Local")),
    ("s3", "bucket", pages("list_buckets", "Buckets[].Name")),
    ("lambda", "function", pages("list_functions", "Functions[].FunctionName")),
    ("events", "rule", pages("list_rules", "Rules[].Name")),
    ("cloudwatch", "alarm", pages("describe_alarms", "MetricAlarms[].AlarmName")),
    ("logs", "log group", pages("describe_log_groups", "logGroups[].logGroupName")),
    ("glue", "database", pages("get_databases", "DatabaseList[].Name")),
    ("ecr", "repository", pages("describe_repositories", "repositories[].repositoryName")),
    ("kms", "key", keys_in_use),
    (
        "kms",
        "alias",
        pages("list_aliases", "Aliases[?!starts_with(AliasName, 'alias/aws/')].AliasName"),
    ),
]


def inventory(url: str, region: str) -> list[str]:
    """Everything that exists, sorted."""
    session: Any = boto3.Session(
        region_name=region,
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
    )
    # what cannot be listed is an error, not a matter of patience
    once = Config(retries={"total_max_attempts": 1})
    clients = {service: session.client(service, endpoint_url=url, config=once) for service, _, _ in LISTINGS}
    return sorted(f"{service} {what} {name}" for service, what, call in LISTINGS for name in call(clients[service]))


def main() -> None:
    """Prints the inventory."""
    parser = argparse.ArgumentParser(description="Lists what exists in the AWS at an address.")
    parser.add_argument("--url", required=True, help="the endpoint of every service")
    parser.add_argument("--region", required=True)
    arguments = parser.parse_args()
    print(json.dumps(inventory(arguments.url, arguments.region)))


if __name__ == "__main__":
    main()
