"""Engine `table-api` with the real plugin and JVM against the sandbox's world.

One JVM serves all tests of this module: the plugin has one for a process.
"""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flink_deployer.engines import _plugin, sql_text
from flink_deployer.engines.table_api import TableApiEngine
from flink_deployer.engines.transforms import load_transform
from flink_deployer.errors import MissingTable, ValidationError
from flink_deployer.pipelines import Pipeline, load_pipeline
from tests.engines import world as worlds
from tests.engines.world import PROJECT, World

pytestmark = pytest.mark.plugin

PIPELINES = PROJECT / "pipelines"
COLUMNS = load_pipeline(PIPELINES, "flight_consolidator").sinks[0].columns

# The seed's: one source under both labels, columns in the source's order.
SEED = """
from pyflink.table.expressions import col, lit

SINK = ["departure_airport_code", "flight_number", "email_address", "departure_time", "arrival_time",
        "arrival_airport_code", "confirmation_code"]

def transform(tables):
    skyone, sunset = (tables["skyone_avro"].select(*map(col, SINK), lit(name).alias("airline"))
                      for name in ("SkyOne", "Sunset"))
    return {"flight_avro": skyone.union_all(sunset)}
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    directory = tmp_path_factory.mktemp("world")
    with worlds.running(directory) as found, pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", found.ca_file)
        environment.setenv("FLINK_LOG_DIR", str(directory))
        yield found


def pipeline(directory: Path, transform: str, columns: tuple[str, ...] = COLUMNS) -> Pipeline:
    home = directory / "p"
    home.mkdir(exist_ok=True)
    manifest = {
        "sources": ["skyone_avro"],
        "sinks": {"flight_avro": {"columns": list(columns), "state": "stateless"}},
    }
    (home / "pipeline.json").write_text(json.dumps(manifest), "utf-8")
    (home / "transform.py").write_text(transform, "utf-8")
    return load_pipeline(directory, "p")


def render(world: World, wanted: Pipeline) -> dict[str, str]:
    return dict(TableApiEngine().render(wanted, world.target, world.credentials))


def reads(text: str) -> list[str]:
    """The tables that a statement reads, each as often as it does."""
    return sorted(re.findall(r"FROM `([^`]*)`", text))


@pytest.mark.parametrize("name", ["flight_consolidator", "flyer_stats"])
def test_both_engines_give_one_text(world: World, name: str) -> None:
    golden = {path.stem: path.read_text("utf-8").strip() for path in (PIPELINES / name / "compiled").glob("*.sql")}

    assert render(world, load_pipeline(PIPELINES, name)) == golden


@pytest.mark.parametrize("name", ["flight_consolidator", "flyer_stats"])
def test_the_query_is_the_one_that_the_plugin_submits(world: World, name: str) -> None:
    wanted = load_pipeline(PIPELINES, name)
    sink = wanted.sinks[0]
    environment = _plugin.open_environment(world.target, world.credentials)
    tables = {source: environment.from_path(sql_text.quoted(source)) for source in wanted.sources}

    load_transform(wanted)(tables)[sink.table].execute_insert(sink.table)

    head = f"INSERT INTO `Main Catalog`.`Main-Database`.`{sink.table}` "
    [submitted] = [text for text in world.submitted() if text.startswith(head)]
    query = sql_text.unqualified(submitted.removeprefix(head), world.target.catalog, world.target.database)
    assert sql_text.insert(sink.table, sink.columns, query) == render(world, wanted)[sink.table]


def test_h01_each_airline_is_read_once(world: World, tmp_path: Path) -> None:
    """H-01: the starter kit reads one airline twice, and the other one never."""
    right = render(world, load_pipeline(PIPELINES, "flight_consolidator"))["flight_avro"]
    seed_order = pipeline(tmp_path, SEED.replace("*map(col, SINK)", f"*map(col, {list(COLUMNS[:-1])})"))

    assert reads(right) == ["skyone_avro", "sunset_avro"]
    assert reads(render(world, seed_order)["flight_avro"]) == ["skyone_avro", "skyone_avro"]


def test_h02_the_seeds_order_of_columns_is_refused(world: World, tmp_path: Path) -> None:
    """H-02: Flink would take it, because all eight columns are strings."""
    with pytest.raises(ValidationError, match="the result for flight_avro has the columns departure_airport_code"):
        render(world, pipeline(tmp_path, SEED))


def test_another_type_is_refused(world: World, tmp_path: Path) -> None:
    columns = ", ".join(f"lit(1).alias({name!r})" for name in COLUMNS)
    transform = (
        "from pyflink.table.expressions import lit\n"
        f"def transform(tables):\n    return {{'flight_avro': tables['skyone_avro'].select({columns})}}\n"
    )

    with pytest.raises(ValidationError, match="email_address is made as INT NOT NULL and stored as STRING NOT NULL"):
        render(world, pipeline(tmp_path, transform))


def test_h05_what_the_planner_says_is_a_validation_error_with_a_line(world: World, tmp_path: Path) -> None:
    """H-05: no error leaves as the JVM's stack."""
    transform = (
        "from pyflink.table.expressions import col\n\n"
        "def transform(tables):\n    return {'flight_avro': tables['skyone_avro'].select(col('nope'))}\n"
    )

    with pytest.raises(ValidationError) as refused:
        render(world, pipeline(tmp_path, transform))

    assert refused.value.message.startswith("Cannot resolve field [nope]")
    assert (refused.value.statement, refused.value.hint) == ("flight-avro", "correct p/transform.py, line 4")
    assert "\tat " not in refused.value.message


def test_h09_names_are_exact(world: World) -> None:
    """H-09: the starter kit lower-cases both."""
    wanted = load_pipeline(PIPELINES, "flyer_stats")

    for changed in (replace(world.target, catalog="main catalog"), replace(world.target, database="main-database")):
        with pytest.raises(ValidationError, match="does not exist"):
            TableApiEngine().render(wanted, changed, world.credentials)


def test_a_table_that_is_not_there_is_told_apart(world: World, tmp_path: Path) -> None:
    wanted = replace(pipeline(tmp_path, SEED), sources=("later_avro",))

    with pytest.raises(MissingTable) as missing:
        render(world, wanted)

    assert missing.value.table == "later_avro"


def test_a_jvm_that_is_gone_is_replaced(world: World) -> None:
    wanted = load_pipeline(PIPELINES, "flyer_stats")
    before = render(world, wanted)
    os.kill(int(_plugin.gateway().jvm.java.lang.ProcessHandle.current().pid()), signal.SIGKILL)
    time.sleep(1)  # until the system has closed its socket

    assert render(world, wanted) == before
