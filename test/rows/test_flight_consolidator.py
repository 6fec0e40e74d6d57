"""The flights of all airlines as one stream."""

from __future__ import annotations

from random import Random

import pytest
from flights import AIRLINE_OF, airline_flight, consolidated, multiset, random_flights
from hypothesis import given, settings
from hypothesis import strategies as st
from local_flink.pipelines import Pipeline, plan, run
from local_flink.schemas import Column
from local_flink.tables import LocalTables, Row, Tables
from starter_kit_forms import consolidate_as_in_the_starter_kit

PIPELINE = Pipeline.load("flight_consolidator")

FORMS = pytest.mark.parametrize("form", ["transform", "compiled"])

SKYONE = [airline_flight(number, "SKY") for number in (1, 2, 3)]
SUNSET = [airline_flight(number, "SUN") for number in (4, 5)]
# The last flight of Sunset was sent twice: what is one flight and what two is not the consolidator's to say.
SAMPLE: dict[str, list[Row]] = {"skyone_avro": [*SKYONE], "sunset_avro": [*SUNSET, SUNSET[-1]]}


def given_flights(tables: LocalTables, flights: dict[str, list[Row]]) -> LocalTables:
    """Make the pipeline's tables."""
    for table, rows in flights.items():
        tables.source(table, rows)
    tables.sink("flight_avro")
    return tables


def expected_of(flights: dict[str, list[Row]]) -> list[Row]:
    """Give each airline's rows in its order."""
    return [consolidated(table, flight) for table, rows in flights.items() for flight in rows]


@FORMS
def test_h01_each_airline_once(streaming: Tables, form: str) -> None:
    """H-01: three flights of SkyOne, two of Sunset and a duplicate are six rows, each with its airline."""
    tables = given_flights(streaming(), SAMPLE)
    run(tables.environment, PIPELINE, form)
    assert multiset(tables.rows("flight_avro")) == multiset(expected_of(SAMPLE))


@FORMS
def test_h02_each_column_in_its_place(streaming: Tables, form: str) -> None:
    """H-02: a row has its values under the names of the sink's schema, which are in another order than the sink's columns."""
    tables = given_flights(streaming(), {"skyone_avro": [*SKYONE[:1]], "sunset_avro": []})
    run(tables.environment, PIPELINE, form)
    assert tables.rows("flight_avro") == [
        {
            "email_address": "flyer1@example.com",
            "departure_time": "2026-01-01 08:00:00",
            "departure_airport_code": "D01",
            "arrival_time": "2026-01-01 09:30:00",
            "arrival_airport_code": "A01",
            "flight_number": "SKY1",
            "confirmation_code": "SKY-C1",
            "airline": "SkyOne",
        }
    ]


def test_h02_without_a_column_list_the_right_columns_land_in_wrong_places(streaming: Tables) -> None:
    """H-02: the transform is right, and its rows are not, when they are inserted by position: the key comes first."""
    tables = given_flights(streaming(), {"skyone_avro": [*SKYONE[:1]], "sunset_avro": []})
    PIPELINE.tables(tables.environment)["flight_avro"].execute_insert("flight_avro").wait()
    (row,) = tables.rows("flight_avro")
    assert row["departure_airport_code"] == "flyer1@example.com"


def test_h01_h02_the_starter_kit_writes_one_airline_twice_and_columns_in_wrong_places(streaming: Tables) -> None:
    """H-01, H-02: the form that these tests are against gives wrong rows, and no error."""
    tables = given_flights(streaming(), SAMPLE)
    sink_columns = (
        "departure_airport_code",
        "flight_number",
        "email_address",
        "departure_time",
        "arrival_time",
        "arrival_airport_code",
        "confirmation_code",
        "airline",
    )
    tables.sink("flight_of_the_starter_kit", [Column(name, "STRING") for name in sink_columns])
    consolidate_as_in_the_starter_kit(tables.environment, "flight_of_the_starter_kit").wait()
    rows = tables.rows("flight_of_the_starter_kit")
    # H-01: SkyOne's three flights under both names, none of Sunset's.
    assert [row["airline"] for row in rows].count("Sunset") == len(SKYONE)
    assert {row["confirmation_code"] for row in rows} == {"SKY-C1", "SKY-C2", "SKY-C3"}
    # H-02: e-mail addresses as airports, times as flight numbers.
    assert rows[0]["departure_airport_code"] == "flyer1@example.com"
    assert rows[0]["flight_number"] == "2026-01-01 08:00:00"
    assert rows[0]["email_address"] == "D01"


@FORMS
def test_no_flights_are_no_rows(streaming: Tables, form: str) -> None:
    """Empty tables."""
    tables = given_flights(streaming(), {"skyone_avro": [], "sunset_avro": []})
    run(tables.environment, PIPELINE, form)
    assert tables.rows("flight_avro") == []


@FORMS
def test_a_thousand_flights_and_no_more(batch: Tables, form: str) -> None:
    """As many rows as both airlines have flights, whatever these are."""
    random = Random(1)
    flights: dict[str, list[Row]] = {
        "skyone_avro": [*random_flights("SKY", 613, random)],
        "sunset_avro": [*random_flights("SUN", 387, random)],
    }
    tables = given_flights(batch(), flights)
    run(tables.environment, PIPELINE, form)
    rows = tables.rows("flight_avro")
    assert len(rows) == 1000
    assert multiset(rows) == multiset(expected_of(flights))


@pytest.mark.parametrize("mode", ["streaming", "batch"])
def test_the_compiled_sql_has_the_plan_of_the_transform(mode: str, request: pytest.FixtureRequest) -> None:
    """Not only the same rows here: the same operators, with the same columns."""
    tables = given_flights(request.getfixturevalue(mode)(), SAMPLE)
    assert plan(tables.environment, PIPELINE, "compiled") == plan(tables.environment, PIPELINE, "transform")


def flights_of(prefix: str) -> st.SearchStrategy[list[dict[str, object]]]:
    """Generate an airline's records: few flyers, so that there are duplicates."""
    flight = st.builds(airline_flight, st.integers(0, 20), st.just(prefix), minutes=st.integers(1, 1260))
    return st.lists(flight, max_size=60)


@pytest.mark.full
@settings(max_examples=10)
@given(skyone=flights_of("SKY"), sunset=flights_of("SUN"), random=st.randoms(use_true_random=False))
def test_whatever_flights_in_whatever_order(
    streaming: Tables, skyone: list[Row], sunset: list[Row], random: Random
) -> None:
    """The rows are those of both airlines, and do not depend on the order of the records."""
    flights = {"skyone_avro": skyone, "sunset_avro": sunset}
    shuffled = {table: random.sample(rows, len(rows)) for table, rows in flights.items()}
    tables = given_flights(streaming(), shuffled)
    run(tables.environment, PIPELINE, "compiled")
    rows = tables.rows("flight_avro")
    assert multiset(rows) == multiset(expected_of(flights))
    assert {name: sum(row["airline"] == name for row in rows) for name in AIRLINE_OF.values()} == {
        "SkyOne": len(skyone),
        "Sunset": len(sunset),
    }
