"""Engine `table-api` without a JVM: what it makes of what a plugin says. With one: test_plugin.py."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from flink_deployer.engines import _plugin, load_engine
from flink_deployer.errors import DeployerError, MissingTable, ValidationError
from flink_deployer.pipelines import load_pipeline
from flink_deployer.target import Credentials, Target

SOURCES = Path(__file__).parents[2] / "src/flink_deployer"
TARGET = Target("o", "env-1", "lfcp-1", "sa-1", "AWS", "us-east-1", "https://flink.example", "Prod", "Main")
CREDENTIALS = Credentials("key", "value")
GIVE_SOURCE = "def transform(tables):\n    return {'b': tables['a']}\n"


class Type:
    """A Java type; every one fits every other."""

    def asSummaryString(self) -> str:  # noqa: N802 - as in Java
        return "STRING"

    def isNullable(self) -> bool:  # noqa: N802 - as in Java
        return False

    def copy(self, nullable: bool) -> "Type":
        return self


class FakeTable:
    """A table with these columns."""

    def __init__(self, *columns: str) -> None:
        made = [
            SimpleNamespace(
                getName=lambda name=name: name,
                getDataType=lambda: SimpleNamespace(getLogicalType=Type),
                isPersisted=lambda: True,
            )
            for name in columns
        ]
        self._j_table = SimpleNamespace(getResolvedSchema=lambda: SimpleNamespace(getColumns=lambda: made))


class FakeEnvironment:
    """A catalog."""

    def __init__(self, tables: Mapping[str, FakeTable]) -> None:
        self.tables = tables

    def from_path(self, path: str) -> FakeTable:
        if path not in self.tables:
            raise RuntimeError(f"org.apache.flink.table.api.ValidationException: Table {path} was not found.")
        return self.tables[path]


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeTable]:
    catalog = {"`a`": FakeTable("x"), "`b`": FakeTable("x")}
    casts = SimpleNamespace(supportsImplicitCast=lambda _source, _target: True)
    utils = SimpleNamespace(LogicalTypeCasts=casts)
    types = SimpleNamespace(logical=SimpleNamespace(utils=utils))
    flink = SimpleNamespace(table=SimpleNamespace(types=types))
    jvm = SimpleNamespace(org=SimpleNamespace(apache=SimpleNamespace(flink=flink)))
    monkeypatch.setattr(_plugin, "gateway", lambda: SimpleNamespace(jvm=jvm))
    monkeypatch.setattr(_plugin, "open_environment", lambda _target, _credentials: FakeEnvironment(catalog))
    monkeypatch.setattr(_plugin, "query_text", lambda _table: "SELECT `x` FROM `Prod`.`Main`.`a`")
    return catalog


def render(directory: Path, transform: str, columns: tuple[str, ...] = ("x",)) -> Mapping[str, str]:
    home = directory / "p"
    home.mkdir()
    sinks = {"b": {"columns": list(columns), "state": "stateless"}}
    (home / "pipeline.json").write_text(json.dumps({"sources": ["a"], "sinks": sinks}), "utf-8")
    (home / "transform.py").write_text(transform, "utf-8")
    return load_engine("table-api").render(load_pipeline(directory, "p"), TARGET, CREDENTIALS)


@pytest.mark.usefixtures("tables")
def test_a_statement_has_no_place_in_it(tmp_path: Path) -> None:
    assert render(tmp_path, GIVE_SOURCE) == {"b": "INSERT INTO `b` (\n    `x`\n)\nSELECT\n    `x`\nFROM `a`"}


@pytest.mark.usefixtures("tables")
def test_h05_whatever_a_transform_raises_is_an_error_of_the_deployer(tmp_path: Path) -> None:
    """H-05: the starter kit reads its tables outside of any try, and ends with a bare KeyError."""
    with pytest.raises(ValidationError) as refused:
        render(tmp_path, "def transform(tables):\n    return {'b': tables['sunset_avro']}\n")

    assert refused.value.message == "KeyError: 'sunset_avro'"
    assert (refused.value.statement, refused.value.hint) == ("b", "correct p/transform.py, line 2")
    assert refused.value.__cause__ is None


def test_h05_so_is_whatever_the_plugin_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """H-05: making the environment and choosing the catalog are no exceptions."""

    def fail() -> None:
        raise OSError("no Java")

    monkeypatch.setattr(_plugin, "gateway", fail)

    with pytest.raises(DeployerError, match="no Java"):
        render(tmp_path, GIVE_SOURCE)


@pytest.mark.parametrize("name", ["`a`", "`b`"])
def test_a_table_that_is_not_seen_is_told_apart(tmp_path: Path, tables: dict[str, FakeTable], name: str) -> None:
    del tables[name]

    with pytest.raises(MissingTable) as missing:
        render(tmp_path, GIVE_SOURCE)

    assert missing.value.table == name.strip("`")


@pytest.mark.usefixtures("tables")
def test_h02_a_result_in_another_order_is_refused(tmp_path: Path) -> None:
    """H-02: the sink takes columns by position."""
    with pytest.raises(ValidationError, match="the result for b has the columns x; b is written as y, x"):
        render(tmp_path, GIVE_SOURCE, ("y", "x"))


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("transform", "message"),
    [
        ("def transform(tables):\n    return {}\n", "the transform of p gives nothing; its manifest has the sinks b"),
        ("x = 1\n", "p/transform.py has no function transform"),
    ],
)
def test_a_transform_gives_what_its_manifest_says(tmp_path: Path, transform: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        render(tmp_path, transform)

    assert refused.value.message == message


@pytest.mark.usefixtures("tables")
def test_a_pipeline_without_a_transform_has_nothing_to_run(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/pipeline.json").write_text(
        '{"sources":["a"],"sinks":{"b":{"columns":["x"],"state":"stateless"}}}', "utf-8"
    )
    pipeline = load_pipeline(tmp_path, "p")

    with pytest.raises(ValidationError, match=r"p/transform\.py is not in this function"):
        load_engine("table-api").render(pipeline, TARGET, CREDENTIALS)


@pytest.mark.usefixtures("tables")
def test_modules_beside_a_transform_are_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        home = tmp_path / name
        (home / "p").mkdir(parents=True)
        (home / "p/helper.py").write_text(f"NAME = {name!r}\n", "utf-8")
        (home / "p/pipeline.json").write_text(
            '{"sources":["a"],"sinks":{"b":{"columns":["x"],"state":"stateless"}}}', "utf-8"
        )
        (home / "p/transform.py").write_text(
            "from .helper import NAME\ndef transform(tables):\n    raise ValueError(NAME)\n", "utf-8"
        )
        with pytest.raises(ValidationError, match=f"ValueError: {name}"):
            load_engine("table-api").render(load_pipeline(home, "p"), TARGET, CREDENTIALS)


def test_h20_one_module_knows_the_plugins() -> None:
    """H-20: the starter kit imports the plugin all over its handler, and so cannot take its successor."""
    imports = re.compile(r"""["' ](?:confluent_pyflink|pyflink|py4j)\b[."' ]""")
    knowing = sorted(path.name for path in SOURCES.rglob("*.py") if imports.search(code(path)))

    assert knowing == ["_plugin.py"]
    assert imports.search("from pyflink.table import TableEnvironment")


def code(path: Path) -> str:
    """A module without comments and without what stands between pairs of three quotes."""
    return re.sub(r'""".*?"""|#[^\n]*', "", path.read_text("utf-8"), flags=re.DOTALL)
