"""A second invocation comes in between any two calls of the first, and runs to its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.support.confluent import FakeStatements
from tests.support.runs import invoke
from tests.support.scenarios import Scenario, scenarios
from tests.support.worlds import prepared, require_converged

_MOST_CALLS = 400


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_h03_the_same_event_twice_at_once_gives_each_statement_once(
    scenario: Scenario, count_crash: Callable[[str], None]
) -> None:
    """H-03: a second invocation must not start a second never-ending INSERT."""
    number = 0
    came_in = True
    while came_in:
        number += 1
        assert number < _MOST_CALLS
        api = prepared(scenario, 2)
        came_in = False

        def second(call: int, number: int = number, api: FakeStatements = api) -> None:
            nonlocal came_in
            if call == number:
                came_in = True
                api.before = lambda _: None
                invoke(api, scenario.event)

        api.before = second
        invoke(api, scenario.event)
        require_converged(api, scenario, exactly_once=scenario.name.startswith("carry_over"))
        count_crash("interleaved")
