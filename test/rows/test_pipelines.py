"""What holds for every pipeline that has a transform."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from local_flink.pipelines import Pipeline
from local_flink.tables import Tables, value_columns

NAMES = sorted(file.parent.name for file in (Path(__file__).parents[2] / "pipelines").glob("*/pipeline.json"))


def test_there_are_pipelines() -> None:
    """The tests below are not empty."""
    assert NAMES == ["flight_consolidator", "flyer_stats"]


@pytest.mark.parametrize("name", NAMES)
def test_h02_the_columns_are_those_of_the_sink_in_its_order(streaming: Tables, name: str) -> None:
    """H-02: an INSERT maps by position: schema, manifest and transform have to agree on names and order."""
    tables, pipeline = streaming(), Pipeline.load(name)
    for source in pipeline.sources:
        tables.source(source, [])
    made = {
        sink: tuple(table.get_resolved_schema().get_column_names())
        for sink, table in pipeline.tables(tables.environment).items()
    }
    assert made == pipeline.sinks
    assert made == {sink: tuple(column.name for column in value_columns(sink)) for sink in made}


@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_sql_names_no_catalog_and_no_database(name: str) -> None:
    """These are the statement's properties, and other ones in each environment."""
    pipeline = Pipeline.load(name)
    for sink in pipeline.sinks:
        text = pipeline.compiled(sink)
        tables = re.findall(r"(?:INSERT INTO|FROM)\s+(`[^`]+`\S*)", text)
        assert set(tables) == {f"`{name}`" for name in (sink, *pipeline.sources)}
