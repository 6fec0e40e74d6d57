"""Decides, from what is there, the one thing to do next for one statement.

A decision looks only at what is observed, so it is the same after a crash and for two invocations at once. What
this invocation remembers makes it patient, or makes a failure its own; it never decides what runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.errors import PoolExhausted, StatementFailed
from flink_deployer.group import Group, succeeds
from flink_deployer.steps import Delete, Done, Fail, Resume, Step, Stop, Wait
from flink_deployer.strategies import STRATEGIES
from flink_deployer.strategies.base import START_PATIENCE_S, settle

if TYPE_CHECKING:
    from flink_deployer.history import History
    from flink_deployer.statement import Statement
    from flink_deployer.target import Target

UNHEALTHY_PATIENCE_S = 20.0
"""How long a statement may be DEGRADED or FAILING, from which it can recover."""

POOL_PATIENCE_S = 60.0
"""How long a pool may be full: what was just stopped takes a moment to leave it."""


def next_step(group: Group, target: Target, history: History) -> Step:
    """The next thing to do."""
    early = _superseded(group) or _leftover(group, history)
    if early is not None:
        return early
    rules = STRATEGIES[group.desired.strategy]
    current = group.current
    if current is None:
        return rules.start(group, history)
    match current.phase:
        case "DELETING" | "STOPPING":
            return Wait(f"{current.name} is {current.phase}")
        case "STOPPED":
            return _from_stopped(group, current, history)
        case "PENDING":
            return (
                _misplaced(current, target)
                or _forsaken(group, current, history)
                or rules.pending(group)
                or _from_pending(current, history)
            )
        case "FAILED":
            return _from_failed(current, history)
        case "FAILING" | "DEGRADED":
            if history.age(current) < UNHEALTHY_PATIENCE_S:
                return Wait(f"{current.name} is {current.phase}")
            return _from_failed(current, history) if current.phase == "FAILING" else Fail(failed(current))
        case "RUNNING":
            return Done() if is_placed(current, target) else Stop(current.name)
        case "COMPLETED":
            return Done()


def is_placed(statement: Statement, target: Target) -> bool:
    """Whether it is in the target's pool and runs as the target's principal; it can be moved while it is stopped."""
    pool, principal = target.compute_pool_id, target.principal_id
    return statement.compute_pool_id == pool and statement.principal_id == principal


def failed(statement: Statement) -> StatementFailed:
    """The error for a statement that does not run."""
    return StatementFailed(
        f"{statement.phase}: {statement.detail or 'no detail'}",
        statement=statement.name,
        hint="correct the pipeline, its tables or the rows they hold, and apply again",
    )


def _superseded(group: Group) -> Step | None:
    """What waits for a running statement to stop would start when it does: it goes before anything is stopped."""
    waiting = next((other for other in group.others if group.awaits_a_running_one(other)), None)
    return None if waiting is None else Delete(waiting.name)


def _leftover(group: Group, history: History) -> Step | None:
    """Beside a running version, what has ended is left from an earlier change, also if it is the wanted one.

    A wanted one that is stopped has old offsets then: running it again would write rows a second time.
    """
    current = group.current
    if group.working is None or (current is not None and current.phase not in ("STOPPED", "FAILED")):
        return None
    if current is not None and not (current.phase == "FAILED" and history.started(current)):
        return Delete(current.name)
    if current is not None:
        return None
    ended = next((other for other in group.others if other.phase in ("STOPPED", "FAILED")), None)
    return None if ended is None else Delete(ended.name)


def _from_stopped(group: Group, current: Statement, history: History) -> Step:
    unsettled = settle(group, history)
    if unsettled is not None:
        return unsettled
    source = group.find(current.source)
    never_ran = not current.latest_offsets and source is not None and source.phase in ("RUNNING", "DEGRADED")
    overtaken = group.stopped is not None and succeeds(group.stopped, current)
    return Delete(current.name) if never_ran or overtaken else Resume(current.name)


def _misplaced(current: Statement, target: Target) -> Step | None:
    return None if is_placed(current, target) else Delete(current.name)


def _forsaken(group: Group, current: Statement, history: History) -> Step | None:
    """What waits for a statement that has ended by itself, or is gone, waits in vain."""
    if current.source is None:
        return None
    source = group.find(current.source)
    if source is None:
        # One look reads statement after statement: what is gone may have handed over in between.
        return Delete(current.name) if history.age(current) >= START_PATIENCE_S else None
    return Delete(current.name) if source.phase in ("FAILED", "COMPLETED") else None


def _from_pending(current: Statement, history: History) -> Step:
    if "EXHAUSTED" in current.scaling_status and history.age(current) > POOL_PATIENCE_S:
        return Fail(
            PoolExhausted(
                f"the compute pool has no room: {current.detail or current.scaling_status}",
                statement=current.name,
                hint="raise the pool's maximum, or stop something in it, and apply again",
            )
        )
    return Wait(f"{current.name} is PENDING: {current.detail or 'no detail'}")


def _from_failed(current: Statement, history: History) -> Step:
    """A failure from before is tried again once; one that this invocation caused ends it."""
    return Fail(failed(current)) if history.started(current) else Delete(current.name)
