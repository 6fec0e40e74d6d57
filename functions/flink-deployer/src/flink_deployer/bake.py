"""Watches new statements for a while before what they replace is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.converge import with_exceptions
from flink_deployer.errors import StatementFailed
from flink_deployer.next_step import failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flink_deployer.event import DesiredStatement
    from flink_deployer.run import Run
    from flink_deployer.statement import Statement

_LOOK_EVERY_S = 5.0


def bake(run: Run, watched: Sequence[DesiredStatement]) -> None:
    """Returns once all of them have run for the bake time without an exception.

    A statement that is DEGRADED may recover until the time is over.

    Raises:
        StatementFailed: one of them did not.
        DeployTimeout: there is not so much time left.
    """
    until = run.clock.now() + run.event.options.bake_s
    while True:
        statements = [_current(run, desired) for desired in watched]
        for statement in statements:
            if statement.phase not in ("RUNNING", "COMPLETED", "DEGRADED"):
                raise with_exceptions(run, failed(statement))
        left = until - run.clock.now()
        if left <= 0:
            break
        run.deadline.pause(min(left, _LOOK_EVERY_S), "new statements are watched before old ones go")
    for statement in statements:
        _require_health(run, statement)


def _current(run: Run, desired: DesiredStatement) -> Statement:
    current = run.inventory.group(desired).current
    if current is None:
        raise StatementFailed(
            "somebody deleted it while it was watched", statement=desired.name, hint="find out who, and apply again"
        )
    return current


def _require_health(run: Run, statement: Statement) -> None:
    if statement.phase == "DEGRADED":
        raise with_exceptions(run, failed(statement))
    if statement.phase == "RUNNING" and run.history.started(statement):
        error = failed(statement)
        judged = with_exceptions(run, error)
        if judged is not error:
            raise judged
