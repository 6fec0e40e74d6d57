"""How much each flyer has flown, compared with a model of event time in Python."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from flights import airline_flight, consolidated
from hypothesis import given, settings
from hypothesis import strategies as st
from local_flink.pipelines import Pipeline, plan, run
from local_flink.tables import ROWTIME, START, LocalTables, Row, Tables, at

PIPELINE = Pipeline.load("flyer_stats")
SINK = "flyer_stats_avro"
MINUTE = timedelta(minutes=1)

FORMS = pytest.mark.parametrize("form", ["transform", "compiled"])


def flight(flyer: str, second: float, minutes: int) -> dict[str, Any]:
    """Make a row of `flight_avro`.

    Args:
        flyer: an e-mail address.
        second: of its `$rowtime`, after the start.
        minutes: how long the flight takes.
    """
    return {**consolidated("skyone_avro", airline_flight(1, "SKY", minutes=minutes, flyer=flyer)), ROWTIME: at(second)}


def stats(flyer: str, minutes: int, flights: int) -> dict[str, Any]:
    """Make a row of the sink."""
    return {"email_address": flyer, "total_flight_duration": minutes, "number_of_flights": flights}


def results(tables: LocalTables, flights: list[dict[str, Any]], form: str) -> list[dict[str, Any]]:
    """Run the pipeline over flights that arrive in this order."""
    tables.source("flight_avro", flights)
    tables.sink(SINK)
    run(tables.environment, PIPELINE, form)
    return tables.rows(SINK)


def minutes_of(row: Row) -> int:
    """Give how long a flight takes."""
    departure, arrival = (datetime.fromisoformat(row[f"{name}_time"]) for name in ("departure", "arrival"))
    return int((arrival - departure) / MINUTE)


def fold(flights: list[dict[str, Any]], out_of_order: timedelta) -> dict[str, list[tuple[int, int]]]:
    """Give each flyer's totals at the end of each minute with flights, as event time has them.

    A row is late, and left out, when its time is not after the watermark: the largest time before it, less the delay.
    """
    in_time: dict[str, list[dict[str, Any]]] = {}
    watermark = datetime.min.replace(tzinfo=START.tzinfo)
    for row in flights:
        if row[ROWTIME] > watermark:
            in_time.setdefault(row["email_address"], []).append(row)
        watermark = max(watermark, row[ROWTIME] - out_of_order)
    return {flyer: _at_the_end_of_each_minute(rows) for flyer, rows in in_time.items()}


def _at_the_end_of_each_minute(flights: list[dict[str, Any]]) -> list[tuple[int, int]]:
    totals: dict[int, tuple[int, int]] = {}
    minutes = 0
    for count, row in enumerate(sorted(flights, key=lambda flight: flight[ROWTIME]), start=1):
        minutes += minutes_of(row)
        totals[(row[ROWTIME] - START) // MINUTE] = (minutes, count)
    return list(totals.values())


def by_flyer(rows: list[dict[str, Any]]) -> dict[str, list[tuple[int, int]]]:
    """Give the sink's rows in the form of :func:`fold`."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row["email_address"], []).append((row["total_flight_duration"], row["number_of_flights"]))
    return found


@FORMS
def test_totals_run_on_from_minute_to_minute(streaming: Tables, form: str) -> None:
    """One row for each flyer and minute with flights; the columns in their places."""
    flights = [flight("a@x", 0, 60), flight("b@x", 10, 30), flight("a@x", 59.999, 40), flight("a@x", 60, 7)]
    rows = results(streaming(), [*flights, flight("b@x", 300, 1)], form)
    assert list(rows[0]) == list(PIPELINE.sinks[SINK])
    assert by_flyer(rows) == {"a@x": [(100, 2), (107, 3)], "b@x": [(30, 1), (31, 2)]}


