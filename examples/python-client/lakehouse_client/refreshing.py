"""A client that is built again when its key is refused. Knows no Kafka."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Configuration = TypeVar("Configuration")
Client = TypeVar("Client")
Result = TypeVar("Result")


class CredentialsRefusedError(Exception):
    """The service does not know the key, or no longer."""


class Refreshing(Generic[Configuration, Client]):
    """Keeps one client, and replaces it when its credentials are refused.

    Keys are rotated by publishing a new one while the old one still works, so whoever reads the
    secret again has a key that works. It is read at most once a period: a key that is refused for
    another reason does not become many requests.
    """

    def __init__(
        self,
        load: Callable[[], Configuration],
        build: Callable[[Configuration], Client],
        close: Callable[[Client], None],
        *,
        period: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Builds the first client.

        Args:
            load: Reads the configuration anew.
            build: Makes a client of it.
            close: Ends a client whose key was refused, or that is no longer needed.
            period: Seconds between two refreshes at least.
            clock: Seconds from any point in time.
        """
        self._load = load
        self._build = build
        self._close = close
        self._period = period
        self._clock = clock
        self._refreshed_at: float | None = None
        self._configuration = load()
        self._client = build(self._configuration)

    def use(self, action: Callable[[Client], Result]) -> Result:
        """Does something with the client, once more with a new one when the first is refused.

        Raises:
            CredentialsRefusedError: When a new client is refused as well, nothing newer is
                published, or the last refresh is less than a period ago.
        """
        try:
            return action(self._client)
        except CredentialsRefusedError:
            if not self._refresh():
                raise
        return action(self._client)

    def close(self) -> None:
        """Ends the client."""
        self._close(self._client)

    def _refresh(self) -> bool:
        now = self._clock()
        if self._refreshed_at is not None and now - self._refreshed_at < self._period:
            return False
        self._refreshed_at = now
        configuration = self._load()
        if configuration == self._configuration:
            return False
        self._close(self._client)
        self._configuration = configuration
        self._client = self._build(configuration)
        return True
