"""Events as synthesis writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flink_deployer import names

APP = "flights"
DIGEST_A, DIGEST_B, DIGEST_C = "a" * 64, "b" * 64, "c" * 64
SECRET_ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:/confluent/flights-AbCdEf"
TARGET: Mapping[str, str] = {
    "organization_id": "11111111-2222-3333-4444-555555555555",
    "environment_id": "env-abc123",
    "compute_pool_id": "lfcp-abc123",
    "principal_id": "sa-abc123",
    "cloud": "AWS",
    "region": "us-east-1",
    "rest_endpoint": "https://flink.us-east-1.aws.confluent.cloud",
    "catalog": "Lakehouse",
    "database": "Flights",
}


def statement(sink: str = "flight_avro", digest: str = DIGEST_A, nonce: str = "", **more: Any) -> dict[str, Any]:
    """A statement of an event; what is given wins, and the name follows from it."""
    logical = sink.replace("_", "-")
    content: dict[str, Any] = {
        "logical": logical,
        "sink": sink,
        "strategy": "carry_over",
        "state": "stateless",
        "start": "earliest",
        "properties": {},
        **more,
    }
    hash10 = names.statement_hash(
        logical=content["logical"],
        pipeline_digest=digest,
        properties=content["properties"],
        redeploy_nonce=nonce,
        sink=content["sink"],
        start=content["start"],
    )
    return {"name": names.statement_name(APP, logical, hash10), **content}


def deploy_event(*statements: dict[str, Any], digest: str = DIGEST_A, action: str = "deploy", **options: Any) -> Any:
    """An event of the role `deploy`."""
    wanted = list(statements or (statement(digest=digest, nonce=options.get("redeploy_nonce", "")),))
    by_logical = {one["logical"]: one["name"] for one in wanted}
    return {
        "schema_version": 1,
        "role": "deploy",
        "action": action,
        "engine": "compiled",
        "app": {
            "name": APP,
            "pipeline": "flights",
            "pipeline_digest": digest,
            "deploy_id": names.deploy_id(by_logical),
        },
        "target": dict(TARGET),
        "secret_arn": SECRET_ARN,
        "statements": wanted,
        "options": {
            "wait_timeout_s": 240,
            "bake_s": 5,
            "keep_previous": False,
            "dry_run": False,
            "redeploy_nonce": "",
            **options,
        },
    }


def teardown_event(action: str = "delete", wait_timeout_s: int = 240) -> Any:
    """An event of the role `teardown`, as Terraform sends it."""
    return {
        "schema_version": 1,
        "role": "teardown",
        "app": {"name": APP},
        "target": dict(TARGET),
        "secret_arn": SECRET_ARN,
        "options": {"wait_timeout_s": wait_timeout_s},
        "tf": {"action": action, "prev_input": None},
    }