@FORMS
def test_a_late_flight_is_left_out(streaming: Tables, form: str) -> None:
    """A row may be behind by less than the watermark's delay; after that its totals have been written."""
    flights = [
        flight("a@x", 30, 1),
        flight("a@x", 66, 10),  # 61 on the watermark,
        flight("a@x", 62, 100),  # so this one counts,
        flight("a@x", 61, 1000),  # and this one is lost,
        flight("b@x", 40, 1000),  # whoever it is that flies.
        flight("a@x", 67, 200),
    ]
    rows = results(streaming(timedelta(seconds=5)), flights, form)
    assert rows == [stats("a@x", 1, 1), stats("a@x", 311, 4)]


@FORMS
def test_sums_do_not_overflow(streaming: Tables, form: str) -> None:
    """Three flights of a thousand years and more: their minutes together are more than an INT has."""
    centuries = {
        **flight("a@x", 0, 1),
        "departure_time": "0001-01-01 00:00:00",
        "arrival_time": "2001-01-01 00:00:00",
    }
    rows = results(streaming(), [{**centuries, ROWTIME: at(second)} for second in (0, 1, 2)], form)
    assert rows == [stats("a@x", 3 * minutes_of(centuries), 3)]
    assert rows[0]["total_flight_duration"] > 2**31


@FORMS
def test_a_time_that_cannot_be_read_stops_nothing(streaming: Tables, form: str) -> None:
    """A flight whose duration is unknown is left out."""
    unreadable = {**flight("a@x", 1, 5), "arrival_time": "tomorrow"}
    rows = results(streaming(), [flight("a@x", 0, 60), unreadable, flight("b@x", 2, 3)], form)
    assert by_flyer(rows) == {"a@x": [(60, 1)], "b@x": [(3, 1)]}


@FORMS
def test_no_flights_are_no_totals(streaming: Tables, form: str) -> None:
    """An empty table."""
    assert results(streaming(), [], form) == []


@FORMS
def test_a_thousand_flights_have_the_totals_of_the_model(streaming: Tables, form: str) -> None:
    """Disorder of up to eighty seconds with a delay of thirty: many rows are late."""
    random, delay = Random(2), timedelta(seconds=30)
    flights = [
        flight(f"{random.randrange(20)}@x", max(0, number * 2 - random.randrange(80)), random.randrange(1, 1260))
        for number in range(1000)
    ]
    expected = fold(flights, delay)
    counted = sum(totals[-1][1] for totals in expected.values())
    assert 400 < counted < 900
    assert by_flyer(results(streaming(delay), flights, form)) == expected


def test_the_compiled_sql_has_the_operators_of_the_transform(streaming: Tables) -> None:
    """All but one: windows are a table function in SQL, and of an older kind in the Table API when it is not compiled.

    What is deployed is SQL with both engines, so this difference is one between here and there, not between engines.
    """
    tables = streaming()
    tables.source("flight_avro", [])
    tables.sink(SINK)
    compiled, transform = (
        re.findall(r"^[ +-]*(\w+)\(", plan(tables.environment, PIPELINE, form), re.MULTILINE)
        for form in ("compiled", "transform")
    )
    assert compiled == [
        *("Sink", "Calc", "WindowAggregate", "Exchange", "Calc", "OverAggregate", "Exchange", "Calc"),
        *("WatermarkAssigner", "TableSourceScan"),
    ]
    assert transform == ["GroupWindowAggregate" if name == "WindowAggregate" else name for name in compiled]


FLIGHTS = st.lists(
    st.builds(flight, st.sampled_from(["a@x", "b@x", "c@x"]), st.integers(0, 400), st.integers(1, 1260)), max_size=80
)


@pytest.mark.full
@FORMS
@settings(max_examples=10)
@given(flights=FLIGHTS, seconds=st.integers(0, 99))
def test_whatever_disorder(streaming: Tables, form: str, flights: list[dict[str, Any]], seconds: int) -> None:
    """The totals are those of the model."""
    delay = timedelta(seconds=seconds)
    assert by_flyer(results(streaming(delay), flights, form)) == fold(flights, delay)
