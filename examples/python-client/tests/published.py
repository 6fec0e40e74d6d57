"""A deployment's secrets and parameters, as the stacks publish them, in a mocked AWS."""

import json

import boto3

from lakehouse_client.configuration import Deployment

DEPLOYMENT = Deployment("lakehouse", "test")
SECRET = "s3cr3t/with+signs="
CONSUMER = {
    "auto.commit.interval.ms": "1000",
    "auto.offset.reset": "earliest",
    "basic.auth.credentials.source": "USER_INFO",
    "client.dns.lookup": "use_all_dns_ips",
    "enable.auto.commit": "true",
    "max.poll.interval.ms": "300000",
    "request.timeout.ms": "60000",
    "sasl.mechanism": "PLAIN",
    "security.protocol": "SASL_SSL",
    "session.timeout.ms": "90000",
}
PRODUCER = {
    "acks": "all",
    "client.dns.lookup": "use_all_dns_ips",
    "compression.type": "gzip",
    "sasl.mechanism": "PLAIN",
    "security.protocol": "SASL_SSL",
    "transaction.timeout.ms": "60000",
}


def publish_parameters(path: str, settings: dict[str, str]) -> None:
    ssm = boto3.client("ssm")
    for name, value in settings.items():
        ssm.put_parameter(Name=f"{DEPLOYMENT.path(path)}/{name}", Value=value, Type="String")


def publish_secrets(role: str, key: str = "KEY1") -> None:
    publish_secret(
        ("kafka_cluster", f"app_{role}", "python_client"),
        {
            "bootstrap.servers": "pkc-1.example.com:9092",
            "sasl.username": key,
            "sasl.password": SECRET,
        },
    )
    publish_secret(
        ("schema_registry_cluster", f"app_{role}", "python_client"),
        {
            "schema.registry.url": "https://psrc-1.example.com",
            "schema.registry.basic.auth.credentials.source": "USER_INFO",
            "schema.registry.basic.auth.user.info": f"{key}:{SECRET}",
        },
    )


def publish_secret(parts: tuple[str, ...], fields: dict[str, str]) -> None:
    client = boto3.client("secretsmanager")
    name = DEPLOYMENT.path(*parts)
    if name not in [found["Name"] for found in client.list_secrets()["SecretList"]]:
        client.create_secret(Name=name)
    client.put_secret_value(SecretId=name, SecretString=json.dumps(fields))


def publish() -> None:
    publish_parameters("consumer_kafka_client", CONSUMER)
    publish_parameters("producer_kafka_client", PRODUCER)
    publish_secrets("producer")
    publish_secrets("consumer")
