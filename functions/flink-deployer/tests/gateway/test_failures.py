"""What goes wrong in the cloud, as the world's gateway shows it."""

from __future__ import annotations

import json
from threading import Barrier, Thread
from typing import Any

import pytest
from flink_deployer.errors import AuthError, DeployerError, PoolExhausted, StatementFailed, ValidationError
from flink_deployer.redaction import basic_value
from flink_deployer.target import Credentials
from flink_deployer.transport import HttpsTransport
from tests.support.events import deploy_event, statement, teardown_event
from tests.support.gateway import Gateway, Wire
from tests.support.world_scenarios import prepare, require_converged, scenario_named


def versions(gateway: Gateway, strategy: str = "carry_over") -> tuple[Any, Any, str, str]:
    """Two events of one application, and the names of their statements."""
    first, second, _ = gateway.versions
    old = deploy_event(statement(digest=first, strategy=strategy), digest=first)
    new = deploy_event(statement(digest=second, strategy=strategy), digest=second)
    return old, new, old["statements"][0]["name"], new["statements"][0]["name"]


def settled(gateway: Gateway, *wanted: str) -> dict[str, str]:
    """What is there once everything had time to go on."""
    for _ in range(4):
        for name in gateway.world.statements():
            gateway.api().get(name)
    found = gateway.world.statements()
    assert set(found) == set(wanted)
    return found


@pytest.mark.parametrize("strategy", ["carry_over", "replace", "recreate"])
def test_h11_a_failed_change_then_a_retry_then_a_revert_then_a_destroy(gateway: Gateway, strategy: str) -> None:
    """H-11: a life as Terraform leads it, one failure included."""
    before, after, old, new = versions(gateway, strategy)
    assert gateway.invoke(before)["statements"][0]["outcome"] == "created"
    assert gateway.invoke(before)["statements"][0]["outcome"] == "reused"
    gateway.world.fault("flink.statement", "fails", name=new, message="a row cannot be read", reads=2)
    with pytest.raises(StatementFailed, match="a row cannot be read"):
        gateway.invoke(after)
    assert settled(gateway, old) == {old: "RUNNING"}
    assert gateway.invoke(after)["statements"][0]["outcome"] == "replaced"
    assert settled(gateway, new) == {new: "RUNNING"}
    assert gateway.invoke(before)["statements"][0]["previous"] == new
    assert settled(gateway, old) == {old: "RUNNING"}
    gateway.invoke(teardown_event())
    assert gateway.world.statements() == {}


@pytest.mark.parametrize(
    ("mode", "error"), [("fails", StatementFailed), ("degrades", StatementFailed), ("exhausts", PoolExhausted)]
)
def test_each_fate_of_a_statement_is_an_error_and_the_old_one_runs(
    gateway: Gateway, mode: str, error: type[DeployerError]
) -> None:
    before, after, old, new = versions(gateway)
    gateway.invoke(before)
    gateway.world.fault("flink.statement", mode, name=new)
    with pytest.raises(error) as failure:
        gateway.invoke(after)
    assert old in failure.value.hint
    assert settled(gateway, old) == {old: "RUNNING"}


def test_a_table_that_flink_sees_late_is_waited_for(gateway: Gateway) -> None:
    before, _, old, _ = versions(gateway)
    gateway.world.settings(lateTables={"flight_avro": 2})
    gateway.invoke(before)
    assert settled(gateway, old) == {old: "RUNNING"}


def test_a_statement_that_nobody_may_see_is_absent(gateway: Gateway) -> None:
    before, after, _, new = versions(gateway)
    gateway.world.settings(absentIsForbidden=True)
    gateway.invoke(before)
    gateway.invoke(after)
    assert settled(gateway, new) == {new: "RUNNING"}
    gateway.invoke(teardown_event())
    assert gateway.world.statements() == {}


@pytest.mark.parametrize("operation", ["create", "get", "list", "update", "delete", "results", "exceptions"])
@pytest.mark.parametrize(("mode", "more"), [("refuse", {"status": 429, "retryAfter": 3}), ("drop", {})])
def test_every_call_is_tried_again(gateway: Gateway, operation: str, mode: str, more: dict[str, int]) -> None:
    before, after, _, new = versions(gateway)
    gateway.invoke(before)
    gateway.world.fault(f"flink.{operation}", mode, times=2, **more)
    gateway.invoke(after)
    assert settled(gateway, new) == {new: "RUNNING"}


def test_a_text_that_flink_does_not_take_changes_nothing(gateway: Gateway) -> None:
    before, after, old, _ = versions(gateway)
    gateway.invoke(before)
    directory = gateway.versions[after["app"]["pipeline_digest"]] / "flights" / "compiled" / "flight_avro.sql"
    text = directory.read_text()
    wire = Wire(gateway.connection)

    def break_text(method: str, _path: str) -> None:
        directory.write_text(text.replace("SELECT", "SELEC") if method == "GET" else text)

    wire.on_request = break_text
    try:
        with pytest.raises(ValidationError, match="SELEC"):
            gateway.invoke(after, wire=wire)
    finally:
        directory.write_text(text)
    assert settled(gateway, old) == {old: "RUNNING"}
    assert not [request for request in wire.requests if request.startswith("PUT")]


@pytest.mark.parametrize("name", ["carry_over: change", "replace: change", "recreate: change", "carry_over: first"])
def test_h03_two_invocations_at_once_give_each_statement_once(gateway: Gateway, name: str) -> None:
    """H-03: Terraform's provider invokes again when it loses a connection, while the first one still works."""
    scenario = scenario_named(gateway, name)
    for _ in range(5):
        prepare(gateway, scenario)
        barrier = Barrier(2)
        results: list[object] = []

        def work(barrier: Barrier = barrier, results: list[object] = results) -> None:
            connection = HttpsTransport(gateway.world.access["url"])
            barrier.wait()
            try:
                results.append(gateway.invoke(scenario.event, wire=Wire(connection)))
            except DeployerError as error:
                results.append(error)
            finally:
                connection.close()

        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [result for result in results if isinstance(result, DeployerError)] == []
        require_converged(gateway, scenario)


def test_a_key_that_is_gone_is_an_error_at_once(gateway: Gateway) -> None:
    before, *_ = versions(gateway)
    access = gateway.world.access
    wrong = Credentials(access["apiKey"], "not-the-secret-of-this-key")
    wire = Wire(gateway.connection)
    with pytest.raises(AuthError, match="401") as failure:
        gateway.invoke(before, wire=wire, secret={**gateway.world.secret, "flink.api.secret": wrong.api_secret})
    assert wire.count == 2
    assert wrong.api_secret not in str(failure.value)
    assert basic_value(wrong) not in str(failure.value)


def test_secrets_are_in_no_log_line_and_no_result(gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, _, new = versions(gateway)
    access = gateway.world.access
    gateway.world.fault("flink.statement", "fails", name=new)
    result = gateway.invoke(before)
    with pytest.raises(StatementFailed) as failure:
        gateway.invoke(after)
    deleted = gateway.invoke(teardown_event())
    text = capsys.readouterr().out + json.dumps([result, deleted]) + str(failure.value)
    assert access["apiSecret"] not in text
    assert basic_value(Credentials(access["apiKey"], access["apiSecret"])) not in text
    assert text.count('"event":"api_call"') > 50
