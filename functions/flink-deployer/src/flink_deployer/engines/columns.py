"""Whether what a transform makes fits the sink. Flink would not notice: it maps by position and looks at types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flink_deployer.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flink_deployer.engines._java import JavaObject, Table
    from flink_deployer.pipelines import Sink


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or of a result.

    Attributes:
        name: its name, exactly.
        type: as SQL writes it.
        nullable: whether it may be null.
        stored: whether a statement can write it; `$rowtime` and the like are only read.
        java_type: Flink's own description, for its own comparisons.
    """

    name: str
    type: str
    nullable: bool
    stored: bool
    java_type: JavaObject


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a PyFlink table."""
    return tuple(_column(column) for column in table._j_table.getResolvedSchema().getColumns())


def check_result(sink: Sink, result: Sequence[Column]) -> None:
    """Compares a result with the manifest: same names, same order.

    Raises:
        ValidationError: they differ.
    """
    names = tuple(column.name for column in result)
    if names != sink.columns:
        raise ValidationError(
            f"the result for {sink.table} has the columns {', '.join(names)}; "
            f"{sink.table} is written as {', '.join(sink.columns)}",
            statement=sink.logical,
            hint="end the transform with a select of the manifest's columns in their order",
        )


def check_table(sink: Sink, result: Sequence[Column], table: Sequence[Column], casts: JavaObject) -> None:
    """Compares a result with the table as it is.

    Args:
        sink: what the manifest says about it.
        result: what the transform makes; it has passed `check_result`.
        table: what the catalog says about it.
        casts: Flink's `LogicalTypeCasts`.

    Raises:
        ValidationError: a column is missing, needs a value that the pipeline does not give, or is of another type.
    """
    stored = {column.name: column for column in table if column.stored}
    for name in sink.columns:
        if name not in stored:
            raise _misfit(
                sink, f"the table has no column {name}; it has {', '.join(stored)}", "change schema or manifest"
            )
    for column in stored.values():
        if column.name not in sink.columns and not column.nullable:
            raise _misfit(sink, f"column {column.name} must not be null and is not written", "add it to the manifest")
    for made in result:
        wanted = stored[made.name]
        # Whether a nullable column ever is null only its rows tell, and Flink checks them.
        if not casts.supportsImplicitCast(made.java_type.copy(True), wanted.java_type.copy(True)):
            raise _misfit(
                sink,
                f"column {made.name} is made as {made.type} and stored as {wanted.type}",
                "cast it in the transform",
            )


def _misfit(sink: Sink, problem: str, remedy: str) -> ValidationError:
    return ValidationError(f"{sink.table}: {problem}", statement=sink.logical, hint=remedy)


def _column(column: JavaObject) -> Column:
    java_type = column.getDataType().getLogicalType()
    return Column(
        name=str(column.getName()),
        type=str(java_type.asSummaryString()),
        nullable=bool(java_type.isNullable()),
        stored=bool(column.isPersisted()),
        java_type=java_type,
    )
