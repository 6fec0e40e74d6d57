"""The flights of all airlines as one stream."""

from collections.abc import Mapping
from functools import reduce

from pyflink.table import Table
from pyflink.table.expressions import col, lit

AIRLINES = {"skyone_avro": "SkyOne", "sunset_avro": "Sunset"}
"""The table of each airline, and what its flights are labelled with."""

FLIGHT_COLUMNS = (
    "email_address",
    "departure_time",
    "departure_airport_code",
    "arrival_time",
    "arrival_airport_code",
    "flight_number",
    "confirmation_code",
)
"""What is taken over from an airline's record. No field of it can be null, so no row has to be left out."""


def transform(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Label each airline's flights and put them together; duplicates stay."""
    flights = [
        tables[name].select(*map(col, FLIGHT_COLUMNS), lit(airline).alias("airline"))
        for name, airline in AIRLINES.items()
    ]
    combined = reduce(Table.union_all, flights)
    # A sink takes columns by position, not by name.
    return {"flight_avro": combined.select(*map(col, (*FLIGHT_COLUMNS, "airline")))}
