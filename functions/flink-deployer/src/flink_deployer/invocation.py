"""One invocation from event to result: builds the parts, chooses the action, and lets no secret out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flink_deployer.clock import Deadline, SystemClock
from flink_deployer.deploy import deploy, validate
from flink_deployer.engines import EngineName, load_engine
from flink_deployer.errors import DeployerError, InternalError, InvalidEvent
from flink_deployer.event_parser import parse_event
from flink_deployer.history import History
from flink_deployer.inventory import Inventory
from flink_deployer.late_table import when_seen
from flink_deployer.logs import JsonLines
from flink_deployer.pipelines import Pipeline, load_pipeline, pipelines_directory
from flink_deployer.redaction import Redactor
from flink_deployer.rest_client import RestClient
from flink_deployer.run import Run
from flink_deployer.secrets import CachedSecrets, SecretsManager
from flink_deployer.statements_api import RestStatementsApi
from flink_deployer.status import status
from flink_deployer.teardown import delete, preflight
from flink_deployer.texts import Texts
from flink_deployer.transport import HttpsTransport, Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from flink_deployer.event import Deployment, Event
    from flink_deployer.ports import Clock, Engine, Secrets
    from flink_deployer.target import Credentials


class LambdaContext(Protocol):
    """The part of Lambda's context that is used."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """What the invocation has left."""
        ...


@dataclass(slots=True)
class Deployer:
    """What one function keeps between invocations, and what tests replace.

    Attributes:
        clock: time.
        secrets: the key's source.
        connect: opens a connection to an endpoint.
        engine: makes an engine by its name; not called unless a text is needed.
        pipelines: directory of the pipelines.
        is_cold: whether no invocation was before.
    """

    clock: Clock
    secrets: Secrets
    connect: Callable[[str], Transport]
    engine: Callable[[EngineName], Engine]
    pipelines: Callable[[], Path]
    is_cold: bool = True

    def invoke(self, event: object, context: LambdaContext) -> Mapping[str, object]:
        """Carries an event out.

        Raises:
            DeployerError: whatever went wrong; its text is one line of JSON without secrets.
        """
        redact = Redactor()
        log = JsonLines(redact)
        try:
            return self._carry_out(event, context, redact, log)
        except DeployerError as error:
            problem: DeployerError = error
        except Exception as error:  # noqa: BLE001 - the boundary: a defect too is one line without secrets
            problem = InternalError(f"{type(error).__name__}: {error}", hint="report this with the function's log")
        shown = problem.redacted(redact, request_id=context.aws_request_id)
        log("error", **shown.document())
        raise shown

    def _carry_out(
        self, value: object, context: LambdaContext, redact: Redactor, log: JsonLines
    ) -> Mapping[str, object]:
        started, was_cold, self.is_cold = self.clock.now(), self.is_cold, False
        event = parse_event(value)
        deadline = Deadline(self.clock, event.options.wait_timeout_s, context.get_remaining_time_in_millis() / 1000)
        log("invocation", action=event.action, app=event.app, request_id=context.aws_request_id, cold_start=was_cold)
        desired = event.deployment.statements if event.deployment is not None else ()

        def credentials(refresh: bool = False) -> Credentials:
            key = self.secrets.credentials(event.secret_arn, event.target, refresh=refresh)
            redact.learn(key)
            return key

        pipeline_texts = self._texts(event, event.deployment, credentials, deadline)
        client = RestClient(self.connect(event.target.rest_endpoint), credentials, self.clock, deadline, log)
        api = RestStatementsApi(client, event.target)
        inventory = Inventory(api, event.app, desired)
        run = Run(event, api, self.clock, deadline, log, History(self.clock), inventory)
        content = _act(run, event.deployment, pipeline_texts)
        return {
            "schema_version": 1,
            "ok": True,
            "action": event.action,
            "app": event.app,
            **content,
            "duration_ms": round((self.clock.now() - started) * 1000),
            "cold_start": was_cold,
        }

    def _texts(
        self,
        event: Event,
        deployment: Deployment | None,
        credentials: Callable[[], Credentials],
        deadline: Deadline,
    ) -> Texts | None:
        """Makes sure that the function's content is the event's before anything is called."""
        if deployment is None or event.action not in ("deploy", "validate"):
            return None
        pipeline = load_pipeline(self.pipelines(), deployment.pipeline)
        _require_content(pipeline, deployment)

        def render() -> Mapping[str, str]:
            engine = self.engine(deployment.engine)
            return when_seen(lambda: engine.render(pipeline, event.target, credentials()), self.clock, deadline)

        return Texts(render)


def _act(run: Run, deployment: Deployment | None, texts: Texts | None) -> Mapping[str, object]:
    action = run.event.action
    if action == "delete":
        return delete(run)
    if deployment is None:
        return preflight(run)
    if texts is None:
        return status(run, deployment)
    return deploy(run, deployment, texts) if action == "deploy" else validate(run, deployment, texts)


def _require_content(pipeline: Pipeline, deployment: Deployment) -> None:
    found = pipeline.digest(deployment.engine)
    if found != deployment.pipeline_digest:
        raise InvalidEvent(
            f"app.pipeline_digest is {deployment.pipeline_digest}, the function's {pipeline.name} has {found}",
            hint="update the function's code first: its code and the event come from one synthesis",
        )
    states = {sink.table: sink.state for sink in pipeline.sinks}
    for index, statement in enumerate(deployment.statements):
        if statement.sink not in states:
            raise InvalidEvent(
                f"statements[{index}].sink is {statement.sink}, {pipeline.name} writes {', '.join(sorted(states))}",
                hint="take sinks from pipeline.json",
            )
        if states[statement.sink] != statement.state:
            raise InvalidEvent(
                f"statements[{index}].state is {statement.state}, {pipeline.name}/pipeline.json says otherwise",
                hint=f"use {states[statement.sink]}, or correct pipeline.json",
            )


def lambda_deployer() -> Deployer:
    """The deployer as it runs in Lambda."""
    clock = SystemClock()
    secrets = CachedSecrets(SecretsManager(), clock)
    return Deployer(clock, secrets, HttpsTransport, load_engine, pipelines_directory)
