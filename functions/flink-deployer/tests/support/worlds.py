"""Confluent before a change, cut-off invocations, and what must be there at the end."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache

from tests.support.confluent import Crash, FakeStatements
from tests.support.runs import invoke
from tests.support.scenarios import OUTSIDE, Scenario

_MOST_CALLS = 400


def prepared(scenario: Scenario, delay: int) -> FakeStatements:
    """Confluent as it is before the change."""
    return copy.deepcopy(_prepared(scenario.name, delay, _Box(scenario)))


class _Box:
    """Carries a scenario past the cache, which knows it by its name."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Box) and self.scenario == other.scenario

    def __hash__(self) -> int:
        return hash(self.scenario.name)


@cache
def _prepared(_name: str, delay: int, box: _Box) -> FakeStatements:
    api = FakeStatements(delay=delay)
    if box.scenario.outside:
        api.put(OUTSIDE, "RUNNING", sql="INSERT old flight_avro")
    if box.scenario.before is not None:
        invoke(api, box.scenario.before)
    api.calls = 0
    return api


def cut_off(api: FakeStatements, number: int) -> None:
    """Ends the process after a call: everything that follows, such as `finally`, fails as well.

    The end before a call is the end after the one before it; so 0 is the end before the first.
    """

    def end(call: int) -> None:
        if call > number:
            raise Crash

    api.before = end


def unhindered(_call: int) -> None:
    """Lets every call through."""


def crashed(scenario: Scenario, event: object, delay: int) -> Iterator[FakeStatements]:
    """The world after a crash, for each call after which there can be one."""
    for number in range(_MOST_CALLS):
        api = prepared(scenario, delay)
        cut_off(api, number)
        try:
            invoke(api, event)
        except Crash:
            api.before = unhindered
            yield api
        else:
            return
    raise AssertionError("the deployment does not end")


def require_converged(api: FakeStatements, scenario: Scenario, *, exactly_once: bool) -> None:
    running = api.running()
    assert sorted(name for name in running if name != OUTSIDE) == sorted(scenario.wanted.values())
    extra = {
        name: phase for name, phase in api.present().items() if name not in scenario.wanted.values() and name != OUTSIDE
    }
    if scenario.event["options"]["keep_previous"]:
        assert list(extra.values()) in ([], ["STOPPED"]), extra
    else:
        assert extra == {}
    if scenario.outside:
        assert api.present()[OUTSIDE] == "STOPPED"
    if exactly_once:
        api.get(next(iter(running)))
        times = api.written["flight_avro"]
        assert [times[row] for row in range(max(times) + 1)] == [1] * (max(times) + 1)
