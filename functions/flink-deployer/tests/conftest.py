"""Counts crash points, so that a run shows how many there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

_CRASHES: Counter[str] = Counter()


@pytest.fixture
def count_crash() -> Callable[[str], None]:
    """Called once a cut-off invocation has been made good."""

    def count(kind: str) -> None:
        _CRASHES[kind] += 1

    return count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the counts."""
    if _CRASHES:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(_CRASHES.items()))
        terminalreporter.write_line(f"crash points: {_CRASHES.total()}, all converged ({kinds})")
