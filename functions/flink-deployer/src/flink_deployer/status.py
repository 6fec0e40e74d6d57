"""Compares what runs with what is wanted, and publishes the difference as a metric. It changes nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flink_deployer.next_step import is_placed
from flink_deployer.result import StatementResult, result
from flink_deployer.retire import kept_previous

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flink_deployer.event import Deployment
    from flink_deployer.group import Group
    from flink_deployer.run import Run

METRIC = "Drift"


def status(run: Run, deployment: Deployment) -> Mapping[str, object]:
    """Says for each difference what it is; the metric counts them."""
    run.inventory.refresh()
    groups = [run.inventory.group(desired) for desired in deployment.statements]
    drift = [difference for group in groups for difference in _differences(run, group)]
    drift += [
        f"{orphan.name} is {orphan.phase} and nobody wants it"
        for orphan in run.inventory.orphans()
        if not orphan.is_look_up
    ]
    drift += [f"{name} looks like one of ours, without our label" for name in run.inventory.unlabelled]
    run.log.metric(METRIC, len(drift), function=_function_name(run), epoch_ms=run.clock.epoch_ms())
    return result(
        [_statement_result(group) for group in groups],
        deploy_id=deployment.deploy_id,
        in_sync=not drift,
        drift=sorted(drift),
    )


def _function_name(run: Run) -> str:
    """Unique in account and region, where two environments may have an application of one name."""
    return os.environ.get("AWS_LAMBDA_FUNCTION_NAME", run.event.app)


def _differences(run: Run, group: Group) -> list[str]:
    name, current = group.desired.name, group.current
    found = []
    if current is None:
        found.append(f"{name} does not exist")
    elif current.phase not in ("RUNNING", "COMPLETED"):
        found.append(f"{current.name} is {current.phase}: {current.detail or 'no detail'}")
    elif current.phase == "RUNNING" and not is_placed(current, run.event.target):
        found.append(f"{current.name} runs in {current.compute_pool_id} as {current.principal_id}")
    kept = kept_previous(run, group)
    return found + [f"{other.name} is {other.phase}, an old version" for other in group.others if other is not kept]


def _statement_result(group: Group) -> StatementResult:
    current = group.current
    return StatementResult(
        logical=group.desired.logical,
        name=group.desired.name if current is None else current.name,
        phase="" if current is None else current.phase,
        outcome="reused",
        uid="" if current is None else current.uid,
    )
