"""A pipeline as the function carries it: what it reads and writes, and what its content is."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from flink_deployer.errors import InvalidEvent
from flink_deployer.fields import Fields, refuse

if TYPE_CHECKING:
    from flink_deployer.engines import EngineName

State = Literal["stateless", "stateful"]
_STATES: tuple[State, ...] = ("stateless", "stateful")

MANIFEST = "pipeline.json"
COMPILED = "compiled"

CONTENT: Mapping[EngineName, tuple[str, ...]] = {
    "compiled": (MANIFEST, f"{COMPILED}/*.sql"),
    "table-api": (MANIFEST, "**/*.py"),
}
"""The files, as patterns, that make an engine's statements: another byte in one of them is another version."""


@dataclass(frozen=True, slots=True)
class Sink:
    """A table that a pipeline writes.

    Attributes:
        table: its name.
        columns: those that are written, in the order in which the transform's result has them.
        state: whether the statement keeps what it has seen.
    """

    table: str
    columns: tuple[str, ...]
    state: State

    @property
    def logical(self) -> str:
        """What the statement that fills it is called in every version."""
        return self.table.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One directory of `pipelines/`."""

    name: str
    directory: Path
    sources: tuple[str, ...]
    sinks: tuple[Sink, ...]

    def digest(self, engine: EngineName) -> str:
        """SHA-256 of the lines `<SHA-256 of a file>  <its path>`, sorted by path, over the engine's content."""
        paths = {path for pattern in CONTENT[engine] for path in self.directory.glob(pattern)}
        lines = [f"{_sha256(path.read_bytes())}  {path.relative_to(self.directory).as_posix()}\n" for path in paths]
        return _sha256("".join(sorted(lines, key=lambda line: line[66:])).encode())


def pipelines_directory(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the function has its pipelines: `PIPELINES_DIR`, else `pipelines` beside this package."""
    return Path(environment.get("PIPELINES_DIR") or Path(__file__).parents[1] / "pipelines")


def load_pipeline(directory: Path, name: str) -> Pipeline:
    """Reads the manifest of a pipeline.

    Args:
        directory: what holds the pipelines.
        name: one of them.

    Raises:
        InvalidEvent: the function does not hold this pipeline, or its manifest breaks a rule.
    """
    home = directory / name
    path = f"{name}/{MANIFEST}"
    try:
        value: object = json.loads((home / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        held = ", ".join(sorted(entry.parent.name for entry in directory.glob(f"*/{MANIFEST}"))) or "(none)"
        raise refuse("app.pipeline", name, "not in this function", f"use one of {held}") from None
    except ValueError as error:
        raise InvalidEvent(f"{path} is not JSON: {error}", hint="correct the file") from None
    manifest = Fields(value, path, ("sources", "sinks"))
    return Pipeline(
        name=name,
        directory=home,
        sources=_names(manifest.any("sources"), manifest.at("sources")),
        sinks=tuple(_sinks(manifest)),
    )


def _sinks(manifest: Fields) -> Iterable[Sink]:
    tables = manifest.any("sinks")
    if not isinstance(tables, Mapping) or not tables:
        raise refuse(manifest.at("sinks"), tables, "not an object of tables", "name at least one table")
    sinks = manifest.object("sinks", tuple(map(str, tables)))
    for table in map(str, tables):
        sink = sinks.object(table, ("columns", "state"))
        yield Sink(table, _names(sink.any("columns"), sink.at("columns")), sink.choice("state", _STATES))


def _names(value: object, path: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise refuse(path, value, "not a list of names", "name at least one")
    for index, name in enumerate(value):
        if not isinstance(name, str) or not name:
            raise refuse(f"{path}[{index}]", name, "not a name", "write it in quotes")
        if name in value[:index]:
            raise refuse(f"{path}[{index}]", name, "there twice", "name it once")
    return tuple(value)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
