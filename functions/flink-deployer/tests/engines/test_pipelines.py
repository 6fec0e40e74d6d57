"""Manifests and digests of pipelines."""

import json
from pathlib import Path

import pytest
from flink_deployer.errors import InvalidEvent
from flink_deployer.pipelines import Sink, load_pipeline, pipelines_directory

PROJECT = Path(__file__).parents[4]
MANIFEST = {"sources": ["a"], "sinks": {"b_c": {"columns": ["x", "y"], "state": "stateless"}}}


def write(directory: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return directory


def manifest(directory: Path, value: object) -> Path:
    return write(directory, {"p/pipeline.json": json.dumps(value)})


def test_a_manifest_is_read(tmp_path: Path) -> None:
    pipeline = load_pipeline(manifest(tmp_path, MANIFEST), "p")

    assert pipeline.sources == ("a",)
    assert pipeline.sinks == (Sink("b_c", ("x", "y"), "stateless"),)
    assert pipeline.sinks[0].logical == "b-c"


@pytest.mark.parametrize("name", ["flight_consolidator", "flyer_stats"])
def test_the_manifests_of_the_project_are_right(name: str) -> None:
    assert load_pipeline(PROJECT / "pipelines", name).name == name


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "p/pipeline.json is []: not a JSON object"),
        ({**MANIFEST, "more": 1}, "p/pipeline.json.more is 1: unknown key"),
        ({"sinks": {}}, "p/pipeline.json.sources is missing"),
        ({**MANIFEST, "sources": []}, "p/pipeline.json.sources is []: not a list of names"),
        ({**MANIFEST, "sources": ["a", 2]}, "p/pipeline.json.sources[1] is 2: not a name"),
        ({**MANIFEST, "sources": ["a", "a"]}, 'p/pipeline.json.sources[1] is "a": there twice'),
        ({**MANIFEST, "sinks": {}}, "p/pipeline.json.sinks is {}: not an object of tables"),
        ({**MANIFEST, "sinks": {"b": []}}, "p/pipeline.json.sinks.b is []: not a JSON object"),
        ({**MANIFEST, "sinks": {"b": {"columns": ["x"]}}}, "p/pipeline.json.sinks.b.state is missing"),
        (
            {**MANIFEST, "sinks": {"b": {"columns": ["x"], "state": "none"}}},
            'p/pipeline.json.sinks.b.state is "none": unknown',
        ),
    ],
)
def test_a_wrong_manifest_is_refused_with_path_and_value(tmp_path: Path, value: object, message: str) -> None:
    with pytest.raises(InvalidEvent) as refused:
        load_pipeline(manifest(tmp_path, value), "p")

    assert message in refused.value.message
    assert refused.value.hint


def test_a_pipeline_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    manifest(tmp_path, MANIFEST)

    with pytest.raises(InvalidEvent) as refused:
        load_pipeline(tmp_path, "q")

    assert refused.value.message == 'app.pipeline is "q": not in this function'
    assert refused.value.hint == "use one of p"


def test_a_manifest_that_is_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidEvent, match=r"p/pipeline\.json is not JSON"):
        load_pipeline(write(tmp_path, {"p/pipeline.json": "{"}), "p")


# Synthesis computes the same: test/pipelines/digest.test.ts holds the same files and digests.
CONTENT = {
    "p/pipeline.json": json.dumps(MANIFEST, separators=(",", ":")),
    "p/transform.py": "def transform(tables):\n    return tables\n",
    "p/lib/helper.py": "é = 1\n",
    "p/compiled/b_c.sql": "INSERT INTO `b_c` SELECT 1\n",
    "p/README.md": "ignored\n",
    "p/__pycache__/transform.cpython-311.pyc": "ignored",
}


def test_digests_are_those_of_the_contract(tmp_path: Path) -> None:
    pipeline = load_pipeline(write(tmp_path, CONTENT), "p")

    assert pipeline.digest("compiled") == "cc8bab77da05fdc4c74aba366c419fa372f5134afdebd6ccfdb3b8cfc6b9539a"
    assert pipeline.digest("table-api") == "0551044c389329ffd03a8ae2b7db349f044a43eb6da7fdb786008bf48b703995"


def test_a_digest_is_of_the_engines_own_content(tmp_path: Path) -> None:
    pipeline = load_pipeline(write(tmp_path, CONTENT), "p")
    before = pipeline.digest("compiled"), pipeline.digest("table-api")

    write(tmp_path, {"p/transform.py": "def transform(tables):\n    return {}\n"})
    assert pipeline.digest("compiled") == before[0]
    assert pipeline.digest("table-api") != before[1]

    write(tmp_path, {"p/compiled/b_c.sql": "INSERT INTO `b_c` SELECT 2\n"})
    assert pipeline.digest("compiled") != before[0]


def test_pipelines_lie_beside_the_package_or_where_the_environment_says() -> None:
    assert pipelines_directory({"PIPELINES_DIR": "/elsewhere"}) == Path("/elsewhere")
    assert pipelines_directory({}) == PROJECT / "functions/flink-deployer/src/pipelines"
