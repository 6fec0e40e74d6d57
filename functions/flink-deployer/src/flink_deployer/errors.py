"""What a deployment can end with. Every error is raised to Lambda, never returned: a returned document is a success."""

import json
from collections.abc import Callable
from typing import ClassVar, Self

MAX_MESSAGE_BYTES = 4096
_ELLIPSIS = "…"


class DeployerError(Exception):
    """An error whose text form is one line of JSON of at most 4 KiB.

    Args:
        message: what is wrong, with path and value where there is one.
        statement: name or logical id of the statement it is about.
        hint: what to do about it.
        request_id: of the API call that failed; the invocation's otherwise.
    """

    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, statement: str = "", hint: str = "", request_id: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.statement = statement
        self.hint = hint
        self.request_id = request_id

    @property
    def code(self) -> str:
        """The name of the error's class, which is also the `errorType` that Lambda reports."""
        return type(self).__name__

    def redacted(self, redact: Callable[[str], str], *, request_id: str) -> Self:
        """The same error without secrets, also in the arguments that a debugger shows.

        Args:
            redact: masks what is secret.
            request_id: the invocation's, for an error of no particular call.
        """
        shown = type(self).__new__(type(self))
        # Not the class's own: what it makes a message of may be secret.
        DeployerError.__init__(
            shown,
            redact(self.message),
            statement=redact(self.statement),
            hint=redact(self.hint),
            request_id=redact(self.request_id or request_id),
        )
        return shown

    def document(self) -> dict[str, str | bool]:
        """The error's fields, as they are logged and raised."""
        return {
            "code": self.code,
            "message": self.message,
            "statement": self.statement,
            "retryable": self.retryable,
            "hint": self.hint,
            "request_id": self.request_id,
        }

    def __str__(self) -> str:
        document = self.document()
        line = _one_line(document)
        excess = len(line.encode()) - MAX_MESSAGE_BYTES
        if excess <= 0:
            return line
        for key in ("message", "hint"):
            document[key] = _shortened(str(document[key]), MAX_MESSAGE_BYTES // 4)
        return _one_line(document)


class InvalidEvent(DeployerError):
    """The event breaks a rule, or names other pipeline content than the function holds."""


class SecretError(DeployerError):
    """The secret cannot be read, or is not the document of this target."""


class AuthError(DeployerError):
    """Confluent does not know the key, or the key may not do this."""


class ValidationError(DeployerError):
    """Flink refuses a statement's text, or the engine cannot make it."""


class MissingTable(ValidationError):
    """Flink does not see a table. A table that was just created is seen a while later: rendering again may succeed."""

    def __init__(self, table: str, *, statement: str) -> None:
        super().__init__(
            f"Flink sees no table `{table}` in the catalog and database of the target",
            statement=statement,
            hint="create the table, let the principal describe it, or correct the pipeline's manifest",
        )
        self.table = table

    @property
    def code(self) -> str:
        """That of the general case: only the deployer, which waits, tells the two apart."""
        return ValidationError.__name__


class ConflictError(DeployerError):
    """A statement of this name exists and is not the one that is wanted."""


class StatementFailed(DeployerError):
    """A statement ran and failed; what it replaced runs again."""


class PoolExhausted(DeployerError):
    """The compute pool has no room for the statement; what it replaced runs again."""

    retryable = True


class DeployTimeout(DeployerError):
    """The invocation's time is over. What is there is left as it is, and the next invocation carries on with it."""

    retryable = True


class UpstreamUnavailable(DeployerError):
    """Confluent or AWS does not answer, or answers that it cannot; after every attempt."""

    retryable = True


class InternalError(DeployerError):
    """A defect of the deployer."""


def _one_line(document: dict[str, str | bool]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _shortened(text: str, limit: int) -> str:
    """Cuts by the bytes of the JSON form, in which an escaped character is up to six bytes."""
    while len(json.dumps(text, ensure_ascii=False).encode()) > limit:
        text = text[: len(text) * 3 // 4].removesuffix(_ELLIPSIS) + _ELLIPSIS
    return text
