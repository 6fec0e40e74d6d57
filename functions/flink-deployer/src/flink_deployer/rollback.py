"""Puts back what a failed change replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.errors import DeployerError, UpstreamUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flink_deployer.event import DesiredStatement
    from flink_deployer.group import Group
    from flink_deployer.run import Run
    from flink_deployer.statement import Statement

_DEAD = frozenset({"FAILED", "DELETING"})
_GONE_PATIENCE_S = 25.0


def roll_back(run: Run, changed: Sequence[DesiredStatement], cause: DeployerError) -> None:
    """Lets the old versions run again, last change first, and says so in the hint of `cause`.

    What stays undone because Confluent does not answer is said as well; the next deploy finds it.
    """
    notes = []
    for desired in reversed(changed):
        try:
            notes.append(_roll_back_one(run, run.inventory.group(desired, with_taken_over=True), cause))
        except DeployerError as error:
            run.log("rollback_failed", **error.document())
            notes.append(f"{desired.logical} could not be put back: {error.message}")
    cause.hint = "; ".join([cause.hint, *(note for note in notes if note)])


def _roll_back_one(run: Run, group: Group, cause: DeployerError) -> str:
    current, fallback = group.current, _fallback(group)
    if current is not None:
        is_cause = cause.statement == current.name
        replaces = fallback is not None or group.working is not None
        if not (is_cause or (replaces and run.history.started(current))):
            return ""
        if not replaces and current.name not in run.history.created:
            return f"{current.name} stays as it is"
        _remove(run, current)
    if fallback is None:
        return "" if group.working is None else f"{group.working.name} runs on"
    run.log("rollback", statement=fallback.name)
    run.api.resume(fallback.name, compute_pool_id=fallback.compute_pool_id, principal_id=fallback.principal_id)
    ran = current is not None and current.phase in ("RUNNING", "DEGRADED")
    twice = f", and writes rows again that {current.name} wrote" if current is not None and ran else ""
    return f"{fallback.name} runs again where it stopped{twice}"


def _fallback(group: Group) -> Statement | None:
    """What ran before and does not now: a version of the statement, or what the current one continues from."""
    if group.working is not None:
        return None
    if group.stopped is not None:
        return group.stopped
    current, taken = group.current, group.taken_over
    is_its_source = current is not None and taken is not None and current.source == taken.name
    return taken if is_its_source and taken is not None and taken.phase == "STOPPED" else None


def _remove(run: Run, statement: Statement) -> None:
    """One that still runs must be gone before the old one runs again, or both write; a dead one may take its time."""
    run.api.delete(statement.name)
    if statement.phase in _DEAD:
        return
    until = run.clock.now() + _GONE_PATIENCE_S
    while run.api.get(statement.name) is not None:
        if run.clock.now() > until:
            raise UpstreamUnavailable(
                f"{statement.name} is not gone {_GONE_PATIENCE_S:.0f} s after its deletion", statement=statement.name
            )
        run.clock.sleep(0.5)
