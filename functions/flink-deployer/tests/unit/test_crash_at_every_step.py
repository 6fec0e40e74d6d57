"""The process ends before or after any call; the next one finishes the work. Before one is after the one before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flink_deployer.errors import StatementFailed
from tests.support.confluent import Crash, FakeStatements
from tests.support.events import APP, DIGEST_A, DIGEST_B, deploy_event, statement, teardown_event
from tests.support.runs import invoke
from tests.support.scenarios import OUTSIDE, Scenario, scenarios
from tests.support.worlds import crashed, cut_off, prepared, require_converged, unhindered

ALL = scenarios()
_MOST_CALLS = 400


@pytest.mark.parametrize("delay", [0, 3])
@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name)
def test_h22_a_deploy_that_was_cut_off_is_finished_by_the_next(
    scenario: Scenario, delay: int, count_crash: Callable[[str], None]
) -> None:
    """H-22: whoever invokes again, Terraform or the provider's retry, gets one statement for each logical id."""
    exactly_once = scenario.name.startswith("carry_over")
    for api in crashed(scenario, scenario.event, delay):
        invoke(api, scenario.event)
        require_converged(api, scenario, exactly_once=exactly_once)
        count_crash("deploy")


@pytest.mark.parametrize("scenario", [one for one in ALL if one.before is not None], ids=lambda one: one.name)
def test_a_cut_off_change_that_is_given_up_is_undone(scenario: Scenario, count_crash: Callable[[str], None]) -> None:
    undone = Scenario(scenario.name, scenario.event, scenario.before)
    exactly_once = scenario.name.startswith("carry_over")
    for api in crashed(scenario, scenario.event, 2):
        invoke(api, undone.event)
        require_converged(api, undone, exactly_once=exactly_once)
        count_crash("undone")


@pytest.mark.parametrize("scenario", [one for one in ALL if one.before is not None], ids=lambda one: one.name)
def test_a_cut_off_change_is_superseded_by_a_third(scenario: Scenario, count_crash: Callable[[str], None]) -> None:
    if "blue_green" in scenario.name:
        third = deploy_event(
            statement("stats_avro", digest="c" * 64, strategy="blue_green", state="stateful"), digest="c" * 64
        )
    else:
        strategy = scenario.name.partition(":")[0]
        third = deploy_event(statement(digest="c" * 64, strategy=strategy), digest="c" * 64)
    last = Scenario(scenario.name, scenario.event, third)
    for api in crashed(scenario, scenario.event, 2):
        invoke(api, third)
        require_converged(api, last, exactly_once=scenario.name.startswith("carry_over"))
        count_crash("superseded")


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name)
def test_a_destroy_that_was_cut_off_is_finished_by_the_next(
    scenario: Scenario, count_crash: Callable[[str], None]
) -> None:
    ready = Scenario(scenario.name, scenario.event, None, outside=scenario.outside)
    others = {OUTSIDE: "STOPPED"} if scenario.outside else {}
    for api in crashed(ready, teardown_event(), 2):
        invoke(api, teardown_event())
        assert api.present() == others
        count_crash("destroy")


@pytest.mark.parametrize("strategy", ["carry_over", "replace", "recreate"])
def test_a_rollback_that_was_cut_off_leaves_something_that_converges(
    strategy: str, count_crash: Callable[[str], None]
) -> None:
    a = deploy_event(statement(digest=DIGEST_A, strategy=strategy), digest=DIGEST_A)
    b = deploy_event(statement(digest=DIGEST_B, strategy=strategy), digest=DIGEST_B)
    new = b["statements"][0]["name"]
    for then in (a, b):
        for number in range(_MOST_CALLS):
            api = prepared(Scenario(strategy, a, b), 2)
            api.fails = {new: "a row cannot be read"}
            cut_off(api, number)
            try:
                with pytest.raises(StatementFailed):
                    invoke(api, b)
                break
            except Crash:
                api.before = unhindered
                api.fails = {}
                invoke(api, then)
                require_converged(api, Scenario(strategy, a, then), exactly_once=strategy == "carry_over")
                count_crash("rollback")
        else:
            raise AssertionError("the deployment does not end")


def test_helpers_of_a_crash_are_cleaned_up() -> None:
    api = FakeStatements()
    labels = {f"user.confluent.io/{APP}": "true", "user.confluent.io/hidden": "true"}
    invoke(api, deploy_event())
    api.put(f"{APP}-explain-0123456789abcdef", "COMPLETED", sql="EXPLAIN", labels=labels)
    invoke(api, deploy_event())
    assert list(api.present()) == [deploy_event()["statements"][0]["name"]]
