"""Every rule of an event, with the wrong form that it refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flink_deployer import names
from flink_deployer.errors import InvalidEvent
from flink_deployer.event_parser import parse_event
from flink_deployer.statement import CARRY_OVER
from tests.support.events import deploy_event, statement, teardown_event

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "contract" / "names.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["deploy_id"][:8])
def test_names_are_those_that_synthesis_computes(vector: dict[str, Any]) -> None:
    given = vector["input"]
    if "statements" in given:
        assert names.deploy_id(given["statements"]) == vector["deploy_id"]
        return
    hash10 = names.statement_hash(**{key: value for key, value in given.items() if key != "app"})
    name = names.statement_name(given["app"], given["logical"], hash10)
    assert (hash10, name) == (vector["hash10"], vector["name"])
    assert names.deploy_id({given["logical"]: name}) == vector["deploy_id"]
    assert len(names.attempt_name(name, names.MAX_ATTEMPT)) <= 100


def test_h17_another_pipeline_gives_another_name_and_another_deploy() -> None:
    """H-17: new code with an unchanged input would never be deployed."""
    old, new = deploy_event(digest="a" * 64), deploy_event(digest="b" * 64)
    assert old["statements"][0]["name"] != new["statements"][0]["name"]
    assert old["app"]["deploy_id"] != new["app"]["deploy_id"]


def test_h09_catalog_and_database_keep_their_case() -> None:
    """H-09: display names are case-sensitive; lower-casing them cannot work."""
    event = parse_event(deploy_event(), {})
    assert event.deployment is not None
    properties = event.deployment.statements[0].submitted_properties(event.target, None)
    assert properties["sql.current-catalog"] == "Lakehouse"
    assert properties["sql.current-database"] == "Flights"


@pytest.mark.parametrize(
    ("start", "mode", "millis"),
    [
        ("earliest", "earliest-offset", None),
        ("latest", "latest-offset", None),
        ("2026-01-31T00:00:00.5Z", "timestamp", "1769817600500"),
    ],
)
def test_a_start_becomes_properties_and_a_source_takes_their_place(start: str, mode: str, millis: str | None) -> None:
    event = parse_event(deploy_event(statement(start=start)), {})
    assert event.deployment is not None
    desired = event.deployment.statements[0]
    begun = desired.submitted_properties(event.target, None)
    assert begun["sql.tables.scan.startup.mode"] == mode
    assert begun.get("sql.tables.scan.startup.timestamp-millis") == millis
    carried = desired.submitted_properties(event.target, "flights-old")
    assert carried[CARRY_OVER] == "flights-old"
    assert not [key for key in carried if "startup" in key]


@pytest.mark.parametrize(
    ("change", "action"),
    [
        ({"tf": {"action": "create", "prev_input": None}}, "deploy"),
        ({"tf": {"action": "update", "prev_input": {"any": 1}}}, "deploy"),
        ({"tf": {"action": "delete", "prev_input": {}}, "action": "deploy"}, "delete"),
        ({"action": "validate"}, "validate"),
        ({"action": "status"}, "status"),
        ({"action": "delete"}, "delete"),
    ],
)
def test_terraforms_word_wins(change: dict[str, Any], action: str) -> None:
    assert parse_event({**deploy_event(), **change}, {}).action == action


@pytest.mark.parametrize(("word", "action"), [("create", "preflight"), ("update", "preflight"), ("delete", "delete")])
def test_a_teardown_does_nothing_until_it_deletes(word: str, action: str) -> None:
    event = parse_event(teardown_event(word), {})
    assert (event.action, event.deployment) == (action, None)


def test_a_dry_run_validates() -> None:
    assert parse_event(deploy_event(dry_run=True), {}).action == "validate"


def test_another_endpoint_can_be_named_for_the_function() -> None:
    event = parse_event(deploy_event(), {"FLINK_REST_ENDPOINT": "https://127.0.0.1:8443"})
    assert event.target.rest_endpoint == "https://127.0.0.1:8443"
    with pytest.raises(InvalidEvent, match="FLINK_REST_ENDPOINT is"):
        parse_event(deploy_event(), {"FLINK_REST_ENDPOINT": "http://127.0.0.1"})


def _set(path: str, value: Any) -> Callable[[Any], None]:
    def change(event: Any) -> None:
        *way, last = path.split(".")
        for step in way:
            event = event[int(step)] if step.isdigit() else event[step]
        event[last] = value

    return change


def _drop(path: str) -> Callable[[Any], None]:
    def change(event: Any) -> None:
        *way, last = path.split(".")
        for step in way:
            event = event[int(step)] if step.isdigit() else event[step]
        del event[last]

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("extra", 1), "extra is 1: unknown key"),
        (_set("app.extra", 1), "app.extra"),
        (_set("target.extra", 1), "target.extra"),
        (_set("options.extra", 1), "options.extra"),
        (_set("statements.0.extra", 1), r"statements\[0\].extra"),
        (_set("tf", {"action": "create", "more": 1}), "tf.more"),
        (_set("schema_version", 2), "schema_version is 2"),
        (_set("schema_version", True), "schema_version is true"),
        (_set("role", "admin"), 'role is \\\\"admin'),
        (_set("engine", "sql"), "engine"),
        (_set("action", "destroy"), "action"),
        (_drop("action"), "neither tf nor action"),
        (_drop("secret_arn"), "secret_arn is missing"),
        (_set("secret_arn", "hunter2"), "secret_arn"),
        (_set("app.name", "Flights"), "app.name"),
        (_set("app.name", "flights-"), "app.name"),
        (_set("app.name", 7), "app.name is 7: not a string"),
        (_set("app.pipeline_digest", "abc"), "app.pipeline_digest"),
        (_set("app.pipeline_digest", "b" * 64), r"statements\[0\].name"),
        (_set("app.deploy_id", "b" * 64), "app.deploy_id"),
        (_set("target.rest_endpoint", "http://flink"), "target.rest_endpoint"),
        (_set("target.catalog", " "), "target.catalog"),
        (_set("target.environment_id", ""), "target.environment_id"),
        (_set("target", []), "target is \\[\\]: not a JSON object"),
        (_set("statements", []), "statements"),
        (_set("statements", [1]), r"statements\[0\]"),
        (_set("statements.0.logical", "other"), r"statements\[0\].logical"),
        (_set("statements.0.sink", "Flight-Avro"), r"statements\[0\].sink"),
        (_set("statements.0.strategy", "hope"), r"statements\[0\].strategy"),
        (_set("statements.0.state", "stateful"), r"statements\[0\].strategy is \\\\?\"carry_over"),
        (_set("statements.0.start", "yesterday"), r"statements\[0\].start"),
        (_set("statements.0.start", "2026-13-31T00:00:00Z"), r"statements\[0\].start.*no such time"),
        (_set("statements.0.name", "flights-flight-avro-0000000000"), r"statements\[0\].name"),
        (_set("statements.0.properties", {"k": "v"}), r"properties.k"),
        (_set("statements.0.properties", {"sql.k": 1}), r"properties.sql.k"),
        (_set("statements.0.properties", {"sql.secrets.k": "v"}), r"sql.secrets.k holds a secret"),
        (_set("statements.0.properties", {CARRY_OVER: "v"}), "the deployer sets it"),
        (_set("statements.0.properties", []), "properties"),
        (_set("options.wait_timeout_s", 0), "options.wait_timeout_s"),
        (_set("options.wait_timeout_s", 841), "options.wait_timeout_s"),
        (_set("options.bake_s", True), "options.bake_s"),
        (_set("options.keep_previous", "no"), "options.keep_previous"),
        (_set("options.redeploy_nonce", "n"), r"statements\[0\].name"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_path_and_a_remedy(change: Callable[[Any], None], message: str) -> None:
    event = copy.deepcopy(deploy_event())
    change(event)
    with pytest.raises(InvalidEvent, match=message) as refusal:
        parse_event(event, {})
    assert refusal.value.hint
    assert not refusal.value.retryable


@pytest.mark.parametrize("event", [None, [], "deploy", 7, {}])
def test_an_event_of_a_console_is_no_deploy(event: object) -> None:
    with pytest.raises(InvalidEvent):
        parse_event(event, {})


def test_two_statements_of_one_sink_are_refused() -> None:
    with pytest.raises(InvalidEvent, match="same name but for the hash"):
        parse_event(deploy_event(statement(), statement()), {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"take_over": "tf-old", "strategy": "replace"},
        {"take_over": "tf-old", "strategy": "replace", "state": "stateful"},
        {"take_over": "flights-flight-avro-0123456789"},
        {"take_over": "Not A Name"},
    ],
)
def test_a_take_over_needs_carry_over_and_a_stranger(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidEvent, match="take_over"):
        parse_event(deploy_event(statement(**wrong)), {})


@pytest.mark.parametrize("action", ["deploy", "validate"])
def test_a_teardown_does_not_deploy(action: str) -> None:
    event = teardown_event()
    del event["tf"]
    with pytest.raises(InvalidEvent, match="role teardown"):
        parse_event({**event, "action": action}, {})
