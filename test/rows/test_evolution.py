"""Ten changes of a running statement: which rows its sink has in the end.

Where a version starts and stops is Confluent Cloud's doing, and modelled by offsets; what a version makes of the rows that
it reads is Flink's, and real. A version that is stopped has written exactly what it has read.
"""

from __future__ import annotations

import itertools
from random import Random

import pytest
from flights import airline_flight, consolidated, multiset
from hypothesis import given, settings
from hypothesis import strategies as st
from local_flink.tables import LocalTables, Row, Tables
from local_flink.topics import Start, Topic, slices

SOURCE, SINK = "skyone_avro", "flight_avro"

COLUMNS = """email_address, departure_time, departure_airport_code, arrival_time, arrival_airport_code,
  flight_number, confirmation_code"""

VERSIONS = (
    f"SELECT {COLUMNS}, 'SkyOne' FROM skyone_avro",
    f"SELECT {COLUMNS}, CONCAT('Sky', 'One') FROM skyone_avro",
    f"SELECT {COLUMNS}, airline FROM (SELECT *, 'SkyOne' AS airline FROM skyone_avro)",
    f"WITH flights AS (SELECT * FROM skyone_avro) SELECT {COLUMNS}, 'SkyOne' FROM flights",
    f"SELECT {COLUMNS}, CASE WHEN flight_duration < 0 THEN 'unknown' ELSE 'SkyOne' END FROM skyone_avro",
    f"SELECT {COLUMNS}, 'SkyOne' FROM skyone_avro WHERE email_address LIKE '%@%'",
    f"""SELECT {COLUMNS}, 'SkyOne' FROM skyone_avro WHERE ticket_price < 100
        UNION ALL SELECT {COLUMNS}, 'SkyOne' FROM skyone_avro WHERE NOT ticket_price < 100""",
    f"SELECT {COLUMNS}, COALESCE(NULLIF(TRIM(' SkyOne '), ''), 'unknown') FROM skyone_avro",
    f"SELECT {COLUMNS}, REPLACE(UPPER('SkyOne'), 'SKYONE', 'SkyOne') FROM skyone_avro WHERE flight_duration >= 0",
    f"SELECT {COLUMNS}, labels.airline FROM skyone_avro CROSS JOIN UNNEST(ARRAY['SkyOne']) AS labels (airline)",
    f"SELECT {COLUMNS}, 'SkyOne' FROM (SELECT * FROM skyone_avro WHERE flight_number LIKE 'SKY%') AS own",
)
"""The first form of a stateless statement, and ten changes of it that leave alone which rows there are."""


def topic_of(sizes: list[int]) -> Topic:
    """Make a topic whose partitions have so many rows; no two rows are alike."""
    numbers = iter(range(sum(sizes)))
    return Topic(tuple(tuple(airline_flight(next(numbers), "SKY") for _ in range(size)) for size in sizes))


def written(tables: LocalTables, read: list[list[Row]]) -> list[Row]:
    """Run each version over the rows that it reads, all versions in one job, and give what is in the sink."""
    environment = tables.environment
    databases = [f"version{number}" for number in range(1, len(VERSIONS) + 1)]
    statements = environment.create_statement_set()
    for database, version, rows in zip(databases, VERSIONS, read, strict=True):
        environment.execute_sql(f"CREATE DATABASE {database}")
        environment.use_database(database)
        tables.source(SOURCE, rows)
        tables.sink(SINK)
        statements.add_insert_sql(f"INSERT INTO {SINK} ({COLUMNS}, airline) {version}")
    statements.execute().wait()
    found: list[Row] = []
    for database in databases:
        environment.use_database(database)
        found += tables.rows(SINK)
    return found


def expected_of(rows: list[Row]) -> list[Row]:
    """Give what any version makes of these rows."""
    return [consolidated(SOURCE, row) for row in rows]


def test_offsets_carried_over_lose_no_row_and_repeat_none(streaming: Tables) -> None:
    """Each of eleven versions reads something, and each row of the topic is in the sink exactly once."""
    topic = topic_of([400, 300, 200])
    read = slices(topic, topic.lives(len(VERSIONS), Random(3)), Start.WHERE_THE_LAST_STOPPED)
    assert all(read)
    assert multiset(written(streaming(), read)) == multiset(expected_of(topic.rows))


def test_from_earliest_repeats_rows(streaming: Tables) -> None:
    """A version that replaces another and starts from the beginning writes again what is there: nothing is lost."""
    topic = topic_of([60, 40])
    lives = topic.lives(len(VERSIONS), Random(4))
    found = multiset(written(streaming(), slices(topic, lives, Start.EARLIEST)))
    once = multiset(expected_of(topic.rows))
    assert found.keys() == once.keys()
    # A row is there for each version that ran when the row had come, the first rows eleven times.
    assert found.total() == sum(sum(life.stops) for life in lives) > once.total()
    assert max(found.values()) == len(VERSIONS)


def test_from_latest_loses_rows(streaming: Tables) -> None:
    """A version that replaces another and starts at the end never sees what came between the two: nothing is repeated."""
    topic = topic_of([60, 40])
    lives = topic.lives(len(VERSIONS), Random(5))
    found = multiset(written(streaming(), slices(topic, lives, Start.LATEST)))
    once = multiset(expected_of(topic.rows))
    lost = once - found
    assert found <= once
    assert lost.total() == sum(
        begin - stop
        for last, life in itertools.pairwise(lives)
        for stop, begin in zip(last.stops, life.begins, strict=True)
    )
    assert lost.total() > 0


@pytest.mark.full
@settings(max_examples=10)
@given(sizes=st.lists(st.integers(0, 60), min_size=1, max_size=4), random=st.randoms(use_true_random=False))
def test_wherever_versions_stop(streaming: Tables, sizes: list[int], random: Random) -> None:
    """Carried over, whatever the partitions and wherever in each of them a version is stopped."""
    topic = topic_of(sizes)
    read = slices(topic, topic.lives(len(VERSIONS), random), Start.WHERE_THE_LAST_STOPPED)
    assert multiset(written(streaming(), read)) == multiset(expected_of(topic.rows))
