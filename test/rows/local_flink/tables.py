"""Tables of the streaming platform as files of this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pyflink.table import TableEnvironment

from local_flink.schemas import Column, columns_of

Row = Mapping[str, Any]
"""A record's fields by name, as JSON has them."""

ROWTIME = "$rowtime"
"""The system column of each table: the time of the record, which is its event time."""

START = datetime(2026, 1, 1, tzinfo=UTC)
"""The `$rowtime` of a row that says nothing else; the following rows are a second apart."""

_SCHEMAS = Path(__file__).parents[3] / "pipelines" / "schemas"

_VALUES = {
    "skyone_avro": "airline",
    "sunset_avro": "airline",
    "flight_avro": "flight",
    "flyer_stats_avro": "flyer_stats",
    "stock_trades": "stock_trade",
    "stock_trades_with_totals": "stock_trade_with_total",
}

_KEYS = {"flight_avro": "flight_key"}

_RAW_KEY = Column("key", "BYTES", nullable=True)


def value_columns(table: str) -> tuple[Column, ...]:
    """Give the columns of a table's values, in the order of their schema."""
    return columns_of(_SCHEMAS / f"{_VALUES[table]}.avsc")


def columns_of_table(table: str) -> tuple[Column, ...]:
    """Give the columns of a table in Confluent Cloud's order: those of the key come first.

    A table without a schema for its keys has a column with their bytes.
    """
    key = columns_of(_SCHEMAS / f"{_KEYS[table]}.avsc") if table in _KEYS else (_RAW_KEY,)
    names = {column.name for column in key}
    return (*key, *(column for column in value_columns(table) if column.name not in names))


@dataclass(frozen=True)
class LocalTables:
    """Makes tables in one environment; their rows lie in files below a directory of their own.

    Attributes:
        out_of_order: by how much a row's `$rowtime` may be behind the largest so far without the row being late; whole
            seconds, less than a hundred.
    """

    environment: TableEnvironment
    directory: Path
    out_of_order: timedelta = timedelta(0)

    def source(self, table: str, rows: Sequence[Row], *, nullable: bool = False) -> None:
        """Make a table that has these rows, in this order.

        Args:
            table: its name.
            rows: their values; their keys are null.
            nullable: whether every column may be null, as when producers had another schema.

        Raises:
            ValueError: when a row has not exactly the fields of the schema, `$rowtime` aside.
        """
        names = {column.name for column in value_columns(table)}
        lines = [_line(table, index, row, names) for index, row in enumerate(rows)]
        file = self._directory_of(table) / "rows.json"
        file.parent.mkdir(parents=True)
        file.write_text("".join(f"{line}\n" for line in lines))
        columns = (replace(column, nullable=nullable or column.nullable) for column in columns_of_table(table))
        delay = self.out_of_order // timedelta(seconds=1)
        self._create(
            table,
            [
                *map(str, columns),
                f"`{ROWTIME}` TIMESTAMP_LTZ(3) NOT NULL",
                f"WATERMARK FOR `{ROWTIME}` AS `{ROWTIME}` - INTERVAL '{delay}' SECOND",
            ],
        )

    def sink(self, table: str, columns: Iterable[Column] | None = None) -> None:
        """Make an empty table, with other columns than those of its schemas if there are any given."""
        self._create(table, map(str, columns_of_table(table) if columns is None else columns))

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Read the values that jobs have written into a sink, in the order in which a job of parallelism 1 wrote them."""
        files = sorted(file for file in self._directory_of(table).rglob("part-*") if file.is_file())
        rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
        return [{name: value for name, value in row.items() if name != _RAW_KEY.name} for row in rows]

    def _directory_of(self, table: str) -> Path:
        database: str = self.environment.get_current_database()
        return self.directory / database / table

    def _create(self, table: str, lines: Iterable[str]) -> None:
        options = {
            "connector": "filesystem",
            "path": self._directory_of(table).as_uri(),
            "format": "json",
            "json.timestamp-format.standard": "SQL",
        }
        listed = ", ".join(f"'{name}' = '{value}'" for name, value in options.items())
        self.environment.execute_sql(f"CREATE TABLE `{table}` ({', '.join(lines)}) WITH ({listed})")


Tables = Callable[..., LocalTables]
"""Makes tables in a new environment; takes `out_of_order` where rows come one after the other."""


def at(seconds: float) -> datetime:
    """Give the time that is so many seconds after :data:`START`."""
    return START + timedelta(seconds=seconds)


def _line(table: str, index: int, row: Row, names: set[str]) -> str:
    if row.keys() - {ROWTIME} != names:
        raise ValueError(f"row {index} of {table} has the fields {sorted(row)}; the schema has {sorted(names)}")
    time: datetime = row.get(ROWTIME, at(index))
    text = time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    return json.dumps({**row, ROWTIME: f"{text}Z"})
