"""carry_over: the new version begins where the old one stops. No row is lost, none is written twice.

The new statement is submitted first and stays PENDING until the old one stops; so Flink has accepted it before
anything is touched. For stateless statements only: state cannot be carried over.
"""

from flink_deployer.group import WORKING, Group
from flink_deployer.history import History
from flink_deployer.statement import Statement
from flink_deployer.steps import Create, Delete, Step, Stop
from flink_deployer.strategies.base import settle


class CarryOver:
    """Submit, stop the old one, wait."""

    def start(self, group: Group, history: History) -> Step:
        """Submits with the position of what ran last."""
        unsettled = settle(group, history)
        if unsettled is not None and group.working is None:
            return unsettled
        position = _position(group)
        return Create(None if position is None else position.name)

    def pending(self, group: Group) -> Step | None:
        """Stops the statement that the new one waits for, again if somebody resumed it."""
        current = group.current
        if current is None or not group.awaits_a_running_one(current):
            return None
        source = group.find(current.source)
        if source is None:
            return None
        is_ours = source in group.others or source == group.taken_over
        return Stop(source.name) if is_ours else Delete(current.name)


def _position(group: Group) -> Statement | None:
    """The application's own statement first: what was to be taken over has been since it has one."""
    own = group.working or group.stopped
    if own is not None:
        return own
    other = group.taken_over
    return other if other is not None and other.phase in WORKING | {"STOPPED", "STOPPING"} else None
