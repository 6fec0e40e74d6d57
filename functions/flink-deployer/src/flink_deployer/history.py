"""What one invocation did and saw. Nothing of it is needed to carry on after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flink_deployer.ports import Clock
    from flink_deployer.statement import Statement


class History:
    """The memory of one invocation, which only tells how patient to be and what is its own."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: dict[str, tuple[str, float]] = {}
        self.created: set[str] = set()
        self.resumed: set[str] = set()

    def age(self, statement: Statement) -> float:
        """For how long a statement has been seen in its phase, in seconds."""
        now = self._clock.now()
        phase, since = self._since.get(statement.name, ("", now))
        if phase != statement.phase:
            since = now
            self._since[statement.name] = (statement.phase, now)
        return now - since

    def forget(self, name: str) -> None:
        """A new statement of the same name begins anew."""
        self._since.pop(name, None)

    def started(self, statement: Statement) -> bool:
        """Whether this invocation let the statement run."""
        return statement.name in self.created or statement.name in self.resumed
