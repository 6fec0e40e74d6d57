"""Engine `compiled`."""

from pathlib import Path

import pytest
from flink_deployer.engines import load_engine
from flink_deployer.errors import ValidationError
from flink_deployer.pipelines import Pipeline, Sink
from flink_deployer.target import Credentials, Target

TARGET = Target("o", "env-1", "lfcp-1", "sa-1", "AWS", "us-east-1", "https://flink.example", "c", "d")
CREDENTIALS = Credentials("key", "value")


def pipeline(directory: Path, texts: dict[str, str]) -> Pipeline:
    for table, text in texts.items():
        path = directory / "compiled" / f"{table}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return Pipeline("p", directory, ("a",), (Sink("b_c", ("x",), "stateless"), Sink("d", ("x",), "stateless")))


def test_it_gives_what_is_there(tmp_path: Path) -> None:
    texts = {"b_c": "INSERT INTO `b_c` (\n`x`)\nSELECT 'é'\n", "d": "INSERT INTO `d` SELECT 1"}

    rendered = load_engine("compiled").render(pipeline(tmp_path, texts), TARGET, CREDENTIALS)

    assert rendered == {table: text.strip() for table, text in texts.items()}


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as refused:
        load_engine("compiled").render(pipeline(tmp_path, {"d": "INSERT INTO `d` SELECT 1"}), TARGET, CREDENTIALS)

    assert refused.value.message == "p/compiled/b_c.sql is not in this function"
    assert refused.value.statement == "b-c"


def test_a_text_that_writes_another_table_is_refused(tmp_path: Path) -> None:
    texts = {"b_c": "INSERT INTO `b_c` SELECT 1", "d": "INSERT INTO `d2` SELECT 1"}

    with pytest.raises(ValidationError, match="does not begin with INSERT INTO `d`"):
        load_engine("compiled").render(pipeline(tmp_path, texts), TARGET, CREDENTIALS)
