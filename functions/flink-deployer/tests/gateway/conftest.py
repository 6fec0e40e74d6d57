"""One world for all tests of the gateway."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from flink_deployer.transport import HttpsTransport
from tests.support.gateway import Gateway, write_versions
from tests.support.world import World


@pytest.fixture(scope="session")
def shared_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Starts the world, and trusts its certificate as an operator would: with SSL_CERT_FILE."""
    world = World(tmp_path_factory.mktemp("world"))
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = world.access["caFile"]
    connection = HttpsTransport(world.access["url"])
    try:
        yield Gateway(world, write_versions(tmp_path_factory.mktemp("pipelines")), connection)
    finally:
        connection.close()
        world.stop()
        if before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = before


@pytest.fixture
def gateway(shared_gateway: Gateway) -> Gateway:
    """A world without statements."""
    shared_gateway.reset()
    return shared_gateway
