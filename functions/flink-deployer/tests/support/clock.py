"""A clock that only moves when somebody sleeps."""


class VirtualClock:
    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def epoch_ms(self) -> int:
        return 1_800_000_000_000

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
