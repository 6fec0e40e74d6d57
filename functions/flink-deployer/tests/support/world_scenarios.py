"""Scenarios on the world's gateway: the ones that differ in what is called."""

from __future__ import annotations

from tests.support.gateway import Gateway
from tests.support.scenarios import OUTSIDE, Scenario, scenarios

NAMES = (
    "carry_over: first",
    "carry_over: change",
    "carry_over: revert with the previous kept",
    "carry_over: hand-over",
    "replace: change",
    "recreate: change",
    "blue_green: another table",
)


LOSSES = ("carry_over: change", "carry_over: hand-over", "recreate: change")


def scenario_named(gateway: Gateway, name: str) -> Scenario:
    """The scenario, with the digests of pipelines that exist."""
    first, second, _ = gateway.versions
    return next(one for one in scenarios(first, second) if one.name == name)


def prepare(gateway: Gateway, scenario: Scenario) -> None:
    """Makes the world what it is before the change."""
    gateway.reset()
    if scenario.outside:
        gateway.submit(OUTSIDE)
    if scenario.before is not None:
        gateway.invoke(scenario.before)


def require_converged(gateway: Gateway, scenario: Scenario) -> None:
    """One RUNNING statement for each logical id, and nothing else but what is to be kept."""
    found = gateway.world.statements()
    wanted = scenario.wanted.values()
    extra = {name: phase for name, phase in found.items() if name not in wanted}
    assert {name: found.get(name) for name in wanted} == dict.fromkeys(wanted, "RUNNING")
    if scenario.outside:
        assert extra.pop(OUTSIDE) == "STOPPED"
    kept = [["STOPPED"], []] if scenario.event["options"]["keep_previous"] else [[]]
    assert list(extra.values()) in kept, extra
