"""recreate: the old version stops before the new one is submitted, so that never two of them write.

Nothing is written from one to the other; with `latest` the rows of that time are missing. The old one is stopped, not
deleted, until the new one has run for the bake time: if that fails, the old one runs on with its offsets and state.
"""

from flink_deployer.group import Group
from flink_deployer.history import History
from flink_deployer.steps import Step
from flink_deployer.strategies.base import AT_START, stop_all


class Recreate:
    """Stop, submit, wait."""

    def start(self, group: Group, _history: History, /) -> Step:
        """Submits once everything else has stopped."""
        return stop_all(group) or AT_START

    def pending(self, group: Group) -> Step | None:
        """Stops what somebody resumed in between."""
        return stop_all(group)
