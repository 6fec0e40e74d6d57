"""Deletes every statement of an application. Tables and topics are Terraform's and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.errors import AuthError
from flink_deployer.result import deleted, result
from flink_deployer.run import Pause, Run
from flink_deployer.statement import Statement, app_label

if TYPE_CHECKING:
    from collections.abc import Mapping

_STALE_LIST_S = 30.0


def delete(run: Run) -> Mapping[str, object]:
    """Deletes until a fresh list shows nothing that is still there.

    Raises:
        AuthError: statements stay listed as running, so the key may not delete them.
        DeployTimeout: they are not gone yet.
    """
    gone: dict[str, Statement] = {}
    while True:
        run.inventory.refresh()
        left = [one for one in run.inventory.all() if one.phase != "DELETING" or one.name not in gone]
        if not left:
            break
        run.delete(left)
        gone |= {statement.name: statement for statement in left}
    _require_absence(run)
    return result(
        [deleted(statement) for statement in gone.values() if not statement.is_hidden],
        warnings=[f"{name} looks like one of ours, without our label" for name in run.inventory.unlabelled],
    )


def preflight(run: Run) -> Mapping[str, object]:
    """Shows that the key is known and may list statements in the pool; nothing is changed.

    Raises:
        AuthError: it is not, or may not.
    """
    run.api.list(run.event.app)
    return result([])


def _require_absence(run: Run) -> None:
    """What may be deleted is listed for a few seconds more; what may not be looks just as absent (403) when read."""
    pause = Pause(run)
    until = run.clock.now() + _STALE_LIST_S
    while True:
        label = app_label(run.event.app)
        alive = [one.name for one in run.api.list(run.event.app) if label in one.labels and one.phase != "DELETING"]
        if not alive:
            return
        if run.clock.now() > until:
            raise AuthError(
                f"still listed after their deletion: {', '.join(alive)}",
                statement=alive[0],
                hint="let the key's owner delete statements of this pool and principal",
            )
        pause(f"{', '.join(alive)} are still listed")
