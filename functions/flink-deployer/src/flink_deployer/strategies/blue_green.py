"""blue_green: a new version writes a table of its own, beside the old one, until it has proved itself.

Tables are Terraform's, so the new table is a new sink: `flyer_stats_avro_v2` beside `flyer_stats_avro`. That makes it
another logical statement, and the old one, which the event does not name any more, is deleted after the new one has
run for the bake time. Until then readers see the old table, complete; after that they read the new one.
"""

from flink_deployer.errors import ConflictError
from flink_deployer.group import Group
from flink_deployer.history import History
from flink_deployer.steps import Fail, Step
from flink_deployer.strategies.base import AT_START


class BlueGreen:
    """Submit and wait, in a table that no other version writes."""

    def start(self, group: Group, _history: History, /) -> Step:
        """Submits, unless an earlier version writes the same table, whose readers would see both."""
        writer = group.working or group.starting
        if writer is None:
            return AT_START
        return Fail(
            ConflictError(
                f"{writer.name} writes {group.desired.sink}, and blue_green needs a table of its own",
                statement=group.desired.name,
                hint=f"add a sink {group.desired.sink}_v2, or choose replace or recreate for this change",
            )
        )

    def pending(self, _group: Group, /) -> Step | None:
        """Nothing but time."""
        return None
