"""What strategies have in common."""

from typing import Protocol

from flink_deployer.group import Group
from flink_deployer.history import History
from flink_deployer.steps import Create, Delete, Step, Stop, Wait

START_PATIENCE_S = 60.0
"""How long an unfinished earlier change may take to show whether it runs."""


class StrategyRules(Protocol):
    """Decides the two moments in which strategies differ."""

    def start(self, group: Group, history: History, /) -> Step:
        """What comes next while the wanted statement does not exist."""
        ...

    def pending(self, group: Group, /) -> Step | None:
        """What the wanted statement needs to leave PENDING; None if only time."""
        ...


def settle(group: Group, history: History) -> Step | None:
    """Waits until it is known where an unfinished earlier change has stopped; one that does not start is deleted."""
    starting = group.starting
    if starting is None or (starting.phase == "FAILING" and history.age(starting) >= START_PATIENCE_S):
        return None
    if starting.phase == "STOPPING" or history.age(starting) < START_PATIENCE_S:
        return Wait(f"{starting.name}, an earlier version, is {starting.phase}")
    return Delete(starting.name)


def stop_all(group: Group) -> Step | None:
    """Stops whatever else runs or is about to, and waits for it."""
    for other in group.others:
        if other.phase in ("RUNNING", "DEGRADED", "PENDING"):
            return Stop(other.name)
    stopping = next((other for other in group.others if other.phase == "STOPPING"), None)
    return None if stopping is None else Wait(f"{stopping.name} is stopping")


AT_START = Create(source=None)
