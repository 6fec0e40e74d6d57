"""The sandbox's world with the project's tables, for tests with the real plugin."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flink_deployer.target import Credentials, Target

PROJECT = Path(__file__).parents[4]
PROGRAM = PROJECT / "dist/sandbox/world/main.js"
SCHEMAS = PROJECT / "pipelines/schemas"

AIRLINES = ("skyone_avro", "sunset_avro")
NAMES = {
    "organization_id": "organizationId",
    "environment_id": "environmentId",
    "compute_pool_id": "computePoolId",
    "principal_id": "principalId",
    "rest_endpoint": "url",
}


@dataclass(frozen=True)
class World:
    """A world that runs."""

    target: Target
    credentials: Credentials
    ca_file: str
    journal: Path

    def submitted(self) -> list[str]:
        """The texts of all statements so far."""
        calls = [json.loads(line) for line in self.journal.read_text("utf-8").splitlines()]
        bodies = [call["request"]["body"] for call in calls if call.get("operation") == "flink.create"]
        return [(json.loads(body) if isinstance(body, str) else body)["spec"]["statement"] for body in bodies]


@contextmanager
def running(directory: Path) -> Iterator[World]:
    """A world whose only environment has catalog `Main Catalog` and database `Main-Database`, until the block ends."""
    assert PROGRAM.exists(), f"{PROGRAM} is missing: npm run build:tools"
    journal = directory / "journal.ndjson"
    command = ["node", str(PROGRAM), "--nonce", "n", "--seed", "s", "--journal", str(journal)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            post(url, "/sandbox/flink", {"pendingReads": 0, "stoppingReads": 0, "deletingReads": 0})
            tables = [
                *[{"name": name, "valueSchema": schema("airline.avsc")} for name in AIRLINES],
                {"name": "flight_avro", "valueSchema": schema("flight.avsc"), "keySchema": schema("flight_key.avsc")},
                {"name": "flyer_stats_avro", "valueSchema": schema("flyer_stats.avsc")},
            ]
            place = {"region": "us-east-1", "catalog": "Main Catalog", "database": "Main-Database"}
            answer = post(url, "/sandbox/catalog", {**place, "tables": tables})
            target = Target(**{field.name: answer[NAMES.get(field.name, field.name)] for field in fields(Target)})
            yield World(target, Credentials(answer["apiKey"], answer["apiSecret"]), answer["caFile"], journal)
        finally:
            process.terminate()


def schema(file: str) -> dict[str, str]:
    return {"format": "AVRO", "text": (SCHEMAS / file).read_text("utf-8")}


def post(url: str, path: str, body: object) -> Any:
    request = urllib.request.Request(url + path, json.dumps(body).encode())  # noqa: S310 - http
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - http
        return json.load(response)
