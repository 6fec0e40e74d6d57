"""The single actions that a change is made of. Each is decided from what is observed, so any of them can be repeated."""

from dataclasses import dataclass

from flink_deployer.errors import DeployerError


@dataclass(frozen=True, slots=True)
class Create:
    """Submit the wanted statement, which continues where `source` stops, or starts at its own `start`."""

    source: str | None


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop a statement, which keeps its offsets and state."""

    name: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Let a stopped statement run in the target's pool, as the target's principal."""

    name: str


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete a statement."""

    name: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Look again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The wanted statement runs."""


@dataclass(frozen=True, slots=True)
class Fail:
    """The change cannot be made; what it replaced must run again."""

    error: DeployerError


Step = Create | Stop | Resume | Delete | Wait | Done | Fail
