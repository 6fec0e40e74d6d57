"""What an exception of the JVM, or of a transform, means to whoever deploys."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from flink_deployer.errors import AuthError, DeployerError, UpstreamUnavailable, ValidationError

if TYPE_CHECKING:
    from flink_deployer.engines._java import JavaObject

_CALL_FAILED = re.compile(r"\bApiException: (?:Message: )?(?P<message>[^\n]*)")
_STATUS = re.compile(r"\bHTTP response code: (?P<status>\d+)")
_CLASS = re.compile(r"^(?:Caused by: |: )?(?:[a-z_]\w*\.)+[A-Z][\w$]*(?:Exception|Error): (?P<message>.*)", re.DOTALL)
_FRAME = re.compile(r"^\s+at |^\s+\.\.\. \d+ more")


def meaning(error: Exception, statement: str, directory: Path) -> DeployerError:
    """The error to raise instead of one that comes from the JVM, the connection to it, or a transform.

    Args:
        error: py4j's, one that PyFlink made of it, or any that a transform raises.
        statement: the logical id that the error is reported for.
        directory: the pipeline's, to name the line of the transform.
    """
    trace = _trace(error)
    if (call := _CALL_FAILED.search(trace)) is not None:
        status = int(found["status"]) if (found := _STATUS.search(trace)) is not None else 0
        message = f"Confluent answers the plugin with {status or 'nothing'}: {call['message']}"
        if status in (401, 403):
            return AuthError(message, statement=statement, hint="check the key and its principal's roles")
        if status in (0, 429) or status >= 500:
            return UpstreamUnavailable(message, statement=statement, hint="run it again")
        return ValidationError(message, statement=statement)
    causes = [match["message"].strip() for part in _parts(trace) if (match := _CLASS.match(part)) is not None]
    text = ". Cause: ".join(dict.fromkeys(cause for cause in causes if cause)) or f"{type(error).__name__}: {error}"
    place = _place(error, directory)
    hint = f"correct {place}" if place else "correct the target's catalog and database, or the pipeline"
    return ValidationError(text, statement=statement, hint=hint)


def _place(error: Exception, directory: Path) -> str:
    """File and line of the pipeline that the error comes from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if directory in Path(frame.filename).parents]
    if not frames and isinstance(error, SyntaxError) and error.filename is not None:
        return f"{directory.name}/{Path(error.filename).name}, line {error.lineno}"
    return f"{directory.name}/{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""


def _trace(error: Exception) -> str:
    java: JavaObject = getattr(error, "java_exception", None)
    return str(getattr(error, "stack_trace", None) or (error if java is None else _printed(error, java)))


def _printed(error: Exception, java: JavaObject) -> str:
    # str() of py4j's error is the whole stack with a sentence before it that says which call failed.
    return str(error).partition("\n")[2] or str(java.toString())


def _parts(trace: str) -> list[str]:
    """The exception and its causes, each without frames."""
    lines = [line for line in trace.splitlines() if _FRAME.match(line) is None]
    return re.split(r"\n(?=Caused by: )", "\n".join(lines))
