"""What an invocation asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from flink_deployer.statement import CARRY_OVER
from flink_deployer.target import session_properties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flink_deployer.engines import EngineName
    from flink_deployer.target import Target

Strategy = Literal["carry_over", "replace", "blue_green", "recreate"]
State = Literal["stateless", "stateful"]
Action = Literal["deploy", "validate", "status", "delete", "preflight"]

STARTUP_MODE = "sql.tables.scan.startup.mode"
STARTUP_MILLIS = "sql.tables.scan.startup.timestamp-millis"


@dataclass(frozen=True, slots=True)
class DesiredStatement:
    """One statement that shall run; `logical` stays the same over all its versions, `name` is this version's."""

    logical: str
    name: str
    sink: str
    strategy: Strategy
    state: State
    start: str
    properties: Mapping[str, str]
    take_over: str | None

    def submitted_properties(self, target: Target, source: str | None) -> Mapping[str, str]:
        """All properties it is created with; with a source it starts where that one stopped, else at `start`."""
        where = {CARRY_OVER: source} if source is not None else startup_properties(self.start)
        return {**self.properties, **session_properties(target), **where}


@dataclass(frozen=True, slots=True)
class Options:
    """How long to wait, and what to leave behind.

    Attributes:
        wait_timeout_s: for everything together.
        bake_s: for how long a new statement must run without an exception.
        keep_previous: leaves what was replaced stopped, until the next change, instead of deleting it.
        dry_run: makes a deploy a validate.
        redeploy_nonce: another one gives every statement another name.
    """

    wait_timeout_s: int
    bake_s: int
    keep_previous: bool
    dry_run: bool
    redeploy_nonce: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """What an application shall be: given with every event of the role `deploy`."""

    engine: EngineName
    pipeline: str
    pipeline_digest: str
    deploy_id: str
    statements: tuple[DesiredStatement, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An invocation. `deployment` is None for the role `teardown`, which knows the application's name only."""

    action: Action
    app: str
    target: Target
    secret_arn: str
    options: Options
    deployment: Deployment | None


def startup_properties(start: str) -> Mapping[str, str]:
    """The properties for a start at `earliest`, `latest`, or a time in RFC 3339.

    Raises:
        ValueError: there is no such time.
    """
    if start in ("earliest", "latest"):
        return {STARTUP_MODE: f"{start}-offset"}
    moment = datetime.fromisoformat(start)
    return {STARTUP_MODE: "timestamp", STARTUP_MILLIS: str(round(moment.timestamp() * 1000))}
