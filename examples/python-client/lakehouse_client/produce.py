"""Writes sample flights of an airline: ``python -m lakehouse_client.produce --environment dev``."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from .avro_clients import AvroProducer
from .configuration import Deployment, arguments, load
from .refreshing import Refreshing

AIRPORTS = ("AMS", "BLR", "CPH", "DEN", "GRU", "NRT")


def flight(prefix: str, now: datetime, chance: random.Random) -> dict[str, Any]:
    """A made-up booking, as the airline's schema has it."""
    departure, arrival = chance.sample(AIRPORTS, 2)
    leaves = now + timedelta(hours=chance.randint(1, 500))
    minutes = chance.randint(45, 840)
    return {
        "email_address": f"passenger{chance.randint(1, 50)}@example.com",
        "departure_time": leaves.isoformat(timespec="seconds"),
        "departure_airport_code": departure,
        "arrival_time": (leaves + timedelta(minutes=minutes)).isoformat(timespec="seconds"),
        "arrival_airport_code": arrival,
        "flight_duration": minutes,
        "flight_number": f"{prefix}{chance.randint(1, 999)}",
        "confirmation_code": f"{prefix}{chance.randrange(16**6):06X}",
        "ticket_price": Decimal(chance.randint(5_000, 150_000)) / 100,
        "aircraft": chance.choice(("A320", "A350", "B737", "E195")),
        "booking_agency_email": f"agency{chance.randint(1, 9)}@example.com",
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Writes sample flights of an airline."""
    parser = arguments(main.__doc__ or "")
    parser.add_argument("--topic", default="skyone_avro", help="skyone_avro or sunset_avro")
    parser.add_argument("--count", type=int, default=10, help="how many records")
    options = parser.parse_args(argv)
    deployment = Deployment(options.system, options.environment)
    producer = Refreshing(
        lambda: load(deployment, "producer"),
        lambda configuration: AvroProducer(configuration, options.topic),
        AvroProducer.close,
    )
    chance = random.Random()  # noqa: S311 - sample data
    for _ in range(options.count):
        record = flight(options.topic[:2].upper(), datetime.now(UTC), chance)
        producer.use(lambda client, record=record: client.send(record))
        print(record["confirmation_code"])
    producer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
