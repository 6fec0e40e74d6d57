"""Invocations on a fake of the port."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flink_deployer.clock import Deadline
from flink_deployer.deploy import deploy, validate
from flink_deployer.event_parser import parse_event
from flink_deployer.history import History
from flink_deployer.inventory import Inventory
from flink_deployer.logs import JsonLines
from flink_deployer.redaction import Redactor
from flink_deployer.run import Run
from flink_deployer.status import status
from flink_deployer.teardown import delete, preflight
from flink_deployer.texts import Texts
from tests.support.clock import VirtualClock
from tests.support.confluent import FakeStatements


class Renderer:
    """An engine that counts how often it is asked."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.asked = 0

    def __call__(self) -> Mapping[str, str]:
        self.asked += 1
        return {sink: f"INSERT {self.version} {sink}" for sink in ("flight_avro", "flight_avro_v2", "stats_avro")}


def invoke(
    api: FakeStatements,
    value: Any,
    *,
    clock: VirtualClock | None = None,
    renderer: Renderer | None = None,
    output: io.StringIO | None = None,
) -> Mapping[str, Any]:
    """Carries an event out as a fresh process would."""
    event = parse_event(value, {})
    time = clock or VirtualClock()
    desired = event.deployment.statements if event.deployment is not None else ()
    run = Run(
        event,
        api,
        time,
        Deadline(time, event.options.wait_timeout_s, 900.0),
        JsonLines(Redactor(), output or io.StringIO()),
        History(time),
        Inventory(api, event.app, desired),
    )
    texts = Texts(renderer or Renderer(event.deployment.pipeline_digest[0] if event.deployment else ""))
    if event.action == "delete":
        return delete(run)
    if event.deployment is None:
        return preflight(run)
    if event.action == "status":
        return status(run, event.deployment)
    act = deploy if event.action == "deploy" else validate
    return act(run, event.deployment, texts)
