"""A topic with its offsets, and what versions of a statement read of it, one version after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from local_flink.tables import Row

Offsets = tuple[int, ...]
"""For each partition, the offset of a row; or one more than the last row's, for its end."""


class Start(Enum):
    """Where a version begins."""

    WHERE_THE_LAST_STOPPED = "carry over"
    EARLIEST = "replace, from earliest"
    LATEST = "replace, from latest"


@dataclass(frozen=True)
class Life:
    """What the topic holds when a version begins, and where it has read to when it is stopped.

    Attributes:
        begins: the ends of the partitions when it begins, not before where the last version stopped.
        stops: the offsets of the first rows that it has not read.
    """

    begins: Offsets
    stops: Offsets


@dataclass(frozen=True)
class Topic:
    """Rows by partition; a row's offset is its index."""

    partitions: tuple[tuple[Row, ...], ...]

    @property
    def rows(self) -> list[Row]:
        """All rows, partition by partition."""
        return [row for partition in self.partitions for row in partition]

    def between(self, begin: Offsets, end: Offsets) -> list[Row]:
        """Give the rows from `begin` to before `end`, partition by partition."""
        return [
            row
            for partition, first, last in zip(self.partitions, begin, end, strict=True)
            for row in partition[first:last]
        ]

    def lives(self, versions: int, random: Random) -> list[Life]:
        """Give versions lives at random; the first sees an empty topic, and the last reads all of it."""
        stops = [(0,) * len(self.partitions)]
        begins: list[Offsets] = []
        for version in range(1, versions + 1):
            begins.append(stops[-1] if version == 1 else self._later(stops[-1], random))
            # A stopped version has not read past what there was; the last is never stopped.
            stops.append(self._ends if version == versions else self._later(begins[-1], random))
        return [Life(begin, stop) for begin, stop in zip(begins, stops[1:], strict=True)]

    @property
    def _ends(self) -> Offsets:
        return tuple(len(partition) for partition in self.partitions)

    def _later(self, offsets: Offsets, random: Random) -> Offsets:
        # A quarter of what is left at most, so that there is something left for the versions to come.
        steps = zip(offsets, self._ends, strict=True)
        return tuple(min(end, offset + random.randint(0, max(1, (end - offset) // 4))) for offset, end in steps)


def slices(topic: Topic, lives: Sequence[Life], start: Start) -> list[list[Row]]:
    """Give the rows that each version reads."""
    last: Offsets = (0,) * len(topic.partitions)
    read = []
    for life in lives:
        begin = {
            Start.WHERE_THE_LAST_STOPPED: last,
            Start.EARLIEST: (0,) * len(topic.partitions),
            Start.LATEST: life.begins,
        }[start]
        read.append(topic.between(begin, life.stops))
        last = life.stops
    return read
