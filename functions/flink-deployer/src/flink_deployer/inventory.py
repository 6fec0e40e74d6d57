"""The statements of an application. A list may be stale, so each of its names is read before it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer import names
from flink_deployer.errors import ConflictError
from flink_deployer.group import Group
from flink_deployer.statement import Statement, app_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flink_deployer.event import DesiredStatement
    from flink_deployer.ports import StatementsApi


class Inventory:
    """Which names there are, and what stands behind them right now."""

    def __init__(self, api: StatementsApi, app: str, desired: Sequence[DesiredStatement]) -> None:
        self._api = api
        self._app = app
        self._desired = desired
        self._names: set[str] = set()
        self._anonymous: set[str] = set()

    def refresh(self) -> None:
        """Lists. What was known stays known: a list can also lack what was made a moment ago."""
        for statement in self._api.list(self._app):
            is_ours = app_label(self._app) in statement.labels or statement.is_look_up
            (self._names if is_ours else self._anonymous).add(statement.name)

    def add(self, name: str) -> None:
        """Remembers a statement that this invocation made."""
        self._names.add(name)

    def require_labels(self) -> None:
        """Refuses to work beside statements that would not be found again.

        Raises:
            ConflictError: one is named like a version of a wanted statement and has lost its label.
        """
        for name in sorted(self._anonymous - self._names):
            if self._logical_of(name) is not None and self._api.get(name) is not None:
                raise ConflictError(
                    f"statement {name} is named like one of {self._app} and has no label {app_label(self._app)}",
                    statement=name,
                    hint="delete it, or give it the label",
                )

    @property
    def unlabelled(self) -> Sequence[str]:
        """Names that look like the application's, without its label: nobody's to delete."""
        return sorted(self._anonymous - self._names)

    def group(self, desired: DesiredStatement, *, with_taken_over: bool = False) -> Group:
        """Reads every version of a statement, and what they continue from.

        Args:
            desired: the wanted version.
            with_taken_over: read what it took over even when it runs, because it may have to run again.
        """
        versions = {name for name in self._names if names.is_version_of(name, self._app, desired.logical)}
        found = self._read(versions | {desired.name})
        group = Group.of(desired, found)
        current = group.current
        is_settled = current is not None and current.phase in ("RUNNING", "COMPLETED")
        outside = {one.source for one in found if one.phase == "PENDING" or not (is_settled or one.latest_offsets)}
        outside |= {desired.take_over} if with_taken_over or not is_settled else set()
        known = {one.name for one in found}
        return Group.of(desired, found, self._read({name for name in outside if name is not None} - known))

    def orphans(self) -> Sequence[Statement]:
        """Reads what belongs to the application and to no wanted statement: dropped ones, and forgotten helpers."""
        found = self._read({name for name in self._names if self._logical_of(name) is None})
        return [statement for statement in found if statement.phase != "DELETING"]

    def all(self) -> Sequence[Statement]:
        """Reads everything that is the application's."""
        return self._read(self._names)

    def _logical_of(self, name: str) -> str | None:
        versions = (one.logical for one in self._desired if names.is_version_of(name, self._app, one.logical))
        return next(versions, None)

    def _read(self, wanted: set[str]) -> list[Statement]:
        found = [self._api.get(name) for name in sorted(wanted)]
        return [statement for statement in found if statement is not None]
