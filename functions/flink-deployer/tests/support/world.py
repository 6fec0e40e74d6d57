"""The sandbox's world in a process of its own: the gateway as Confluent has it, over TLS."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[4]
_MAIN = _ROOT / "dist" / "sandbox" / "world" / "main.js"
_TABLES = ("skyone_avro", "flight_avro", "flight_avro_v2", "stats_avro")
_AT_ONCE = {"pendingReads": 0, "stoppingReads": 0, "deletingReads": 0, "staleLists": 0}
LATER = {"pendingReads": 1, "stoppingReads": 1, "deletingReads": 1, "staleLists": 1}


class World:
    """One world with one environment, whose statements are all deleted between tests."""

    def __init__(self, directory: Path) -> None:
        if not _MAIN.exists():
            raise FileNotFoundError(f"{_MAIN} is missing: run npm run build:tools first")
        journal = directory / "journal.jsonl"
        self._process = subprocess.Popen(
            ["node", str(_MAIN), "--nonce", "tests", "--seed", "tests", "--journal", str(journal)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._url: str = json.loads(self._process.stdout.readline())["url"]
        schema = {"type": "record", "name": "row", "fields": [{"name": "email", "type": "string"}]}
        value = {"format": "AVRO", "text": json.dumps(schema)}
        tables = [{"name": name, "valueSchema": value, "partitions": 2} for name in _TABLES]
        place = {"region": "us-east-1", "catalog": "Lakehouse", "database": "Flights"}
        self.access: Mapping[str, str] = self.call("POST", "/sandbox/catalog", {**place, "tables": tables})

    @property
    def target(self) -> dict[str, str]:
        """The `target` of an event."""
        access = self.access
        return {
            "organization_id": access["organizationId"],
            "environment_id": access["environmentId"],
            "compute_pool_id": access["computePoolId"],
            "principal_id": access["principalId"],
            "cloud": access["cloud"],
            "region": access["region"],
            "rest_endpoint": access["url"],
            "catalog": access["catalog"],
            "database": access["database"],
        }

    @property
    def secret(self) -> dict[str, str]:
        """The document of the application's secret."""
        access = self.access
        return {
            "flink.cloud": access["cloud"],
            "flink.region": access["region"],
            "flink.api.key": access["apiKey"],
            "flink.api.secret": access["apiSecret"],
            "organization.id": access["organizationId"],
            "environment.id": access["environmentId"],
            "flink.compute.pool.id": access["computePoolId"],
            "flink.principal.id": access["principalId"],
        }

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Calls the world's own interface."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data=content, method=method)  # noqa: S310 - it is ours
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - it is ours
            return json.loads(answer.read())

    def fault(self, operation: str, mode: str, **more: object) -> None:
        """Makes a call, or a statement, go wrong."""
        name = more.pop("name", None)
        match = {"operation": operation, "type": "", **({"name": name} if name is not None else {})}
        self.call("POST", "/sandbox/faults", {"match": match, "mode": mode, **more})

    def statements(self) -> dict[str, str]:
        """Phases by name, without what is being deleted."""
        found = self.call("GET", "/sandbox/statements")
        return {one["name"]: one["phase"] for one in found if one["phase"] != "DELETING"}

    def settings(self, **settings: object) -> None:
        """How many readings things take."""
        self.call("POST", "/sandbox/flink", settings)

    def stop(self) -> None:
        """Ends the process, which ends with its standard input."""
        self._process.communicate(timeout=10)

    def reset(self, api: Any) -> None:
        """Deletes every statement at once, through an API that nothing disturbs."""
        self.call("DELETE", "/sandbox/faults")
        self.settings(**_AT_ONCE, absentIsForbidden=False, lateTables={})
        for statement in self.call("GET", "/sandbox/statements"):
            api.delete(statement["name"])
            api.get(statement["name"])
            api.get(statement["name"])
        self.settings(**LATER)
