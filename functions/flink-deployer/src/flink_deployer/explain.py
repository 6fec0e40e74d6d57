"""Asks Flink for a statement's plan without running it: the only true check of a text against the live tables."""

from __future__ import annotations

import secrets as randomness
from typing import TYPE_CHECKING

from flink_deployer.errors import StatementFailed, UpstreamUnavailable, ValidationError
from flink_deployer.late_table import LATE_TABLE_PATIENCE_S, is_late_table
from flink_deployer.run import Pause, Run
from flink_deployer.statement import HIDDEN_LABEL, Draft, app_label
from flink_deployer.target import session_properties

if TYPE_CHECKING:
    from flink_deployer.event import DesiredStatement

_HELPER_TRIES = 3


class _HelperVanished(Exception):
    """Somebody cleaned up the helper: another invocation does that with helpers it does not know."""


def explain(run: Run, desired: DesiredStatement, sql: str) -> str:
    """Gives the plan.

    Raises:
        ValidationError: Flink refuses the text; the message has its line and column.
        DeployTimeout: no time is left.
    """
    until = run.clock.now() + LATE_TABLE_PATIENCE_S
    vanished = 0
    pause = Pause(run)
    while True:
        try:
            return _explain_once(run, desired, sql)
        except _HelperVanished:
            vanished += 1
            if vanished == _HELPER_TRIES:
                raise UpstreamUnavailable(
                    "the statement that explains is deleted each time",
                    statement=desired.name,
                    hint="apply again when no other deployment of the application runs",
                ) from None
        except StatementFailed as failure:
            if not is_late_table(failure.message) or run.clock.now() >= until:
                raise ValidationError(
                    failure.message,
                    statement=desired.name,
                    hint="correct the pipeline or its tables; nothing was changed",
                    request_id=failure.request_id,
                ) from None
            pause(failure.message)


def _explain_once(run: Run, desired: DesiredStatement, sql: str) -> str:
    target, app = run.event.target, run.event.app
    name = f"{app}-explain-{randomness.token_hex(8)}"
    draft = Draft(
        name=name,
        sql=f"EXPLAIN {sql}",
        properties={**desired.properties, **session_properties(target)},
        labels={app_label(app): "true", HIDDEN_LABEL: "true"},
        compute_pool_id=target.compute_pool_id,
        principal_id=target.principal_id,
    )
    pause = Pause(run)
    try:
        helper = run.api.create(draft)
        while helper.phase not in ("COMPLETED", "RUNNING", "FAILED"):
            pause(f"Flink explains {desired.name}")
            found = run.api.get(name)
            if found is None or found.phase == "DELETING":
                raise _HelperVanished
            helper = found
        if helper.phase == "FAILED":
            raise StatementFailed(helper.detail or "EXPLAIN failed without a detail", statement=desired.name)
        return "\n".join(cell for row in run.api.results(name) for cell in row if cell is not None)
    finally:
        run.api.delete(name)
