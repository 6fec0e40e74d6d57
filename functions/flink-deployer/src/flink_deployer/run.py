"""What all parts of one invocation share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flink_deployer.clock import Deadline
    from flink_deployer.event import Event
    from flink_deployer.history import History
    from flink_deployer.inventory import Inventory
    from flink_deployer.logs import JsonLines
    from flink_deployer.ports import Clock, StatementsApi
    from flink_deployer.statement import Statement

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 5.0


@dataclass(frozen=True, slots=True)
class Run:
    """One invocation."""

    event: Event
    api: StatementsApi
    clock: Clock
    deadline: Deadline
    log: JsonLines
    history: History
    inventory: Inventory
    warnings: list[str] = field(default_factory=list)

    def wait_until_gone(self, names: set[str]) -> None:
        """Waits until none of the statements exists.

        Raises:
            DeployTimeout: some still do.
        """
        pause = Pause(self)
        left = names
        while left:
            left = {name for name in left if self.api.get(name) is not None}
            if left:
                pause(f"{', '.join(sorted(left))} is being deleted")

    def delete(self, statements: list[Statement]) -> None:
        """Deletes statements and waits until they are gone; what waits for another one goes before that one."""
        for statement in sorted(statements, key=lambda one: one.phase != "PENDING"):
            self.log("delete", statement=statement.name, phase=statement.phase)
            self.api.delete(statement.name)
        self.wait_until_gone({statement.name for statement in statements})


class Pause:
    """Waits between two looks at the same thing, longer each time."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._seconds = _FIRST_PAUSE_S

    def __call__(self, reason: str) -> None:
        """Waits once more; `reason` is for the error when no time is left."""
        self._run.deadline.pause(self._seconds, reason)
        self._seconds = min(self._seconds * 1.5, _LONGEST_PAUSE_S)

    def reset(self) -> None:
        """Begins with short pauses again, because something was done."""
        self._seconds = _FIRST_PAUSE_S
