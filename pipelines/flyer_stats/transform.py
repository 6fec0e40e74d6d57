"""How much each flyer has flown: running totals, written once for every minute in which the flyer flew."""

from collections.abc import Mapping

from pyflink.table import DataTypes, Table
from pyflink.table.expression import TimePointUnit
from pyflink.table.expressions import UNBOUNDED_RANGE, col, lit, timestamp_diff, to_timestamp
from pyflink.table.window import Over, Tumble


def transform(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Add up each flyer's flights in the order of event time, and keep the last totals of each minute."""
    totals = _running_totals(_durations(tables["flight_avro"]))
    return {"flyer_stats_avro": _last_of_each_minute(totals)}


def _durations(flights: Table) -> Table:
    minutes = timestamp_diff(
        TimePointUnit.MINUTE,
        to_timestamp(col("departure_time")),
        to_timestamp(col("arrival_time")),
    )
    # A sum of INTs would be an INT, and overflow.
    durations = flights.select(col("email_address"), minutes.cast(DataTypes.BIGINT()).alias("minutes"), col("$rowtime"))
    # A time that cannot be read makes the duration null. The sink takes no null: one such flight would stop the job.
    return durations.filter(col("minutes").is_not_null)


def _running_totals(flights: Table) -> Table:
    # The window comes second: only `$rowtime` can order a stream, and a window's result no longer has it.
    so_far = (
        Over.partition_by(col("email_address")).order_by(col("$rowtime")).preceding(UNBOUNDED_RANGE).alias("so_far")
    )
    return flights.over_window(so_far).select(
        col("email_address"),
        col("minutes").sum.over(col("so_far")).alias("total_flight_duration"),
        col("minutes").count.over(col("so_far")).alias("number_of_flights"),
        col("$rowtime"),
    )


def _last_of_each_minute(totals: Table) -> Table:
    minute = Tumble.over(lit(1).minutes).on(col("$rowtime")).alias("minute")
    return (
        totals.window(minute)
        .group_by(col("email_address"), col("minute"))
        .select(
            col("email_address"),
            col("total_flight_duration").last_value.alias("total_flight_duration"),
            col("number_of_flights").last_value.alias("number_of_flights"),
        )
    )
