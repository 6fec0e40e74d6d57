"""A statement as Confluent shows it, and as the deployer wants it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Phase = Literal["PENDING", "RUNNING", "COMPLETED", "DELETING", "FAILING", "FAILED", "STOPPING", "STOPPED", "DEGRADED"]
PHASES: frozenset[str] = frozenset(get_args(Phase))

CARRY_OVER = "sql.tables.initial-offset-from"
"""Property that lets a statement begin where another one, which must be stopped, has stopped."""

LABEL_PREFIX = "user.confluent.io/"
HIDDEN_LABEL = f"{LABEL_PREFIX}hidden"


_PLUGIN_LOOK_UP = re.compile(r"table-api-[0-9-]+-[0-9a-f-]{36}-plugin")


def app_label(app: str) -> str:
    """The label of every statement of an application."""
    return f"{LABEL_PREFIX}{app}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement at the moment it was read."""

    name: str
    phase: Phase
    sql: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    compute_pool_id: str = ""
    principal_id: str = ""
    detail: str = ""
    uid: str = ""
    created_at: str = ""
    scaling_status: str = ""
    latest_offsets: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def source(self) -> str | None:
        """Name of the statement whose offsets this one continues from."""
        return self.properties.get(CARRY_OVER)

    @property
    def is_hidden(self) -> bool:
        """Whether it is a helper that the deployer made for itself."""
        return HIDDEN_LABEL in self.labels

    @property
    def is_look_up(self) -> bool:
        """Whether it is a look-up of the Table API plugin that has ended: the plugin leaves them behind."""
        return (
            self.is_hidden
            and self.phase in ("COMPLETED", "FAILED", "STOPPED")
            and bool(_PLUGIN_LOOK_UP.fullmatch(self.name))
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement to be created."""

    name: str
    sql: str
    properties: Mapping[str, str]
    labels: Mapping[str, str]
    compute_pool_id: str
    principal_id: str
