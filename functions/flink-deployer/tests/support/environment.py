"""An environment with one ever-growing topic: phases that take a few reads, offsets, and rows that are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from flink_deployer.errors import DeployerError
from flink_deployer.event import STARTUP_MODE
from flink_deployer.statement import Phase, Statement

_T = TypeVar("_T")


class Crash(BaseException):
    """The end of a process: nothing catches it."""


@dataclass
class Job:
    statement: Statement
    delay: int
    position: int | None = None
    gone_in: int | None = None


@dataclass
class Environment:
    """One environment with one ever-growing topic.

    Attributes:
        delay: reads that a change of phase takes.
        stale: lists in which a deleted statement is still there.
        fails: detail for each statement that cannot run, by what its name contains; `!` before it: at once.
        before: called before every operation with its number, from 1.
    """

    delay: int = 2
    stale: int = 1
    fails: dict[str, str] = field(default_factory=dict)
    thrown: dict[str, list[str] | DeployerError] = field(default_factory=dict)
    before: Callable[[int], None] = lambda _: None
    forbidden: bool = False
    may_not_delete: bool = False
    phases: dict[str, Phase] = field(default_factory=dict)
    scaling: dict[str, str] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    refuses: str = ""
    calls: int = 0
    rows: int = 0
    log: list[str] = field(default_factory=list)
    jobs: dict[str, Job] = field(default_factory=dict)
    written: dict[str, Counter[int]] = field(default_factory=dict)
    ghosts: dict[str, tuple[int, Statement]] = field(default_factory=dict)
    made: int = 0

    def running(self) -> dict[str, str]:
        """What runs, by name, with its text."""
        return {name: job.statement.sql for name, job in self.jobs.items() if job.statement.phase == "RUNNING"}

    def present(self) -> dict[str, str]:
        """What is there and not being deleted, by name, with its phase."""
        return {name: job.statement.phase for name, job in self.jobs.items() if job.gone_in is None}

    def put(self, name: str, phase: Phase, *, sql: str = "INSERT", labels: Mapping[str, str] | None = None) -> None:
        """Something that is there already."""
        self.made += 1
        made = Statement(
            name=name,
            phase=phase,
            sql=sql,
            labels=labels or {},
            compute_pool_id="lfcp-abc123",
            principal_id="sa-abc123",
            created_at=f"2026-01-01T00:00:{self.made:02d}Z",
        )
        self.jobs[name] = Job(made, delay=0, position=0)

    def force(self, name: str, phase: Phase, detail: str = "") -> None:
        """Something happens to a statement by itself."""
        self.jobs[name].statement = replace(self.jobs[name].statement, phase=phase, detail=detail)
        self.jobs[name].delay = self.delay

    def call(self, what: str, work: Callable[[], _T]) -> _T:
        self.calls += 1
        number = self.calls
        self.before(number)
        self._flow()
        self.log.append(what)
        return work()

    def _flow(self) -> None:
        """Another row arrives, and whatever runs writes what it has not yet."""
        self.rows += 1
        for job in self.jobs.values():
            if job.statement.phase == "RUNNING" and job.position is not None and "INSERT" in job.statement.sql:
                sink = job.statement.sql
                self.written.setdefault(sink.split()[-1], Counter()).update(range(job.position, self.rows))
                job.position = self.rows

    def progress(self, job: Job) -> None:
        statement = job.statement
        if statement.phase not in ("PENDING", "STOPPING"):
            return
        if statement.phase == "PENDING" and job.position is None and not self._may_start(job):
            return
        job.delay -= 1
        if job.delay > 0 or statement.name in self.scaling:
            return
        if statement.phase == "STOPPING":
            job.statement = replace(statement, phase="STOPPED")
            return
        if statement.sql.startswith("EXPLAIN"):
            self._explain(job)
            return
        detail = self._failure(statement.name)
        if detail:
            job.statement = replace(statement, phase="FAILED", detail=detail)
            return
        if job.position is None:
            job.position = self._start(statement)
        job.statement = replace(statement, phase=self.phases.get(statement.name, "RUNNING"))

    def _explain(self, job: Job) -> None:
        for part, detail in self.fails.items():
            if part.startswith("explain:") and part.removeprefix("explain:") in job.statement.sql:
                job.statement = replace(job.statement, phase="FAILED", detail=detail)
                return
        job.statement = replace(job.statement, phase="COMPLETED")

    def _failure(self, name: str) -> str:
        for part, left in self.late.items():
            if part in name and left > 0:
                self.late[part] = left - 1
                return "Cannot find table 'flight_avro'"
        return next((detail for part, detail in self.fails.items() if part in name), "")

    def _may_start(self, job: Job) -> bool:
        source = job.statement.source
        if source is None:
            return True
        other = self.jobs.get(source)
        if other is None or other.gone_in is not None:
            job.statement = replace(job.statement, phase="FAILED", detail=f"Referenced statement {source} is gone")
            return False
        return other.statement.phase == "STOPPED"

    def _start(self, statement: Statement) -> int:
        if statement.source is not None:
            return self.jobs[statement.source].position or 0
        return 0 if statement.properties[STARTUP_MODE] == "earliest-offset" else self.rows

    def shown(self, job: Job) -> Statement:
        offsets = {} if job.position is None else {"topic": f"partition:0,offset:{job.position}"}
        scaling = self.scaling.get(job.statement.name, "")
        return replace(job.statement, latest_offsets=offsets, scaling_status=scaling)
