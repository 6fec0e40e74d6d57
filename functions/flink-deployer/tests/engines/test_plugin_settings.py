"""What the plugin is told, in both its packages. The packages are made up here; with the real one: test_plugin.py."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from flink_deployer.engines import _plugin
from flink_deployer.engines._trust_store import share_trust
from flink_deployer.target import Credentials, Target

TARGET = Target("org", "env-1", "lfcp-1", "sa-1", "AWS", "us-east-1", "https://flink.example", "Main Cat", "Main-Db")
CREDENTIALS = Credentials("key", "value")
JVM = SimpleNamespace(jvm="the JVM")


class Builder:
    """The older package's settings: a setter for each."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def __getattr__(self, setter: str) -> Any:
        def keep(value: str) -> "Builder":
            self.values[setter.removeprefix("set_")] = value
            return self

        return keep

    def build(self) -> dict[str, str]:
        return self.values


class Environment:
    """Keeps what it is made from, and which catalog and database it is pointed at."""

    def __init__(self, settings: dict[str, object]) -> None:
        self.settings = settings
        self.place: list[str] = []
        self.use_catalog = self.place.append
        self.use_database = self.place.append


def package(monkeypatch: pytest.MonkeyPatch, name: str, **members: object) -> None:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    vars(module).update(members)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The gateways whose JVM was told what to trust."""
    gateways: list[object] = []
    monkeypatch.setattr(_plugin, "share_trust", gateways.append)
    monkeypatch.setattr(_plugin._Process, "gateway", None)
    package(monkeypatch, "pyflink")
    package(monkeypatch, "pyflink.java_gateway", get_gateway=lambda: JVM)
    package(monkeypatch, "pyflink.table", TableEnvironment=SimpleNamespace(create=Environment))
    return gateways


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, shared: list[object]) -> list[object]:
    package(monkeypatch, "confluent_pyflink")
    package(monkeypatch, "confluent_pyflink.table", TableEnvironment=SimpleNamespace(create=Environment))
    package(monkeypatch, "confluent_pyflink.table.utils", ConfluentSettings=dict)
    return shared


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch, shared: list[object]) -> list[object]:
    monkeypatch.setattr(_plugin, "_is_new", lambda: False)
    package(monkeypatch, "pyflink.table.confluent", ConfluentSettings=SimpleNamespace(new_builder=Builder))
    return shared


def test_the_newer_package_gets_everything_as_it_is(newer: list[object]) -> None:
    """Names are exact (H-09), and statements run as the principal, not as the key's owner (H-21)."""
    environment = _plugin.open_environment(TARGET, CREDENTIALS)

    assert environment.settings == {
        "_env_file": None,
        "cloud_provider": "aws",
        "cloud_region": "us-east-1",
        "org_id": "org",
        "env_id": "env-1",
        "compute_pool_id": "lfcp-1",
        "principal_id": "sa-1",
        "flink_api_key": "key",
        "flink_api_secret": "value",
        "endpoint_template": "https://flink.example",
    }
    assert environment.place == ["Main Cat", "Main-Db"]
    assert newer == [JVM]


def test_so_does_the_older_one(older: list[object]) -> None:
    environment = _plugin.open_environment(TARGET, CREDENTIALS)

    assert environment.settings == {
        "cloud": "aws",
        "region": "us-east-1",
        "organization_id": "org",
        "environment_id": "env-1",
        "compute_pool_id": "lfcp-1",
        "principal_id": "sa-1",
        "flink_api_key": "key",
        "flink_api_secret": "value",
        "endpoint_template": "https://flink.example",
    }
    assert environment.place == ["Main Cat", "Main-Db"]
    assert older == [JVM]


@pytest.mark.usefixtures("older")
def test_the_older_one_writes_sql_without_being_told_how() -> None:
    operation = SimpleNamespace(asSerializableString=lambda: "SELECT 1")

    assert (
        _plugin.query_text(SimpleNamespace(_j_table=SimpleNamespace(getQueryOperation=lambda: operation))) == "SELECT 1"
    )


def test_trust_is_shared_once_for_each_jvm(newer: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_plugin, "_answers", lambda _found: True)

    assert _plugin.gateway() is _plugin.gateway()
    assert newer == [JVM]


def test_a_jvm_that_is_gone_is_replaced(newer: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = SimpleNamespace(address="127.0.0.1", port=1)  # nothing listens there
    jvms = [SimpleNamespace(gateway_parameters=parameters), JVM]
    context = SimpleNamespace(__exit__=lambda *_: jvms.pop(0))
    package(monkeypatch, "confluent_pyflink.context")
    package(monkeypatch, "confluent_pyflink.context.context", CURRENT_CONTEXT=SimpleNamespace(get=lambda: context))
    package(monkeypatch, "pyflink.java_gateway", get_gateway=lambda: jvms[0])
    gone = _plugin.gateway()

    assert _plugin.gateway() is JVM
    assert newer == [gone, JVM]


def test_without_a_certificate_file_the_jvm_keeps_its_own_trust() -> None:
    share_trust(None, {})
    share_trust(None, {"SSL_CERT_FILE": ""})
