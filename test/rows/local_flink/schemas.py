"""The columns that Confluent Cloud infers for a table from its Avro schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SIMPLE = {
    "boolean": "BOOLEAN",
    "bytes": "BYTES",
    "double": "DOUBLE",
    "float": "FLOAT",
    "int": "INT",
    "long": "BIGINT",
    "string": "STRING",
}

_LOGICAL = {
    "date": "DATE",
    "local-timestamp-millis": "TIMESTAMP(3)",
    "time-millis": "TIME(3)",
    "timestamp-micros": "TIMESTAMP_LTZ(6)",
    "timestamp-millis": "TIMESTAMP_LTZ(3)",
}


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: as in the schema.
        data_type: as in a CREATE TABLE, without its constraint: `DECIMAL(10, 2)`.
        nullable: whether its value may be missing.
    """

    name: str
    data_type: str
    nullable: bool = False

    def __str__(self) -> str:
        """Give the column as in a CREATE TABLE."""
        return f"`{self.name}` {self.data_type}" + ("" if self.nullable else " NOT NULL")


def columns_of(schema: Path) -> tuple[Column, ...]:
    """Give a column for each field of a record's schema, in the schema's order.

    Raises:
        ValueError: for a type that no schema of this project has needed so far.
    """
    return tuple(_column(field, schema) for field in json.loads(schema.read_text())["fields"])


def _column(field: Mapping[str, Any], schema: Path) -> Column:
    avro = field["type"]
    nullable = isinstance(avro, list) and "null" in avro
    if nullable and len(avro) == 2:
        (avro,) = (branch for branch in avro if branch != "null")
    data_type = _data_type(avro)
    if data_type is None:
        raise ValueError(f"{schema}: field {field['name']}: no column type is known for {json.dumps(avro)}; add it")
    return Column(field["name"], data_type, nullable)


def _data_type(avro: Any) -> str | None:
    if isinstance(avro, str):
        return _SIMPLE.get(avro)
    if not isinstance(avro, dict):
        return None
    logical = avro.get("logicalType")
    if logical == "decimal":
        return f"DECIMAL({avro['precision']}, {avro.get('scale', 0)})"
    return _data_type(avro["type"]) if logical is None else _LOGICAL.get(logical)
