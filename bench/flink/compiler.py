"""Compiles the hand-written job with the JDK of this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pyflink

_SOURCES = Path(__file__).parent / "java"

_RELEASE = 17


class NoCompilerError(Exception):
    """There is no JDK that can compile the job."""


def compile_job(classes: Path) -> None:
    """Compile into a directory.

    Raises:
        NoCompilerError: without a `javac` of Java 17 or newer in `JAVA_HOME` or on the PATH.
    """
    jars = Path(pyflink.__file__).parent / "lib" / "*"
    sources = sorted(map(str, _SOURCES.rglob("*.java")))
    command = [_javac(), "-proc:none", "-nowarn", "--release", str(_RELEASE), "-cp", str(jars), "-d", str(classes)]
    subprocess.run([*command, *sources], check=True, stderr=subprocess.DEVNULL)


def _javac() -> str:
    home = os.environ.get("JAVA_HOME")
    candidates = [*([str(Path(home) / "bin" / "javac")] if home else []), "javac"]
    found = [path for path in map(shutil.which, candidates) if path]
    for path in found:
        printed = subprocess.run([path, "-version"], check=True, capture_output=True, text=True).stdout
        version = re.search(r"javac (\d+)", printed)
        if version and int(version[1]) >= _RELEASE:
            return path
    problem = f"{', '.join(found)} is older" if found else "there is no javac in JAVA_HOME or on the PATH"
    raise NoCompilerError(
        f"the hand-written job needs a JDK {_RELEASE} or newer to be compiled, and {problem}: "
        "install one (Debian: openjdk-17-jdk-headless), or leave the job out with --without-hand-written"
    )
