"""Confluent's Table API plugin in both its packages. Only here is known which one is installed, and how they differ.

`confluent-pyflink` is the present one. Its predecessor, `confluent-flink-table-api-python-plugin`, brings a `pyflink`
of its own, and so never shares an environment with it. It cannot write everything as SQL: no TIMESTAMPDIFF, for one.
"""

from __future__ import annotations

import importlib.util
import socket
from typing import TYPE_CHECKING

from flink_deployer.engines._trust_store import share_trust

if TYPE_CHECKING:
    from flink_deployer.engines._java import Gateway, Module, Table, TableEnvironment
    from flink_deployer.target import Credentials, Target


class _Process:
    """What this process has."""

    gateway: Gateway | None = None
    """The one whose JVM has been told what to trust."""


def open_environment(target: Target, credentials: Credentials) -> TableEnvironment:
    """A table environment whose current catalog and database are the target's.

    Opening it submits look-ups in the catalog only. What they say is kept for a minute, by this environment: another
    one sees a table that was created since.
    """
    environment = _new_environment(target, credentials) if _is_new() else _old_environment(target, credentials)
    environment.use_catalog(target.catalog)
    environment.use_database(target.database)
    return environment


def query_text(table: Table) -> str:
    """The query that the plugin would submit for a table, as SQL with qualified tables."""
    operation = table._j_table.getQueryOperation()
    if not _is_new():
        return str(operation.asSerializableString())
    return str(
        operation.asSerializableString(gateway().jvm.org.apache.flink.table.expressions.DefaultSqlFactory.INSTANCE)
    )


def gateway() -> Gateway:
    """py4j's gateway to the process's JVM, which the first call starts.

    A JVM that does not answer any more, as may happen to one that was frozen between two invocations, is replaced.
    """
    if _is_new():
        # Importing it is what makes PyFlink start the JVM with the plugin's jars.
        importlib.import_module("confluent_pyflink.table")
    java_gateway: Module = importlib.import_module("pyflink.java_gateway")
    found = java_gateway.get_gateway()
    if found is _Process.gateway and not _answers(found):
        _forget(java_gateway)
        found = java_gateway.get_gateway()
    if found is not _Process.gateway:
        share_trust(found)
        _Process.gateway = found
    return found


def _is_new() -> bool:
    return importlib.util.find_spec("confluent_pyflink") is not None


def _answers(found: Gateway) -> bool:
    # Not a call: PyFlink asks the JVM about every error of a call, and about the error of that, and so on.
    address = (found.gateway_parameters.address, found.gateway_parameters.port)
    try:
        socket.create_connection(address, timeout=5).close()
    except OSError:
        return False
    return True


def _forget(java_gateway: Module) -> None:
    """Makes the next `get_gateway` start another JVM."""
    if not _is_new():
        java_gateway._gateway = None
        return
    contexts: Module = importlib.import_module("confluent_pyflink.context.context")
    contexts.CURRENT_CONTEXT.get().__exit__(None, None, None)


def _new_environment(target: Target, credentials: Credentials) -> TableEnvironment:
    gateway()
    table: Module = importlib.import_module("confluent_pyflink.table")
    utils: Module = importlib.import_module("confluent_pyflink.table.utils")
    settings = utils.ConfluentSettings(
        _env_file=None,
        cloud_provider=target.cloud.lower(),
        cloud_region=target.region,
        org_id=target.organization_id,
        env_id=target.environment_id,
        compute_pool_id=target.compute_pool_id,
        principal_id=target.principal_id,
        flink_api_key=credentials.api_key,
        flink_api_secret=credentials.api_secret,
        endpoint_template=target.rest_endpoint,
    )
    return table.TableEnvironment.create(settings)


def _old_environment(target: Target, credentials: Credentials) -> TableEnvironment:
    gateway()
    confluent: Module = importlib.import_module("pyflink.table.confluent")
    table: Module = importlib.import_module("pyflink.table")
    settings = (
        confluent.ConfluentSettings.new_builder()
        .set_cloud(target.cloud.lower())
        .set_region(target.region)
        .set_organization_id(target.organization_id)
        .set_environment_id(target.environment_id)
        .set_compute_pool_id(target.compute_pool_id)
        .set_principal_id(target.principal_id)
        .set_flink_api_key(credentials.api_key)
        .set_flink_api_secret(credentials.api_secret)
        .set_endpoint_template(target.rest_endpoint)
        .build()
    )
    return table.TableEnvironment.create(settings)
