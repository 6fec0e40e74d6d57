"""The contenders' processes, and what is measured of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Measurement:
    """One job from its submission to its end.

    Attributes:
        rows: of both airlines together.
        seconds: wall-clock time.
        cpu_seconds: of its whole Java process: the job, the cluster, garbage collection, and compilation.
    """

    rows: int
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Contender:
    """A process that runs jobs when it is told to."""

    name: str
    _numbers: IO[str]
    _measurements: IO[str]

    def run(self, rows: int) -> Measurement:
        """Run one job.

        Raises:
            RuntimeError: when the process has ended; what it printed has been seen.
        """
        self._numbers.write(f"{rows}\n")
        self._numbers.flush()
        line = self._measurements.readline()
        if not line:
            raise RuntimeError(f"the job {self.name!r} has failed: see above")
        return Measurement(rows, **json.loads(line))


@contextmanager
def contender(name: str, classes: Path) -> Iterator[Contender]:
    """Start a process, and end it when the block is left.

    Args:
        name: of a job of `worker.py`.
        classes: the directory of the compiled job.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(_PROJECT / "test" / "rows"),
        "PYTHONWARNINGS": "ignore",
        # The one variable that adds to the class path of Flink's Java process.
        "HADOOP_CLASSPATH": str(classes),
    }
    worker = [sys.executable, str(Path(__file__).parent / "worker.py"), name]
    with subprocess.Popen(
        worker, cwd=_PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process that was started with pipes has none")
        yield Contender(name, process.stdin, process.stdout)
        process.stdin.close()
