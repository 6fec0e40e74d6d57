"""Gives up what is not wanted any more, once what is wanted has proved itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.run import Pause, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flink_deployer.event import DesiredStatement
    from flink_deployer.group import Group
    from flink_deployer.statement import Statement


def retire(run: Run, wanted: Sequence[DesiredStatement]) -> Sequence[Statement]:
    """Deletes other versions and orphans, and gives what it deleted.

    It lists again first: another invocation may have made something meanwhile.
    """
    run.inventory.refresh()
    unwanted = list(run.inventory.orphans())
    for desired in wanted:
        group = run.inventory.group(desired)
        kept = kept_previous(run, group, keep_working=True)
        unwanted += [other for other in group.others if other is not kept]
        if kept is not None and kept.phase != "STOPPED":
            _stop(run, kept.name)
    run.delete(unwanted)
    return unwanted


def _stop(run: Run, name: str) -> None:
    run.api.stop(name)
    pause = Pause(run)
    while (found := run.api.get(name)) is not None and found.phase == "STOPPING":
        pause(f"{name}, which is kept, is stopping")


def kept_previous(run: Run, group: Group, *, keep_working: bool = False) -> Statement | None:
    """The version to leave behind stopped, if the event wants one left: the one that ran last."""
    if not run.event.options.keep_previous:
        return None
    return (group.working if keep_working else None) or group.stopped
