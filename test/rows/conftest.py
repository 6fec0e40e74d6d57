"""What the tests with rows share: one Flink for all of them, and the choice of how many of them to run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from local_flink.cluster import LocalFlink
from local_flink.tables import LocalTables, Tables

# A run is repeatable, and an example is a job: it takes as long as Flink takes.
settings.register_profile(
    "rows",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("rows")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for those in a hurry."""
    parser.addoption("--light", action="store_true", help="leave out what takes minutes: tests marked as full")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked as full, and say how many they are."""
    if config.getoption("--light"):
        full = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=full)
        items[:] = [item for item in items if item not in full]


@pytest.fixture(scope="session")
def flink() -> Iterator[LocalFlink]:
    """Start Flink when the first test asks for it."""
    with LocalFlink.start() as cluster:
        yield cluster


@pytest.fixture
def streaming(flink: LocalFlink, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Make tables in a new streaming environment, at each call."""

    def tables(out_of_order: timedelta = timedelta(0)) -> LocalTables:
        return LocalTables(flink.streaming(), tmp_path_factory.mktemp("tables"), out_of_order)

    return tables


@pytest.fixture
def batch(flink: LocalFlink, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Make tables in a new batch environment, at each call."""

    def tables() -> LocalTables:
        return LocalTables(flink.batch(), tmp_path_factory.mktemp("tables"))

    return tables
