"""A connection whose answers are written down beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flink_deployer.clock import Deadline
from flink_deployer.rest_client import RestClient
from flink_deployer.statements_api import RestStatementsApi
from flink_deployer.target import Credentials, Target
from flink_deployer.transport import Response, TransportError
from tests.support.clock import VirtualClock
from tests.support.events import TARGET

KEY = Credentials("KEY123", "hunter2/+secret")
OURS: Mapping[str, str] = {"user.confluent.io/flights": "true"}
TARGET_VALUE = Target(**TARGET)


def answer(status: int, content: object = None, **headers: str) -> Response:
    """An answer with JSON; header names have `-` for `_`."""
    body = b"" if content is None else json.dumps(content).encode()
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def refusal(status: int, detail: str = "no") -> Response:
    """An error in Confluent's form."""
    return answer(status, {"errors": [{"status": str(status), "detail": detail}]}, x_request_id="req-1")


def document(name: str, phase: str = "RUNNING", labels: Mapping[str, str] | None = OURS) -> dict[str, object]:
    """A statement as the API shows it."""
    spec = {"statement": "INSERT 1", "properties": {"sql.a": "1"}, "compute_pool_id": "lfcp-1", "principal": "sa-1"}
    return {
        "name": name,
        "metadata": {"labels": labels, "resource_version": "7", "uid": "u"},
        "spec": spec,
        "status": {"phase": phase, "detail": ""},
    }


@dataclass
class ScriptedWire:
    """Gives one answer after another, and keeps what was asked."""

    answers: list[Response | TransportError]
    asked: list[tuple[str, str, Mapping[str, str], object]] = field(default_factory=list)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        self.asked.append((method, path, headers, None if body is None else json.loads(body)))
        given = self.answers.pop(0)
        if isinstance(given, TransportError):
            raise given
        return given


@dataclass
class Scripted:
    """The adapter on a scripted connection."""

    answers: Sequence[Response | TransportError]
    invocation_s: float = 900.0
    lines: list[dict[str, object]] = field(default_factory=list)
    refreshed: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = VirtualClock()
        self.wire = ScriptedWire(list(self.answers))
        deadline = Deadline(self.clock, 840, self.invocation_s)
        self.client = RestClient(self.wire, self._credentials, self.clock, deadline, self._log)
        self.api = RestStatementsApi(self.client, TARGET_VALUE)

    def _credentials(self, refresh: bool) -> Credentials:
        self.refreshed.append(refresh)
        return KEY

    def _log(self, kind: str, **fields: object) -> None:
        self.lines.append({"event": kind, **fields})
