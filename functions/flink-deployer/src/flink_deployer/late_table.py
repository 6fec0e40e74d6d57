"""Tables that exist and that Flink does not see yet: for half a minute after they are made, sometimes for minutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flink_deployer.errors import MissingTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flink_deployer.clock import Deadline
    from flink_deployer.ports import Clock

LATE_TABLE_PATIENCE_S = 180.0
_PAUSE_S = 10.0

_LATE_TABLE = re.compile(
    r"cannot find table|table (?:\(or view\) )?'[^']*' (?:not found|does not exist)|object '[^']*' not found",
    re.IGNORECASE,
)


def is_late_table(detail: str) -> bool:
    """Whether a failure may be only a matter of time."""
    return _LATE_TABLE.search(detail) is not None


def when_seen(render: Callable[[], Mapping[str, str]], clock: Clock, deadline: Deadline) -> Mapping[str, str]:
    """Renders, and again while the catalog does not show a table that may be new.

    Raises:
        MissingTable: it still does not after three minutes.
        DeployTimeout: no time is left.
    """
    until = clock.now() + LATE_TABLE_PATIENCE_S
    while True:
        try:
            return render()
        except MissingTable as missing:
            if clock.now() >= until:
                raise
            deadline.pause(_PAUSE_S, missing.message)
