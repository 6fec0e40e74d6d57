"""The deployer as it is in Lambda, but for time, the secret's store, and a connection that can be cut."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flink_deployer.clock import Deadline
from flink_deployer.engines.compiled import CompiledEngine
from flink_deployer.invocation import Deployer
from flink_deployer.pipelines import load_pipeline
from flink_deployer.rest_client import RestClient
from flink_deployer.secrets import CachedSecrets
from flink_deployer.statement import Draft
from flink_deployer.statements_api import RestStatementsApi
from flink_deployer.target import Credentials, Target
from flink_deployer.transport import HttpsTransport, Response, TransportError
from tests.support.clock import VirtualClock
from tests.support.confluent import Crash
from tests.support.world import World

_SINKS = {"flight_avro": "stateless", "flight_avro_v2": "stateful", "stats_avro": "stateful"}


def _briefly(event: Any) -> dict[str, int]:
    return {"bake_s": 1} if event["role"] == "deploy" else {}


class Context:
    aws_request_id = "11111111-aaaa-bbbb-cccc-222222222222"

    def __init__(self, remaining_s: float = 900.0) -> None:
        self._remaining = remaining_s

    def get_remaining_time_in_millis(self) -> int:
        return int(self._remaining * 1000)


class Store:
    """A secret's text, and how often it was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.reads = 0

    def read(self, _arn: str) -> str:
        self.reads += 1
        return self.text


@dataclass
class Wire:
    """A connection that counts requests; it can end the process after one, or lose one answer.

    Attributes:
        dies_after: number of the request after which the process is no more; 0 is before the first.
        loses: number of the request whose answer never arrives.
        on_request: called before each.
    """

    inner: HttpsTransport
    dies_after: int | None = None
    loses: int | None = None
    on_request: Callable[[str, str], None] = lambda _method, _path: None
    count: int = 0
    requests: list[str] = field(default_factory=list)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        if self.dies_after is not None and self.count >= self.dies_after:
            raise Crash
        self.count += 1
        self.on_request(method, path)
        self.requests.append(f"{method} {path.partition('?')[0].rpartition('/statements')[2]}")
        response = self.inner.send(method, path, headers, body)
        if self.loses == self.count:
            self.inner.close()
            raise TransportError("the connection was reset")
        return response


@dataclass
class Gateway:
    """Invokes the deployer on a world.

    Attributes:
        world: the world.
        versions: directories of pipelines, by the digest of the one in it.
    """

    world: World
    versions: Mapping[str, Path]
    connection: HttpsTransport

    def event(self, event: Any) -> Any:
        """The event, for the world's environment; nothing happens there while a statement is watched."""
        return {**event, "target": self.world.target, "options": {**event["options"], **_briefly(event)}}

    def invoke(self, event: Any, *, wire: Wire | None = None, secret: Mapping[str, str] | None = None) -> Any:
        """Carries an event out in a process of its own, so to speak."""
        clock = VirtualClock()
        secrets = CachedSecrets(Store(json.dumps(secret or self.world.secret)), clock)
        digest = event["app"].get("pipeline_digest", "")
        line = wire or Wire(self.connection)
        deployer = Deployer(
            clock, secrets, lambda _endpoint: line, lambda _name: CompiledEngine(), lambda: self.versions[digest]
        )
        return deployer.invoke(self.event(event), Context())

    def api(self) -> RestStatementsApi:
        """The statements, for a test's own use."""
        clock = VirtualClock()
        access = self.world.access
        credentials = Credentials(access["apiKey"], access["apiSecret"])
        client = RestClient(
            self.connection, lambda _refresh: credentials, clock, Deadline(clock, 900, 900), lambda *_, **__: None
        )
        return RestStatementsApi(client, Target(**self.world.target))

    def submit(self, name: str) -> None:
        """Somebody else's statement, which runs."""
        target = self.world.target
        names = {"sql.current-catalog": target["catalog"], "sql.current-database": target["database"]}
        sql = "INSERT INTO `flight_avro` (`email`) SELECT `email` FROM `skyone_avro`"
        api = self.api()
        api.create(Draft(name, sql, names, {}, target["compute_pool_id"], target["principal_id"]))
        while (found := api.get(name)) is not None and found.phase == "PENDING":
            pass
        assert found is not None
        assert found.phase == "RUNNING", found

    def reset(self) -> None:
        """Deletes every statement."""
        self.world.reset(self.api())


def write_versions(directory: Path) -> Mapping[str, Path]:
    """Writes three versions of a compiled pipeline and gives their directories by digest."""
    found = {}
    for version, condition in enumerate(("", " WHERE `email` <> 'a'", " WHERE `email` <> 'b'")):
        home = directory / str(version) / "flights"
        (home / "compiled").mkdir(parents=True)
        sinks = {sink: {"columns": ["email"], "state": state} for sink, state in _SINKS.items()}
        (home / "pipeline.json").write_text(json.dumps({"sources": ["skyone_avro"], "sinks": sinks}))
        for sink in _SINKS:
            text = f"INSERT INTO `{sink}` (`email`) SELECT `email` FROM `skyone_avro`{condition}\n"
            (home / "compiled" / f"{sink}.sql").write_text(text)
        found[load_pipeline(home.parent, "flights").digest("compiled")] = home.parent
    return found
