"""What a successful invocation answers. Terraform stores it, so it is small, sorted and the same for the same outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flink_deployer.statement import Statement

Outcome = Literal["created", "replaced", "reused", "resumed", "deleted", "valid"]

MAX_WARNINGS = 20
MAX_WARNING = 400


@dataclass(frozen=True, slots=True)
class StatementResult:
    """What became of one statement."""

    logical: str
    name: str
    phase: str
    outcome: Outcome
    uid: str = ""
    previous: str | None = None
    warnings: tuple[str, ...] = ()

    def document(self) -> dict[str, object]:
        """Its JSON form; `previous` only where something was replaced."""
        return {
            "logical": self.logical,
            "name": self.name,
            "uid": self.uid,
            "phase": self.phase,
            "outcome": self.outcome,
            **({"previous": self.previous} if self.previous is not None else {}),
            "warnings": bounded(self.warnings),
        }


def bounded(warnings: Sequence[str]) -> list[str]:
    """Few and short enough for Terraform's state."""
    return [warning[:MAX_WARNING] for warning in warnings[:MAX_WARNINGS]]


def result(
    statements: Sequence[StatementResult],
    *,
    deploy_id: str = "",
    orphans_deleted: Sequence[str] = (),
    warnings: Sequence[str] = (),
    **more: object,
) -> Mapping[str, object]:
    """The parts of a result that differ by action."""
    return {
        "deploy_id": deploy_id,
        "statements": [one.document() for one in sorted(statements, key=lambda one: one.name)],
        "orphans_deleted": sorted(orphans_deleted),
        "warnings": bounded(warnings),
        **more,
    }


def deleted(statement: Statement) -> StatementResult:
    """The result for a statement that is gone."""
    return StatementResult(logical="", name=statement.name, phase="", outcome="deleted", uid=statement.uid)
