"""What the deployer needs from outside; each port has one adapter in this package and fakes in the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flink_deployer.pipelines import Pipeline
    from flink_deployer.statement import Draft, Statement
    from flink_deployer.target import Credentials, Target


class Engine(Protocol):
    """Makes the text of a pipeline's statements."""

    def render(self, pipeline: Pipeline, target: Target, credentials: Credentials) -> Mapping[str, str]:
        """Gives one `INSERT INTO …` for each sink table, by the table's name.

        Tables are unqualified: catalog and database are properties of the statement.

        Raises:
            ValidationError: the transform cannot be made into a statement.
        """
        ...


class StatementsApi(Protocol):
    """The statements of one environment. Every method is safe to repeat."""

    def list(self, app: str) -> Sequence[Statement]:
        """Statements with the application's label, or named like one of its statements and in its pool.

        Deleted statements may stay listed for a while: what matters is what `get` says.

        Raises:
            AuthError: the key is not known (401) or may not list (403).
        """
        ...

    def get(self, name: str) -> Statement | None:
        """Reads one; None when it does not exist. A 403 counts as that: it hides what a role may not see."""
        ...

    def create(self, draft: Draft) -> Statement:
        """Submits, or adopts the statement of this name if it has the same text and properties.

        Raises:
            ConflictError: it exists with another text or other properties, or is not the application's.
            NameNotFreeError: a deleted statement still holds the name.
            ValidationError: the text or a property is refused.
        """
        ...

    def stop(self, name: str) -> None:
        """Asks a statement to stop; it keeps its offsets and state. No effect on one that is gone or has ended."""
        ...

    def resume(self, name: str, *, compute_pool_id: str, principal_id: str) -> None:
        """Lets a stopped statement run again, in this pool and as this principal."""
        ...

    def delete(self, name: str) -> None:
        """Asks for deletion, which takes a while; one that is gone is no error."""
        ...

    def results(self, name: str) -> Sequence[Sequence[str | None]]:
        """Rows of a statement that returns rows."""
        ...

    def exceptions(self, name: str) -> Sequence[str]:
        """What a statement's job threw lately, newest first."""
        ...


class NameNotFreeError(Exception):
    """A statement that is being deleted still holds its name."""


class Secrets(Protocol):
    """The key of an application's deployer."""

    def credentials(self, secret_arn: str, target: Target, *, refresh: bool = False) -> Credentials:
        """Reads the key and checks that its document is about this target.

        Raises:
            SecretError: the secret is missing, may not be read, or is another document.
        """
        ...


class Clock(Protocol):
    """Time, so that tests need none."""

    def now(self) -> float:
        """Seconds of a clock that never goes back."""
        ...

    def epoch_ms(self) -> int:
        """Milliseconds since 1970."""
        ...

    def sleep(self, seconds: float) -> None:
        """Waits."""
        ...
