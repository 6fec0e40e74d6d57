"""The engines by the name that an event gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from flink_deployer.ports import Engine

EngineName = Literal["compiled", "table-api"]


def load_engine(name: EngineName) -> Engine:
    """Imports one engine only: the Table API brings a plugin that the other's function does not even have."""
    if name == "compiled":
        from flink_deployer.engines.compiled import CompiledEngine

        return CompiledEngine()
    from flink_deployer.engines.table_api import TableApiEngine

    return TableApiEngine()
