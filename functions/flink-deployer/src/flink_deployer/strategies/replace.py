"""replace: the new version starts at its `start`, and the old one goes once the new one runs.

For a while both write. With `earliest` all rows are written again; with `latest` those of that while are written
twice, and state begins empty: right for tables with a key, whose readers take a key's last row.
"""

from flink_deployer.group import Group
from flink_deployer.history import History
from flink_deployer.steps import Step
from flink_deployer.strategies.base import AT_START


class Replace:
    """Submit and wait; the old one is deleted at the end."""

    def start(self, _group: Group, _history: History, /) -> Step:
        """Submits beside whatever runs."""
        return AT_START

    def pending(self, _group: Group, /) -> Step | None:
        """Nothing but time."""
        return None
