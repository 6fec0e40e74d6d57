"""One Flink cluster for a whole run of tests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from pyflink.common import Configuration
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway
from pyflink.table import EnvironmentSettings, StreamTableEnvironment, TableEnvironment

_QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""A test runs each operator for milliseconds: optimizing its code takes longer than it saves."""

_CLUSTER = {
    "rest.address": "localhost",
    "rest.bind-address": "localhost",
    "rest.bind-port": "0",
    "taskmanager.memory.managed.size": "64m",
    "taskmanager.memory.network.min": "64m",
    "taskmanager.memory.network.max": "64m",
}

_JOBS = {
    "parallelism.default": "1",
    "restart-strategy.type": "none",
    "client.retry-period": "50 ms",
    "table.local-time-zone": "UTC",
}
"""Parallelism 1: rows arrive in the order in which they are written, and watermarks with them."""


@dataclass(frozen=True)
class LocalFlink:
    """A cluster in the Java process of this Python process.

    An environment that Flink makes itself starts and stops a cluster for each job, which takes several seconds.
    """

    _cluster: Any
    _host: str
    _port: int

    @classmethod
    def start(cls, *, java_options: str = _QUICK_START, slots: int = 4) -> LocalFlink:
        """Start Java and the cluster.

        Args:
            java_options: of the Java process; there is one for each Python process, so the first call decides.
            slots: how many parts of jobs run at the same time.
        """
        os.environ.setdefault("JVM_ARGS", java_options)
        flink = get_gateway().jvm.org.apache.flink.runtime.minicluster
        settings = flink.MiniClusterConfiguration.Builder()
        settings.setConfiguration(Configuration.from_dict(_CLUSTER)._j_configuration)
        settings.setNumTaskManagers(1).setNumSlotsPerTaskManager(slots)
        cluster = flink.MiniCluster(settings.build())
        cluster.start()
        address = cluster.getRestAddress().get()
        return cls(cluster, address.getHost(), address.getPort())

    def batch(self) -> TableEnvironment:
        """Give an empty environment in which a job sees all rows at once."""
        return self._environment(EnvironmentSettings.in_batch_mode())

    def streaming(self) -> TableEnvironment:
        """Give an empty environment in which a job sees one row after the other, with watermarks in between."""
        return self._environment(EnvironmentSettings.in_streaming_mode())

    def _environment(self, settings: EnvironmentSettings) -> TableEnvironment:
        gateway = get_gateway()
        configuration = Configuration.from_dict(_JOBS)
        remote = gateway.jvm.StreamExecutionEnvironment.createRemoteEnvironment(
            self._host, self._port, configuration._j_configuration, gateway.new_array(gateway.jvm.String, 0)
        )
        environment = StreamTableEnvironment.create(StreamExecutionEnvironment(remote), settings)
        environment.get_config().set("table.local-time-zone", _JOBS["table.local-time-zone"])
        return environment

    def __enter__(self) -> LocalFlink:
        """Use the cluster in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the cluster; Java ends with the Python process."""
        self._cluster.close()
