"""Calls AWS with boto3, the client that knows nothing of the sandbox.

    python aws_client.py <url>

Reads a JSON list of {"service", "operation", "parameters"} from standard input, makes the calls, at
once when there is the argument --together, and prints the list of what boto3 returned or raised.
Bytes are base64 in parameters that end with "#base64", and text in what is printed.
"""

import base64
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

SESSION = boto3.Session(region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
ONCE = Config(retries={"total_max_attempts": 1}, read_timeout=60)


def main() -> None:
    """Make the calls."""
    url = sys.argv[1]
    calls = json.load(sys.stdin)
    clients = {
        service: SESSION.client(service, endpoint_url=url, config=ONCE)
        for service in {call["service"] for call in calls}
    }

    def make(call: Mapping[str, Any]) -> Any:
        operation = getattr(clients[call["service"]], call["operation"])
        try:
            return operation(**_decoded(call["parameters"]))
        except ClientError as error:
            return error.response

    workers = len(calls) if "--together" in sys.argv else 1
    with ThreadPoolExecutor(workers) as pool:
        print(json.dumps(list(pool.map(make, calls)), default=_printable))


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        return dict(_decoded_item(name, item) for name, item in value.items())
    return value


def _decoded_item(name: str, value: Any) -> tuple[str, Any]:
    if name.endswith("#base64"):
        return name.removesuffix("#base64"), base64.b64decode(value)
    return name, _decoded(value)


def _printable(value: Any) -> str:
    return value.read().decode() if hasattr(value, "read") else str(value)


if __name__ == "__main__":
    main()
