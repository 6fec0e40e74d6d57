"""What of a result fits its sink."""

from dataclasses import dataclass

import pytest
from flink_deployer.engines.columns import Column, check_result, check_table
from flink_deployer.errors import ValidationError
from flink_deployer.pipelines import Sink

SINK = Sink("flight_avro", ("email_address", "departure_time"), "stateless")


@dataclass(frozen=True)
class Type:
    """A Java type, as far as the checks use it."""

    name: str
    nullable: bool = False

    def copy(self, nullable: bool) -> "Type":
        return Type(self.name, nullable)


class Casts:
    """Flink's LogicalTypeCasts for types that fit only themselves."""

    def supportsImplicitCast(self, source: Type, target: Type) -> bool:  # noqa: N802 - as in Java
        return source == target


def column(name: str, kind: str = "STRING", *, nullable: bool = False, stored: bool = True) -> Column:
    return Column(name, kind, nullable, stored, Type(kind, nullable))


def problem_of(result: list[Column], table: list[Column]) -> str:
    with pytest.raises(ValidationError) as refused:
        check_table(SINK, result, table, Casts())
    assert refused.value.statement == "flight-avro"
    assert refused.value.hint
    return refused.value.message


def test_h02_a_column_in_another_place_is_refused() -> None:
    """H-02: all columns are strings, so Flink would accept them in the sources' order, shifted."""
    check_result(SINK, [column("email_address"), column("departure_time")])

    with pytest.raises(ValidationError) as refused:
        check_result(SINK, [column("departure_time"), column("email_address")])

    assert refused.value.message == (
        "the result for flight_avro has the columns departure_time, email_address; "
        "flight_avro is written as email_address, departure_time"
    )


def test_a_table_may_have_more_columns_that_can_be_null_or_are_only_read() -> None:
    result = [column("email_address", nullable=True), column("departure_time")]
    table = [
        column("key", "BYTES", nullable=True),
        column("departure_time"),
        column("email_address"),
        column("$rowtime", "TIMESTAMP_LTZ(3)", stored=False),
    ]

    check_table(SINK, result, table, Casts())


def test_a_column_that_the_table_does_not_have_is_refused() -> None:
    table = [column("email_address"), column("departure_time", stored=False)]

    assert problem_of([], table) == "flight_avro: the table has no column departure_time; it has email_address"


def test_a_column_that_must_be_written_is_missed() -> None:
    table = [column(name) for name in (*SINK.columns, "airline")]

    assert problem_of([], table) == "flight_avro: column airline must not be null and is not written"


def test_another_type_is_refused() -> None:
    result = [column("email_address", "INT"), column("departure_time")]
    table = [column(name) for name in SINK.columns]

    assert problem_of(result, table) == "flight_avro: column email_address is made as INT and stored as STRING"
