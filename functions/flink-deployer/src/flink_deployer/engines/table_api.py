"""Statements that the Table API plugin makes when they are deployed, against the tables as they are then."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flink_deployer.engines import _plugin, sql_text
from flink_deployer.engines._java_errors import meaning
from flink_deployer.engines.columns import check_result, check_table, columns_of
from flink_deployer.engines.transforms import load_transform
from flink_deployer.errors import DeployerError, MissingTable, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flink_deployer.engines._java import Table, TableEnvironment
    from flink_deployer.pipelines import Pipeline
    from flink_deployer.target import Credentials, Target


class TableApiEngine:
    """Runs a pipeline's transform in this process and its JVM; submits nothing but look-ups in the catalog."""

    def render(self, pipeline: Pipeline, target: Target, credentials: Credentials) -> Mapping[str, str]:
        """Gives the text of each sink's statement.

        The JVM starts with the first call and stays for the next; what the catalog says is asked for anew in each.

        Raises:
            MissingTable: Flink sees no table of a source's or sink's name.
            ValidationError: the transform fails, or its result does not fit a sink.
            AuthError: the key is refused. The plugin repeats a refused call for most of a minute: ask before.
            UpstreamUnavailable: Confluent does not answer.
        """
        with _meaningful(pipeline, pipeline.sinks[0].logical):
            casts = _plugin.gateway().jvm.org.apache.flink.table.types.logical.utils.LogicalTypeCasts
            environment = _plugin.open_environment(target, credentials)
            results = _run(pipeline, environment)
        texts = {}
        for sink in pipeline.sinks:
            with _meaningful(pipeline, sink.logical):
                made = columns_of(results[sink.table])
                check_result(sink, made)
                check_table(sink, made, columns_of(_table(environment, sink.table, sink.logical)), casts)
                query = sql_text.unqualified(_plugin.query_text(results[sink.table]), target.catalog, target.database)
                texts[sink.table] = sql_text.insert(sink.table, sink.columns, query)
        return texts


def _run(pipeline: Pipeline, environment: TableEnvironment) -> Mapping[str, Table]:
    # Not before there is an environment: a transform imports PyFlink, which has to be the plugin's by then.
    transform = load_transform(pipeline)
    logical = pipeline.sinks[0].logical
    results = transform({name: _table(environment, name, logical) for name in pipeline.sources})
    wanted = sorted(sink.table for sink in pipeline.sinks)
    if sorted(results) != wanted:
        raise ValidationError(
            f"the transform of {pipeline.name} gives {', '.join(sorted(results)) or 'nothing'}; "
            f"its manifest has the sinks {', '.join(wanted)}",
            statement=logical,
            hint="return one table for each sink",
        )
    return results


def _table(environment: TableEnvironment, name: str, logical: str) -> Table:
    try:
        return environment.from_path(sql_text.quoted(name))
    except Exception as error:
        if "was not found" in str(error):
            raise MissingTable(name, statement=logical) from None
        raise


@contextmanager
def _meaningful(pipeline: Pipeline, statement: str) -> Iterator[None]:
    """A transform may raise anything, and so may the JVM: whatever it is becomes an error of this deployer."""
    try:
        yield
    except DeployerError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        raise meaning(error, statement, pipeline.directory) from None
