"""All versions of one statement, as they are at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flink_deployer import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flink_deployer.event import DesiredStatement
    from flink_deployer.statement import Statement

WORKING = frozenset({"RUNNING", "DEGRADED"})
"""Phases in which a statement moves its offsets."""

_NOT_STOPPING = WORKING | {"PENDING", "FAILING"}

_RANK = ("RUNNING", "COMPLETED", "DEGRADED", "PENDING", "STOPPING", "STOPPED", "FAILING", "FAILED", "DELETING")


@dataclass(frozen=True, slots=True)
class Group:
    """The wanted version, and the others.

    Attributes:
        desired: what is wanted.
        current: the statement of the wanted version; the most alive one, if it was tried more than once.
        others: other versions and other attempts that are not being deleted, oldest first.
        outside: statements that are not the application's and that one of its statements continues from.
    """

    desired: DesiredStatement
    current: Statement | None
    others: tuple[Statement, ...]
    outside: tuple[Statement, ...] = ()

    @staticmethod
    def of(desired: DesiredStatement, found: Iterable[Statement], outside: Iterable[Statement] = ()) -> Group:
        """Sorts what was found. A current one that is being deleted is kept, because it holds its name."""
        versions = sorted(found, key=lambda statement: (statement.created_at, statement.name))
        attempts = [one for one in versions if names.attempt_of(one.name, desired.name) is not None]
        current = min(attempts, key=lambda one: (_RANK.index(one.phase), one.name), default=None)
        others = [one for one in versions if one is not current and one.phase != "DELETING"]
        return Group(desired, current, _by_succession(others), tuple(outside))

    @property
    def working(self) -> Statement | None:
        """The newest other version that moves its offsets."""
        return self._newest(WORKING)

    @property
    def stopped(self) -> Statement | None:
        """The newest other version that has stopped and has a position.

        One that has no offsets and whose source is still there was stopped before it ever ran, so the source
        has the position.
        """
        stopped = [one for one in self.others if one.phase == "STOPPED" and not self._never_ran(one)]
        return stopped[-1] if stopped else None

    @property
    def starting(self) -> Statement | None:
        """Another version of which it is not known yet whether it will run."""
        return self._newest(frozenset({"PENDING", "STOPPING", "FAILING"}))

    @property
    def taken_over(self) -> Statement | None:
        """The statement to take over, while it is there."""
        return self.find(self.desired.take_over) if self.desired.take_over is not None else None

    def find(self, name: str | None) -> Statement | None:
        """A statement of the group, or outside of it."""
        known = (*self.others, *self.outside, *((self.current,) if self.current is not None else ()))
        return next((one for one in known if one.name == name), None)

    def awaits_a_running_one(self, statement: Statement) -> bool:
        """Whether it is pending until another statement stops, which nobody has asked it to: then it never ran."""
        source = self.find(statement.source)
        return statement.phase == "PENDING" and source is not None and source.phase in _NOT_STOPPING

    def _never_ran(self, statement: Statement) -> bool:
        return not statement.latest_offsets and self.find(statement.source) is not None

    def _newest(self, phases: frozenset[str]) -> Statement | None:
        found = [one for one in self.others if one.phase in phases]
        return found[-1] if found else None


def _by_succession(statements: list[Statement]) -> tuple[Statement, ...]:
    """By age; but one that continues from another comes after it, however their times were rounded."""
    ordered: list[Statement] = []
    for statement in statements:
        successors = [index for index, one in enumerate(ordered) if one.source == statement.name]
        ordered.insert(min(successors, default=len(ordered)), statement)
    return tuple(ordered)


def succeeds(later: Statement, earlier: Statement) -> bool:
    """Whether a statement was made after another one."""
    if later.source == earlier.name or earlier.source == later.name:
        return later.source == earlier.name
    return later.created_at > earlier.created_at
