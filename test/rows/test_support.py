"""What the tests with rows stand on; none of it needs Flink."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_flink.schemas import columns_of
from local_flink.topics import Start, Topic, slices

TYPES = [
    ("string", "STRING NOT NULL"),
    (["null", "string"], "STRING"),
    (["null", "long", "string"], None),
    ("long", "BIGINT NOT NULL"),
    ({"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}, "DECIMAL(10, 2) NOT NULL"),
    ({"type": "bytes", "logicalType": "decimal", "precision": 4}, "DECIMAL(4, 0) NOT NULL"),
    (["null", {"type": "long", "logicalType": "timestamp-millis"}], "TIMESTAMP_LTZ(3)"),
    ({"type": "string"}, "STRING NOT NULL"),
    ({"type": "string", "logicalType": "uuid"}, None),
    ({"type": "map", "values": "string"}, None),
]


@pytest.mark.parametrize(("avro", "column"), TYPES)
def test_a_field_is_a_column(tmp_path: Path, avro: Any, column: str | None) -> None:
    """A type that is not known is refused with file, field and type."""
    schema = tmp_path / "order.avsc"
    schema.write_text(json.dumps({"type": "record", "name": "Order", "fields": [{"name": "id", "type": avro}]}))
    if column is None:
        with pytest.raises(ValueError, match=r"order\.avsc: field id: no column type is known for .*; add it"):
            columns_of(schema)
    else:
        assert [str(found) for found in columns_of(schema)] == [f"`id` {column}"]


SIZES = st.lists(st.integers(0, 50), min_size=1, max_size=5)


@given(sizes=SIZES, random=st.randoms(use_true_random=False), versions=st.integers(1, 12))
def test_offsets_only_grow(sizes: list[int], random: Random, versions: int) -> None:
    """A version begins where the last one stopped, or later, and stops within what there is."""
    topic = Topic(tuple(tuple({"id": f"{part}-{index}"} for index in range(size)) for part, size in enumerate(sizes)))
    lives = topic.lives(versions, random)
    moments = [moment for life in lives for moment in (life.begins, life.stops)]
    assert all(a <= b for last, later in itertools.pairwise(moments) for a, b in zip(last, later, strict=True))
    assert lives[-1].stops == tuple(sizes)
    carried = [row for part in slices(topic, lives, Start.WHERE_THE_LAST_STOPPED) for row in part]
    assert sorted(row["id"] for row in carried) == sorted(row["id"] for row in topic.rows)
