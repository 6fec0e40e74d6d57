"""Deploys: the same event gives the same set of running statements, however often and from whatever was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.bake import bake
from flink_deployer.converge import converge
from flink_deployer.errors import ConflictError, PoolExhausted, StatementFailed, ValidationError
from flink_deployer.explain import explain
from flink_deployer.next_step import next_step
from flink_deployer.result import Outcome, StatementResult, result
from flink_deployer.retire import kept_previous, retire
from flink_deployer.rollback import roll_back
from flink_deployer.steps import Done

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flink_deployer.event import Deployment, DesiredStatement
    from flink_deployer.group import Group
    from flink_deployer.run import Run
    from flink_deployer.statement import Statement
    from flink_deployer.texts import Texts

_HAS_TEXT = ("RUNNING", "COMPLETED", "DEGRADED", "PENDING", "STOPPING")


def deploy(run: Run, deployment: Deployment, texts: Texts) -> Mapping[str, object]:
    """Makes exactly the wanted statements run.

    Old versions and what is not wanted any more go last, after the new ones have proved themselves; so until then a
    failure can be undone.
    """
    run.inventory.refresh()
    run.inventory.require_labels()
    before = [run.inventory.group(desired) for desired in deployment.statements]
    # A look-up that stayed behind harms nobody, and to remove it is no reason to start anything.
    orphans = [orphan for orphan in run.inventory.orphans() if not orphan.is_look_up]
    if not orphans and all(_is_settled(run, group) for group in before):
        return _result(run, deployment, before, ())
    _explain_new(run, before, texts)
    touched: list[DesiredStatement] = []
    try:
        for group in before:
            _warn(run, group)
            touched.append(group.desired)
            converge(run, group.desired, texts)
        watched = [group.desired for group in before if _needs_bake(run, group)]
        if watched:
            bake(run, watched)
    except (StatementFailed, PoolExhausted, ValidationError, ConflictError) as error:
        roll_back(run, touched, error)
        raise
    gone = retire(run, deployment.statements)
    return _result(run, deployment, before, gone)


def validate(run: Run, deployment: Deployment, texts: Texts) -> Mapping[str, object]:
    """Lets Flink explain every statement and changes nothing."""
    statements = []
    for desired in deployment.statements:
        plan = explain(run, desired, texts.of(desired))
        run.log("plan", statement=desired.name, plan=plan)
        statements.append(StatementResult(desired.logical, desired.name, phase="", outcome="valid"))
    return result(statements, deploy_id=deployment.deploy_id, engine=deployment.engine)


def _is_settled(run: Run, group: Group) -> bool:
    step = next_step(group, run.event.target, run.history)
    kept = kept_previous(run, group)
    return isinstance(step, Done) and all(other is kept for other in group.others)


def _explain_new(run: Run, groups: Sequence[Group], texts: Texts) -> None:
    """Before anything is changed, so that what Flink refuses leaves everything as it was."""
    for group in groups:
        current = group.current
        exists = current is not None and (
            current.phase in _HAS_TEXT or (current.phase == "STOPPED" and not group.others)
        )
        if not exists:
            explain(run, group.desired, texts.of(group.desired))


def _needs_bake(run: Run, before: Group) -> bool:
    """Also when an earlier invocation started the new version and ended before it was watched."""
    current = before.current
    if current is None or current.phase != "RUNNING":
        return True
    return bool(before.others) or current.name in run.history.resumed


def _warn(run: Run, group: Group) -> None:
    desired, current = group.desired, group.current
    if current is not None and current.phase not in ("FAILED", "FAILING"):
        return
    own = group.working or group.stopped or group.starting
    dead = [other.name for other in group.others if other.phase in ("FAILED", "FAILING")]
    if desired.strategy != "carry_over":
        return
    if own is not None and own.phase == "STOPPED" and dead:
        run.warnings.append(f"{dead[-1]} has failed: goes on where {own.name} stopped, and what it wrote comes twice")
    if own is None and group.taken_over is None and current is not None:
        run.warnings.append(f"{current.name} has failed and hands no offsets over: starts at {desired.start} again")


def _result(
    run: Run, deployment: Deployment, before: Sequence[Group], gone: Sequence[Statement]
) -> Mapping[str, object]:
    replaced = {other.name for group in before for other in group.others}
    orphans = [statement.name for statement in gone if statement.name not in replaced and not statement.is_hidden]
    unlabelled = [f"{name} looks like one of ours, without our label" for name in run.inventory.unlabelled]
    return result(
        [_statement_result(run, group) for group in before],
        deploy_id=deployment.deploy_id,
        orphans_deleted=[name for name in orphans if name not in run.history.created],
        warnings=[*run.warnings, *unlabelled],
        engine=deployment.engine,
    )


def _statement_result(run: Run, before: Group) -> StatementResult:
    found = before.current
    unchanged = found is not None and not run.history.started(found)
    has_settled = found is not None and found.phase in ("RUNNING", "COMPLETED")
    current = found if unchanged and has_settled else run.inventory.group(before.desired).current
    if current is None:
        raise StatementFailed(
            "somebody deleted it at the end", statement=before.desired.name, hint="find out who, and apply again"
        )
    previous = before.working or before.stopped or before.taken_over
    return StatementResult(
        logical=before.desired.logical,
        name=current.name,
        phase=current.phase,
        outcome=_outcome(run, current, previous),
        uid=current.uid,
        previous=None if unchanged or previous is None else previous.name,
        warnings=current.warnings,
    )


def _outcome(run: Run, current: Statement, previous: Statement | None) -> Outcome:
    if current.name in run.history.created:
        return "created" if previous is None else "replaced"
    return "resumed" if current.name in run.history.resumed else "reused"
