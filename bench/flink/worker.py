"""One contender in a process, and so a Java, of its own: the code of one does not change how that of another is optimized.

Reads numbers of rows, one a line; runs a job over so many rows for each, and prints what it took as a line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from local_flink.cluster import LocalFlink
from local_flink.pipelines import Pipeline, run
from local_flink.tables import ROWTIME, columns_of_table
from pyflink.java_gateway import get_gateway
from pyflink.table import TableEnvironment

ROWS_PER_SECOND = 1_000_000_000
"""Of each source: more than there can be. Without it, datagen makes 10,000."""

LARGEST = 999_999_999
"""Of the numbers that a source makes; a flight's fields are computed from its number."""

PIPELINE = Pipeline.load("flight_consolidator")
SINK = "flight_avro"

Job = Callable[[TableEnvironment, int], None]
"""Runs over so many rows of each airline."""


def _numbers(environment: TableEnvironment, rows: int) -> None:
    for source in PIPELINE.sources:
        environment.execute_sql(
            f"CREATE TABLE {source}_numbers (n BIGINT NOT NULL) WITH ('connector' = 'datagen', 'number-of-rows' = '{rows}', "
            f"'rows-per-second' = '{ROWS_PER_SECOND}', 'fields.n.min' = '0', 'fields.n.max' = '{LARGEST}')"
        )


def _value(data_type: str, index: int) -> str:
    # Nothing reads a column of another type: it only has to be there.
    return f"CAST(n + {index} AS STRING)" if data_type == "STRING" else f"CAST(NULL AS {data_type})"


def _pipeline(form: str) -> Job:
    def job(environment: TableEnvironment, rows: int) -> None:
        _numbers(environment, rows)
        for source in PIPELINE.sources:
            fields = ", ".join(
                f"{_value(column.data_type, index)} AS `{column.name}`"
                for index, column in enumerate(columns_of_table(source))
            )
            time = f"TO_TIMESTAMP_LTZ(n, 3) AS `{ROWTIME}`"
            environment.execute_sql(f"CREATE VIEW {source} AS SELECT {fields}, {time} FROM {source}_numbers")
        columns = ", ".join(map(str, columns_of_table(SINK)))
        environment.execute_sql(f"CREATE TABLE {SINK} ({columns}) WITH ('connector' = 'blackhole')")
        run(environment, PIPELINE, form)

    return job


def _source_only(environment: TableEnvironment, rows: int) -> None:
    _numbers(environment, rows)
    environment.execute_sql("CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'blackhole')")
    union = " UNION ALL ".join(f"SELECT n FROM {source}_numbers" for source in PIPELINE.sources)
    environment.execute_sql(f"INSERT INTO numbers {union}").wait()


def _hand_written(environment: TableEnvironment, rows: int) -> None:
    # The environment of the DataStream API that is below that of the Table API: the same cluster, the same settings.
    below = environment._get_j_env()
    get_gateway().jvm.bench.HandWrittenConsolidator.run(below, rows, LARGEST, ROWS_PER_SECOND)


JOBS: dict[str, Job] = {
    "transform": _pipeline("transform"),
    "compiled": _pipeline("compiled"),
    "hand-written": _hand_written,
    "source only": _source_only,
}


def _measure(flink: LocalFlink, job: Job, rows: int) -> dict[str, Any]:
    environment = flink.streaming()
    process = get_gateway().jvm.java.lang.ProcessHandle.current()
    cpu, start = process.info().totalCpuDuration().get().toNanos(), time.perf_counter()
    job(environment, rows // len(PIPELINE.sources))
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "cpu_seconds": (process.info().totalCpuDuration().get().toNanos() - cpu) / 1e9}


def main() -> None:
    """Run the contender that the command names until there are no more lines."""
    job = JOBS[sys.argv[1]]
    with LocalFlink.start(java_options="-Xms1g -Xmx1g") as flink:
        for line in sys.stdin:
            print(json.dumps(_measure(flink, job, int(line))), flush=True)


if __name__ == "__main__":
    main()
