"""Reads events. Everything that can be wrong about one is refused before anything is called."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, get_args

from flink_deployer import names
from flink_deployer.engines import EngineName
from flink_deployer.errors import InvalidEvent
from flink_deployer.event import (
    STARTUP_MILLIS,
    STARTUP_MODE,
    Action,
    Deployment,
    DesiredStatement,
    Event,
    Options,
    State,
    Strategy,
    startup_properties,
)
from flink_deployer.fields import Fields, refuse
from flink_deployer.statement import CARRY_OVER
from flink_deployer.target import Target

_TARGET_KEYS = (
    "organization_id",
    "environment_id",
    "compute_pool_id",
    "principal_id",
    "cloud",
    "region",
    "rest_endpoint",
    "catalog",
    "database",
)
_COMMON_KEYS = ("schema_version", "role", "app", "target", "secret_arn", "options", "tf", "action")
_STATEMENT_KEYS = ("logical", "name", "sink", "strategy", "state", "start", "properties", "take_over")
_OPTION_KEYS = ("wait_timeout_s", "bake_s", "keep_previous", "dry_run", "redeploy_nonce")

_ASKED: tuple[Literal["deploy", "validate", "status", "delete"], ...] = ("deploy", "validate", "status", "delete")
_APP_NAME = r"[a-z](?:[a-z0-9-]{0,37}[a-z0-9])"
_STATEMENT_NAME = r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?"
_TIMESTAMP = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z"
_DIGEST = r"[0-9a-f]{64}"
_WAIT_LIMITS = (1, 840)
_BAKE_LIMITS = (0, 600)


def parse_event(value: object, environment: Mapping[str, str] = os.environ) -> Event:
    """Reads an event.

    Args:
        value: the decoded JSON.
        environment: `FLINK_REST_ENDPOINT` names another gateway than the event: a proxy, a private link on trial.

    Raises:
        InvalidEvent: a rule is broken.
    """
    role = _role(value)
    own = ("engine", "statements") if role == "deploy" else ()
    event = Fields(value, "", (*_COMMON_KEYS, *own))
    event.one("schema_version", 1)
    options = _options(event.object("options", _OPTION_KEYS))
    app = event.object("app", ("name", "pipeline", "pipeline_digest", "deploy_id") if own else ("name",))
    name = app.text("name", _APP_NAME, "use 2 to 39 lower-case letters, digits and hyphens, a letter first")
    action = _action(event, role)
    return Event(
        action="validate" if action == "deploy" and options.dry_run else action,
        app=name,
        target=_target(event.object("target", _TARGET_KEYS), environment),
        secret_arn=event.text(
            "secret_arn",
            r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+",
            "give the ARN of a Secrets Manager secret, never a value",
        ),
        options=options,
        deployment=_deployment(event, app, name, options) if own else None,
    )


def _role(value: object) -> Literal["deploy", "teardown"]:
    if not isinstance(value, Mapping):
        raise refuse("the event", value, "not a JSON object", "give an object")
    return Fields(value, "", tuple(map(str, value))).choice("role", ("deploy", "teardown"))


def _action(event: Fields, role: Literal["deploy", "teardown"]) -> Action:
    """Terraform's word wins; an event without any, such as a console's test event, must neither deploy nor delete."""
    if event.has("tf"):
        change = event.object("tf", ("action", "prev_input")).choice("action", ("create", "update", "delete"))
        if change == "delete":
            return "delete"
        return "deploy" if role == "deploy" else "preflight"
    if not event.has("action"):
        raise InvalidEvent("neither tf nor action is there", hint="add action: deploy, validate, status or delete")
    asked = event.choice("action", _ASKED)
    if role == "teardown" and asked in ("deploy", "validate"):
        raise refuse("action", asked, "not one of role teardown", "use status or delete, or role deploy")
    if asked == "status":
        return "status" if role == "deploy" else "preflight"
    return asked


def _options(fields: Fields) -> Options:
    nonce = fields.text("redeploy_nonce", r".{0,64}", "use up to 64 characters") if fields.has("redeploy_nonce") else ""
    return Options(
        wait_timeout_s=fields.seconds("wait_timeout_s", 240, _WAIT_LIMITS),
        bake_s=fields.seconds("bake_s", 20, _BAKE_LIMITS),
        keep_previous=fields.flag("keep_previous", False),
        dry_run=fields.flag("dry_run", False),
        redeploy_nonce=nonce,
    )


def _target(fields: Fields, environment: Mapping[str, str]) -> Target:
    word, host = r"[a-z0-9-]+", r"https://[^/?#@\s]+"
    endpoint = fields.text("rest_endpoint", host, "give https:// and a host, without a path")
    other = environment.get("FLINK_REST_ENDPOINT")
    if other:
        endpoint = Fields({"FLINK_REST_ENDPOINT": other}, "environment", ("FLINK_REST_ENDPOINT",)).text(
            "FLINK_REST_ENDPOINT", host, "give https:// and a host, without a path"
        )
    return Target(
        organization_id=fields.text("organization_id", r"[0-9a-f-]{36}", "give the organization's UUID"),
        environment_id=fields.text("environment_id", r"env-[a-z0-9]+", "give the environment's id, env-…"),
        compute_pool_id=fields.text("compute_pool_id", r"lfcp-[a-z0-9]+", "give the pool's id, lfcp-…"),
        principal_id=fields.text("principal_id", r"(?:sa|u|pool)-[a-z0-9]+", "give the principal's id, sa-…"),
        cloud=fields.text("cloud", r"[A-Za-z]+", "use AWS, AZURE or GCP"),
        region=fields.text("region", word, "give the pool's region, such as us-east-1"),
        rest_endpoint=endpoint,
        catalog=fields.text("catalog", r"\S(?:.*\S)?", "give the environment's display name, exactly"),
        database=fields.text("database", r"\S(?:.*\S)?", "give the cluster's display name, exactly"),
    )


def _deployment(event: Fields, app: Fields, app_name: str, options: Options) -> Deployment:
    digest = app.text("pipeline_digest", _DIGEST, "give the 64 hexadecimal digits that synthesis computes")
    statements = tuple(
        _statement(fields, app_name, digest, options) for fields in event.objects("statements", _STATEMENT_KEYS)
    )
    by_logical = {statement.logical: statement.name for statement in statements}
    if len({names.statement_stem(app_name, statement.logical) for statement in statements}) < len(statements):
        listed = [statement.logical for statement in statements]
        raise refuse(
            "statements", listed, "two have the same name but for the hash", "deploy each sink once, shorten sinks"
        )
    wanted = names.deploy_id(by_logical)
    if app.text("deploy_id", _DIGEST, "give the 64 hexadecimal digits that synthesis computes") != wanted:
        raise refuse("app.deploy_id", app.any("deploy_id"), f"the statements' is {wanted}", "synthesize again")
    return Deployment(
        engine=event.choice("engine", get_args(EngineName)),
        pipeline=app.text("pipeline", r"[a-z][a-z0-9_]*", "give the name of a directory of pipelines/"),
        pipeline_digest=digest,
        deploy_id=wanted,
        statements=statements,
    )


def _statement(fields: Fields, app: str, digest: str, options: Options) -> DesiredStatement:
    sink = fields.text("sink", r"[a-z][a-z0-9_]*", "give a table's name in lower-case letters, digits and underscores")
    logical = fields.text("logical", r"[a-z][a-z0-9-]*", "give the sink's name with hyphens")
    if logical != sink.replace("_", "-"):
        raise refuse(fields.at("logical"), logical, f"the sink is {sink}", f"use {sink.replace('_', '-')}")
    start = fields.text(
        "start", rf"earliest|latest|{_TIMESTAMP}", "use earliest, latest, or a time such as 2026-01-31T00:00:00Z"
    )
    try:
        startup_properties(start)
    except ValueError:
        raise refuse(fields.at("start"), start, "no such time", "use a time such as 2026-01-31T00:00:00Z") from None
    properties = _properties(fields)
    strategy: Strategy = fields.choice("strategy", get_args(Strategy))
    state: State = fields.choice("state", get_args(State))
    if state == "stateful" and strategy == "carry_over":
        remedy = (
            "use replace, blue_green or recreate: offsets without the state that belongs to them give wrong results"
        )
        raise refuse(fields.at("strategy"), strategy, "the statement is stateful", remedy)
    hash10 = names.statement_hash(
        logical=logical,
        pipeline_digest=digest,
        properties=properties,
        redeploy_nonce=options.redeploy_nonce,
        sink=sink,
        start=start,
    )
    wanted = names.statement_name(app, logical, hash10)
    name = fields.text("name", _STATEMENT_NAME, "use up to 100 lower-case letters, digits, dots and hyphens")
    if name != wanted:
        raise refuse(fields.at("name"), name, f"what the event says makes it {wanted}", "synthesize again")
    return DesiredStatement(
        logical=logical,
        name=name,
        sink=sink,
        strategy=strategy,
        state=state,
        start=start,
        properties=properties,
        take_over=_take_over(fields, app, strategy, state),
    )


def _properties(fields: Fields) -> Mapping[str, str]:
    properties = fields.texts("properties")
    path = fields.at("properties")
    own = {
        "sql.current-catalog",
        "sql.current-database",
        "sql.local-time-zone",
        STARTUP_MODE,
        STARTUP_MILLIS,
        CARRY_OVER,
    }
    for key, value in properties.items():
        if not key.startswith("sql."):
            raise refuse(f"{path}.{key}", value, "not a statement property", "use properties that begin with sql.")
        if key.startswith("sql.secrets"):
            raise InvalidEvent(
                f"{path}.{key} holds a secret", hint="keep secrets out of events, which Terraform stores"
            )
        if key in own:
            raise refuse(f"{path}.{key}", value, "the deployer sets it", "use target, start or take_over")
    return properties


def _take_over(fields: Fields, app: str, strategy: Strategy, state: State) -> str | None:
    if not fields.has("take_over"):
        return None
    other = fields.text("take_over", _STATEMENT_NAME, "give the name of the statement whose work is taken over")
    logical = str(fields.any("logical"))
    if state == "stateful" or strategy != "carry_over":
        remedy = "take over with a stateless statement and strategy carry_over"
        raise refuse(fields.at("take_over"), other, f"the statement is {state} with strategy {strategy}", remedy)
    if names.is_version_of(other, app, logical):
        raise refuse(fields.at("take_over"), other, "a version of the statement itself", "leave take_over out")
    return other
