"""Flights as the airlines write them, and as the consolidator should write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from local_flink.tables import Row

AIRLINE_OF = {"skyone_avro": "SkyOne", "sunset_avro": "Sunset"}

FLIGHT_COLUMNS = (
    "email_address",
    "departure_time",
    "departure_airport_code",
    "arrival_time",
    "arrival_airport_code",
    "flight_number",
    "confirmation_code",
)

DEPARTURE = datetime(2026, 1, 1, 8, 0, 0)


def airline_flight(number: int, prefix: str, *, minutes: int = 90, flyer: str | None = None) -> dict[str, Any]:
    """Make a record in which no two columns have the same value, so that a shifted column shows.

    Args:
        number: of the flight; of the flyer too, unless one is given.
        prefix: the airline's, of flight number and confirmation code.
        minutes: how long the flight takes.
        flyer: an e-mail address.
    """
    return {
        "email_address": flyer or f"flyer{number}@example.com",
        "departure_time": f"{DEPARTURE:%Y-%m-%d %H:%M:%S}",
        "departure_airport_code": f"D{number:02}",
        "arrival_time": f"{DEPARTURE + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}",
        "arrival_airport_code": f"A{number:02}",
        "flight_duration": minutes,
        "flight_number": f"{prefix}{number}",
        "confirmation_code": f"{prefix}-C{number}",
        "ticket_price": 99.5,
        "aircraft": "A320",
        "booking_agency_email": "agency@example.com",
    }


def consolidated(table: str, flight: Row) -> dict[str, Any]:
    """Give the row that the consolidator should write for an airline's record."""
    return {**{column: flight[column] for column in FLIGHT_COLUMNS}, "airline": AIRLINE_OF[table]}


def random_flights(prefix: str, count: int, random: Random) -> list[dict[str, Any]]:
    """Make records of some flyers, a few of them twice."""
    flights = [airline_flight(random.randrange(100), prefix, minutes=random.randrange(1, 1260)) for _ in range(count)]
    return [random.choice(flights) if random.random() < 0.05 else flight for flight in flights]


def multiset(rows: Iterable[Row]) -> Counter[frozenset[tuple[str, Any]]]:
    """Count rows: for where neither order nor loss nor duplication may go unnoticed, but order does not matter."""
    return Counter(frozenset(row.items()) for row in rows)
