"""Tables that exist and that Flink does not show yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from flink_deployer.clock import Deadline
from flink_deployer.errors import DeployTimeout, MissingTable
from flink_deployer.late_table import LATE_TABLE_PATIENCE_S, when_seen
from tests.support.clock import VirtualClock

TEXTS = {"flight_avro": "INSERT"}


def seen_from(seconds: float, clock: VirtualClock) -> Callable[[], Mapping[str, str]]:
    begun = clock.now()

    def render() -> Mapping[str, str]:
        if clock.now() - begun < seconds:
            raise MissingTable("skyone_avro", statement="flight-avro")
        return TEXTS

    return render


def test_the_engine_is_asked_again_until_its_tables_are_seen() -> None:
    clock = VirtualClock()
    assert when_seen(seen_from(60, clock), clock, Deadline(clock, 300, 900)) == TEXTS


def test_a_table_that_does_not_come_is_missing() -> None:
    clock = VirtualClock()
    with pytest.raises(MissingTable, match="skyone_avro"):
        when_seen(seen_from(2 * LATE_TABLE_PATIENCE_S, clock), clock, Deadline(clock, 800, 900))


def test_it_is_told_like_any_other_error() -> None:
    missing = MissingTable("skyone_avro", statement="flight-avro")
    shown = missing.redacted(lambda text: text, request_id="r-1")
    assert shown.document() == {**missing.document(), "request_id": "r-1"}
    assert shown.code == "ValidationError"


def test_the_time_of_the_invocation_ends_the_wait() -> None:
    clock = VirtualClock()
    with pytest.raises(DeployTimeout, match="skyone_avro"):
        when_seen(seen_from(60, clock), clock, Deadline(clock, 30, 900))
