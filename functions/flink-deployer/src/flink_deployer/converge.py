"""Brings one statement to where it is wanted: look, decide, do one thing, look again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer import names
from flink_deployer.errors import ConflictError, DeployerError, StatementFailed
from flink_deployer.late_table import LATE_TABLE_PATIENCE_S, is_late_table
from flink_deployer.next_step import next_step
from flink_deployer.ports import NameNotFreeError
from flink_deployer.run import Pause, Run
from flink_deployer.statement import Draft, Statement, app_label
from flink_deployer.steps import Create, Delete, Done, Fail, Resume, Stop, Wait

if TYPE_CHECKING:
    from flink_deployer.event import DesiredStatement
    from flink_deployer.texts import Texts

_MAX_CHANGES = 50
_SHOWN_EXCEPTIONS = 3
_LATE_TABLE_PAUSE_S = 10.0


def converge(run: Run, desired: DesiredStatement, texts: Texts) -> None:
    """Works until the statement runs.

    Raises:
        StatementFailed, PoolExhausted, ConflictError, ValidationError: it cannot; the old version is still there.
        DeployTimeout, UpstreamUnavailable: it does not yet.
    """
    _Convergence(run, desired, texts).run()


class _Convergence:
    def __init__(self, run: Run, desired: DesiredStatement, texts: Texts) -> None:
        self._run = run
        self._desired = desired
        self._texts = texts
        self._pause = Pause(run)
        self._started = run.clock.now()
        self._attempt = 1
        self._changes = 0

    def run(self) -> None:
        while True:
            group = self._run.inventory.group(self._desired)
            step = next_step(group, self._run.event.target, self._run.history)
            match step:
                case Done():
                    return
                case Wait(reason):
                    self._pause(reason)
                case Fail(error):
                    if isinstance(error, StatementFailed) and group.current is not None:
                        self._retry_late_table(group.current, error)
                    else:
                        raise error
                case Create() | Stop() | Resume() | Delete():
                    self._change(step)

    def _change(self, step: Create | Stop | Resume | Delete) -> None:
        self._changes += 1
        if self._changes > _MAX_CHANGES:
            raise ConflictError(
                f"{_MAX_CHANGES} changes were not enough: somebody else changes the same statements",
                statement=self._desired.name,
                hint="end the other one and apply again",
            )
        api, target, history = self._run.api, self._run.event.target, self._run.history
        self._run.log("step", step=type(step).__name__.lower(), statement=getattr(step, "name", self._desired.name))
        match step:
            case Create(source):
                self._create(source)
            case Stop(name):
                api.stop(name)
            case Resume(name):
                api.resume(name, compute_pool_id=target.compute_pool_id, principal_id=target.principal_id)
                history.resumed.add(name)
            case Delete(name):
                api.delete(name)
                self._run.wait_until_gone({name})
                history.forget(name)
        self._pause.reset()

    def _create(self, source: str | None) -> None:
        target, app = self._run.event.target, self._run.event.app
        draft = Draft(
            name=names.attempt_name(self._desired.name, self._attempt),
            sql=self._texts.of(self._desired),
            properties=self._desired.submitted_properties(target, source),
            labels={app_label(app): "true"},
            compute_pool_id=target.compute_pool_id,
            principal_id=target.principal_id,
        )
        self._run.inventory.add(draft.name)
        self._run.history.created.add(draft.name)
        try:
            self._run.api.create(draft)
        except NameNotFreeError:
            self._run.history.created.discard(draft.name)
            self._pause(f"{draft.name} is being deleted, and its name is needed")

    def _retry_late_table(self, statement: Statement, error: StatementFailed) -> None:
        """Tries again under another name: the failed statement holds its own until it is gone."""
        elapsed = self._run.clock.now() - self._started
        created = statement.name in self._run.history.created
        is_late = created and is_late_table(statement.detail) and elapsed < LATE_TABLE_PATIENCE_S
        if not is_late or self._attempt == names.MAX_ATTEMPT:
            raise with_exceptions(self._run, error)
        self._run.warnings.append(f"{statement.name}: Flink did not see a table yet; tried again: {statement.detail}")
        self._run.api.delete(statement.name)
        self._run.deadline.pause(_LATE_TABLE_PAUSE_S, f"{statement.name}: {statement.detail}")
        self._attempt += 1


def with_exceptions(run: Run, error: StatementFailed) -> StatementFailed:
    """Adds what the job threw to what its status says. What is wrong stays the same when that cannot be read."""
    try:
        thrown = run.api.exceptions(error.statement)[:_SHOWN_EXCEPTIONS]
    except DeployerError as unread:
        run.log("exceptions_unread", **unread.document())
        return error
    if not thrown:
        return error
    message = f"{error.message}; thrown: {' | '.join(thrown)}"
    return StatementFailed(message, statement=error.statement, hint=error.hint, request_id=error.request_id)
