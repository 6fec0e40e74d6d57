"""carry_over: the new version begins where the old one stops. No row is lost, none is written twice.

The new statement is submitted first and stays PENDING until the old one stops; so Flink has accepted it before
anything is touched. For stateless statements only: state cannot be carried over.
"""

from flink_deployer.errors import ConflictError
from flink_deployer.group import WORKING, Group
from flink_deployer.history import History
from flink_deployer.statement import Statement
from flink_deployer.steps import Create, Delete, Fail, Step, Stop
from flink_deployer.strategies.base import settle


class CarryOver:
    """Submit, stop the old one, wait."""

    def start(self, group: Group, history: History) -> Step:
        """Submits with the position of what ran last."""
        unsettled = settle(group, history)
        if unsettled is not None and group.working is None:
            return unsettled
        position = _position(group)
        if position is not None:
            return Create(position.name)
        return _without_position(group) or Create(None)

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


def _without_position(group: Group) -> Step | None:
    """Refuses to begin anywhere where somebody expects a certain place: rows would be written again, or left out."""
    desired = group.desired
    failed = [one.name for one in group.others if one.phase in ("FAILED", "FAILING")]
    if failed:
        return Fail(
            ConflictError(
                f"{failed[-1]}, which ran before, has failed and hands no offsets over",
                statement=desired.name,
                hint="choose where to begin: the strategy replace and a start, for this one deployment",
            )
        )
    if desired.take_over is not None and group.taken_over is None:
        return Fail(
            ConflictError(
                f"{desired.take_over} does not exist, so there is nothing to take over",
                statement=desired.name,
                hint="correct the name, or leave take_over out where the application starts from nothing",
            )
        )
    return None


def _position(group: Group) -> Statement | None:
    """The application's own statement first: what was to be taken over has been since it has one."""
    own = group.working or group.stopped
    if own is not None:
        return own
    other = group.taken_over
    return other if other is not None and other.phase in WORKING | {"STOPPED", "STOPPING"} else None
