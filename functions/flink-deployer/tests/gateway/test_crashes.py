"""The deployer against the world's gateway, cut off after every request, and with every answer lost once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.support.confluent import Crash
from tests.support.events import teardown_event
from tests.support.gateway import Gateway, Wire
from tests.support.scenarios import Scenario, scenarios
from tests.support.world_scenarios import LOSSES, NAMES, prepare, require_converged, scenario_named

_MOST_REQUESTS = 200


@pytest.mark.parametrize("name", NAMES)
def test_h22_a_deploy_that_was_cut_off_is_finished_by_the_next(
    gateway: Gateway, name: str, count_crash: Callable[[str], None]
) -> None:
    """H-22: whoever invokes again gets one RUNNING statement for each logical id, and nothing beside it."""
    scenario = scenario_named(gateway, name)
    for number in range(_MOST_REQUESTS):
        prepare(gateway, scenario)
        try:
            gateway.invoke(scenario.event, wire=Wire(gateway.connection, dies_after=number))
            break
        except Crash:
            gateway.invoke(scenario.event)
            require_converged(gateway, scenario)
            count_crash("gateway deploy")
    else:
        raise AssertionError("the deployment does not end")


@pytest.mark.parametrize("name", LOSSES)
def test_h22_an_answer_that_is_lost_changes_nothing(
    gateway: Gateway, name: str, count_crash: Callable[[str], None]
) -> None:
    """H-22: what was done without an answer is adopted, within the same invocation."""
    scenario = scenario_named(gateway, name)
    for number in range(1, _MOST_REQUESTS):
        prepare(gateway, scenario)
        wire = Wire(gateway.connection, loses=number)
        gateway.invoke(scenario.event, wire=wire)
        if wire.count < number:
            break
        require_converged(gateway, scenario)
        count_crash("gateway answer lost")
    else:
        raise AssertionError("the deployment does not end")


def test_a_destroy_that_was_cut_off_is_finished_by_the_next(
    gateway: Gateway, count_crash: Callable[[str], None]
) -> None:
    scenario = scenario_named(gateway, "carry_over: two statements")
    for number in range(_MOST_REQUESTS):
        prepare(gateway, Scenario("", scenario.event, None))
        try:
            gateway.invoke(teardown_event(), wire=Wire(gateway.connection, dies_after=number))
            break
        except Crash:
            gateway.invoke(teardown_event())
            assert gateway.world.statements() == {}
            count_crash("gateway destroy")
    else:
        raise AssertionError("the destroy does not end")


def test_every_strategy_is_among_the_scenarios() -> None:
    assert {name.partition(":")[0] for name in NAMES} == {"carry_over", "replace", "blue_green", "recreate"}
    assert set(NAMES) <= {scenario.name for scenario in scenarios()}
