"""Where a function's code lies on the disk, and what runs it."""

import io
import json
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lambda_runtime.deployed import DeployedFunction


@dataclass(frozen=True)
class ImagePlace:
    """Where the content of pushed images lies, and what stands in for the rest of an image."""

    # a directory <64 hex digits of the digest> for each image
    directory: Path
    # an interpreter that has the packages that the image installs
    python: str
    # set after the image's own, such as JAVA_HOME
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Program:
    """What a worker runs."""

    python: str
    handler: str
    # LAMBDA_TASK_ROOT
    task_root: Path
    # what the image sets; the function's own variables win
    environment: Mapping[str, str]
    # what stands in for parts of the image on this machine
    stand_ins: Mapping[str, str]


class CodeError(Exception):
    """A function's code cannot be run."""


def program_of(function: DeployedFunction, zip_directory: Path, images: ImagePlace | None) -> Program:
    """Lays the code out, if that was not done before.

    Raises CodeError when an image's content is not there, or no handler is named.
    """
    if function.zip_file is None:
        return _program_of_image(function, images)
    task_root = zip_directory / function.code_digest
    if not task_root.exists():
        _unpack(function.zip_file, task_root)
    return Program(sys.executable, function.handler or "", task_root, {}, {})


def _unpack(zip_file: bytes, target: Path) -> None:
    """Unpacks beside the target and moves there, so that two invocations may do it at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent))
    with zipfile.ZipFile(io.BytesIO(zip_file)) as archive:
        archive.extractall(draft)
    try:
        draft.rename(target)
    except OSError:  # the other one was faster
        shutil.rmtree(draft)


def _program_of_image(function: DeployedFunction, images: ImagePlace | None) -> Program:
    content = images.directory / function.code_digest if images else None
    if images is None or content is None or not content.is_dir():
        raise CodeError(f"the content of the image sha256:{function.code_digest} is not here: it was not pushed")
    settings = json.loads((content / "image.json").read_text())
    handler = function.handler or settings["command"][0]
    return Program(images.python, handler, content / "task", settings["environment"], images.environment)


def inside(value: str, places: Mapping[str, Path]) -> str:
    """A variable's value with the places of Lambda's file system, such as /tmp, as they are here."""
    for place, path in places.items():
        if value == place or value.startswith(f"{place}/"):
            return os.fspath(path) + value[len(place) :]
    return value
