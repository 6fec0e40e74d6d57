"""Forms of earlier systems that run without an error and give wrong rows. They are kept to show that tests notice."""

from __future__ import annotations

from functools import reduce

from pyflink.table import TableEnvironment, TableResult
from pyflink.table.expressions import col, lit

_NOT_TAKEN = ("key", "flight_duration", "ticket_price", "aircraft", "booking_agency_email", "$rowtime")


def consolidate_as_in_the_starter_kit(environment: TableEnvironment, sink: str) -> TableResult:
    """H-01: one source under two names. H-02: columns in the source's order, into a sink that has another."""
    airline = environment.from_path("skyone_avro")
    names = [name for name in airline.get_schema().get_field_names() if name not in _NOT_TAKEN]
    skyone, sunset = (airline.select(*map(col, names), lit(label)) for label in ("SkyOne", "Sunset"))
    complete = reduce(lambda condition, name: condition & col(name).is_not_null, names[1:], col(names[0]).is_not_null)
    return skyone.union_all(sunset).alias(*names, "airline").filter(complete).execute_insert(sink)


TOTALS_AS_IN_THE_STARTER_KIT = """
INSERT INTO stock_trades_with_totals (trade_timestamp, userid, side, symbol, quantity, price, total_price)
SELECT `$rowtime` AS trade_timestamp, userid, side, symbol, quantity, price, (quantity * price) AS total_price
FROM stock_trades
"""
"""The product of two INTs is an INT: beyond 2,147,483,647 it starts again from below."""
