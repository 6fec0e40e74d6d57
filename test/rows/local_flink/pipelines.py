"""Runs a pipeline in its two forms: its transform, and the SQL that was compiled from it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pyflink.table import StatementSet, Table, TableEnvironment

_PIPELINES = Path(__file__).parents[3] / "pipelines"

Transform = Callable[[Mapping[str, Table]], dict[str, Table]]


@dataclass(frozen=True)
class Pipeline:
    """A directory of `pipelines/` with a transform.

    Attributes:
        name: of the directory.
        sources: the tables that it reads.
        sinks: the columns of each table that it writes, in the order in which the transform gives them.
        transform: what it does.
    """

    name: str
    sources: tuple[str, ...]
    sinks: Mapping[str, tuple[str, ...]]
    transform: Transform

    @classmethod
    def load(cls, name: str) -> Pipeline:
        """Read `pipeline.json` and `transform.py`."""
        directory = _PIPELINES / name
        manifest = json.loads((directory / "pipeline.json").read_text())
        specification = importlib.util.spec_from_file_location(f"{name}_transform", directory / "transform.py")
        if specification is None or specification.loader is None:
            raise ImportError(f"{directory / 'transform.py'} is no Python module")
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        return cls(
            name,
            tuple(manifest["sources"]),
            {sink: tuple(described["columns"]) for sink, described in manifest["sinks"].items()},
            cast(Transform, module.transform),
        )

    def compiled(self, sink: str) -> str:
        """Read the committed SQL of a sink."""
        return (_PIPELINES / self.name / "compiled" / f"{sink}.sql").read_text()

    def tables(self, environment: TableEnvironment) -> dict[str, Table]:
        """Apply the transform to the tables of an environment."""
        return self.transform({source: environment.from_path(source) for source in self.sources})


def sql_of(name: str) -> str:
    """Read a statement that was written by hand, in its first version."""
    return (_PIPELINES / name / "v1.sql").read_text()


def run(environment: TableEnvironment, pipeline: Pipeline, form: str) -> None:
    """Run all inserts of a pipeline as one job, and wait until it has read all rows.

    Args:
        environment: with the pipeline's tables.
        pipeline: what to run.
        form: "transform" or "compiled".
    """
    _statements(environment, pipeline, form).execute().wait()


def plan(environment: TableEnvironment, pipeline: Pipeline, form: str) -> str:
    """Give what the optimizer makes of a pipeline."""
    explained = str(_statements(environment, pipeline, form).explain())
    return explained.split("== Optimized Execution Plan ==")[1].strip()


def _statements(environment: TableEnvironment, pipeline: Pipeline, form: str) -> StatementSet:
    statements = environment.create_statement_set()
    tables = pipeline.tables(environment) if form == "transform" else {}
    for sink in pipeline.sinks:
        if form == "transform":
            # As the Table API engine does it: a table's own columns are in another order than its schema's, keys first.
            environment.create_temporary_view(f"{sink}_rows", tables[sink])
            columns = ", ".join(f"`{name}`" for name in tables[sink].get_resolved_schema().get_column_names())
            statements.add_insert_sql(f"INSERT INTO `{sink}` ({columns}) SELECT {columns} FROM `{sink}_rows`")
        else:
            statements.add_insert_sql(pipeline.compiled(sink))
    return statements
