"""Time, and the end of it."""

import time

from flink_deployer.errors import DeployTimeout
from flink_deployer.ports import Clock

RESERVE_S = 30.0
"""What is left of an invocation when waiting ends: enough to put back what was replaced and to say what happened."""

_LAST_CALL_S = 5.0


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return time.monotonic()

    def epoch_ms(self) -> int:
        """Milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)


class Deadline:
    """When an invocation stops waiting, and when it stops altogether.

    Args:
        clock: the clock both are measured with.
        wait_s: how long the event lets it wait.
        invocation_s: what the Lambda runtime has left.
    """

    def __init__(self, clock: Clock, wait_s: float, invocation_s: float) -> None:
        self._clock = clock
        start = clock.now()
        self._end = start + min(wait_s, invocation_s - RESERVE_S)
        self._last_call = start + invocation_s - _LAST_CALL_S

    def pause(self, seconds: float, what: str) -> None:
        """Waits for a while.

        Raises:
            DeployTimeout: there is no such while left; `what` says what was waited for.
        """
        if self._clock.now() + seconds > self._end:
            raise DeployTimeout(
                f"no time left: {what}",
                hint="apply again: it carries on where this ended; or raise wait_timeout_s and the function's timeout",
            )
        self._clock.sleep(seconds)

    def allows_call_in(self, seconds: float) -> bool:
        """Whether a call that starts after so many seconds can still be answered."""
        return self._clock.now() + seconds < self._last_call
