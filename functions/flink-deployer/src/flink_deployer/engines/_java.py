"""Names for what comes from py4j and PyFlink, neither of which has types."""

from typing import Any, TypeAlias

JavaObject: TypeAlias = Any
"""An object of the JVM, by py4j."""

Gateway: TypeAlias = Any
"""py4j's connection to a JVM; `.jvm` has its classes."""

Module: TypeAlias = Any
"""A Python module without types."""

TableEnvironment: TypeAlias = Any
"""A `pyflink.table.TableEnvironment`."""

Table: TypeAlias = Any
"""A `pyflink.table.Table`."""
