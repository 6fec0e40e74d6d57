"""Confluent as the port of the deployer shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flink_deployer.errors import AuthError, ConflictError, DeployerError, ValidationError
from flink_deployer.ports import NameNotFreeError
from flink_deployer.statement import Draft, Statement, app_label
from tests.support.environment import Crash, Environment, Job

__all__ = ["Crash", "FakeStatements"]


@dataclass
class FakeStatements(Environment):
    """The statements of one environment."""

    def list(self, app: str) -> Sequence[Statement]:
        def work() -> Sequence[Statement]:
            if self.forbidden:
                raise AuthError("the key may not do this (403)")
            shown = [job.statement for job in self.jobs.values()]
            for name, (left, ghost) in list(self.ghosts.items()):
                if left > 0 and name not in self.jobs:
                    shown.append(ghost)
                self.ghosts[name] = (left - 1, ghost)
            mine = [
                one for one in shown if app_label(app) in one.labels or one.name.startswith(f"{app}-") or one.is_look_up
            ]
            return sorted(mine, key=lambda one: one.name)

        return self.call(f"list {app}", work)

    def get(self, name: str) -> Statement | None:
        def work() -> Statement | None:
            job = self.jobs.get(name)
            if job is None:
                return None
            if job.gone_in is not None:
                job.gone_in -= 1
                if job.gone_in < 0:
                    self.ghosts[name] = (self.stale, replace(job.statement, phase="RUNNING"))
                    del self.jobs[name]
                    return None
            else:
                self.progress(job)
            return self.shown(job)

        return self.call(f"get {name}", work)

    def create(self, draft: Draft) -> Statement:
        def work() -> Statement:
            existing = self.jobs.get(draft.name)
            if existing is not None:
                if existing.gone_in is not None:
                    raise NameNotFreeError(draft.name)
                if existing.statement.sql != draft.sql:
                    raise ConflictError("it has another text", statement=draft.name)
                return self.shown(existing)
            if self.refuses and self.refuses in draft.name:
                raise ValidationError("refused (400): no", statement=draft.name)
            self.made += 1
            is_query = draft.sql.startswith("EXPLAIN")
            made = Statement(
                name=draft.name,
                phase="PENDING",
                sql=draft.sql,
                properties=dict(draft.properties),
                labels=dict(draft.labels),
                compute_pool_id=draft.compute_pool_id,
                principal_id=draft.principal_id,
                uid=f"uid-{self.made}",
                created_at=f"2026-01-01T00:00:{self.made:02d}Z",
            )
            job = Job(made, delay=self.delay)
            self.jobs[draft.name] = job
            for part, detail in self.fails.items():
                if detail.startswith("!") and part in draft.name and not is_query:
                    job.statement = replace(made, phase="FAILED", detail=detail[1:])
            return self.shown(job)

        return self.call(f"create {draft.name}", work)

    def stop(self, name: str) -> None:
        def work() -> None:
            job = self.jobs.get(name)
            if job is not None and job.statement.phase in ("RUNNING", "PENDING", "DEGRADED"):
                job.statement = replace(job.statement, phase="STOPPING")
                job.delay = self.delay

        self.call(f"stop {name}", work)

    def resume(self, name: str, *, compute_pool_id: str, principal_id: str) -> None:
        def work() -> None:
            job = self.jobs.get(name)
            if job is not None and job.statement.phase in ("STOPPED", "STOPPING"):
                moved = replace(job.statement, compute_pool_id=compute_pool_id, principal_id=principal_id)
                job.statement = replace(moved, phase="PENDING")
                job.delay = self.delay

        self.call(f"resume {name}", work)

    def delete(self, name: str) -> None:
        def work() -> None:
            job = self.jobs.get(name)
            if job is not None and job.gone_in is None and not self.may_not_delete:
                job.gone_in = self.delay
                job.statement = replace(job.statement, phase="DELETING")

        self.call(f"delete {name}", work)

    def results(self, name: str) -> Sequence[Sequence[str | None]]:
        return self.call(f"results {name}", lambda: [["== Physical Plan ==", None]])

    def exceptions(self, name: str) -> Sequence[str]:
        def work() -> Sequence[str]:
            found = self.thrown.get(name, [])
            if isinstance(found, DeployerError):
                raise found
            return found

        return self.call(f"exceptions {name}", work)
