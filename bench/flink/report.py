"""What was measured, as a table, and what it says about the promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from contenders import Measurement

ALLOWED = 0.9
"""The transform and its SQL shall make at least so much of the rows of the fastest job, for each second of a core."""

BASELINE = "source only"
"""The job that does nothing with its rows: what it takes, all the others take as well."""

_HEADINGS = (
    "job",
    "rows/s",
    "rows/s and core",
    "of the fastest",
    "µs of CPU a row",
    "beyond the source",
    "CPU s a job",
)


@dataclass(frozen=True)
class Result:
    """Medians of all rounds.

    Attributes:
        rows_per_second: of the larger jobs, from submission to end.
        cpu_per_row: seconds that a row takes once the job runs: the difference of a larger and a smaller job.
        cpu_per_job: seconds that a job takes without any rows: planning, deployment, and compiling its code.
    """

    rows_per_second: float
    cpu_per_row: float
    cpu_per_job: float

    @property
    def rows_per_core_second(self) -> float:
        """How many rows a core makes in a second once the job runs."""
        return 1 / self.cpu_per_row


def result(rounds: Sequence[tuple[Measurement, Measurement]]) -> Result:
    """Summarize the rounds of one job, each a smaller and a larger number of rows."""
    per_row = median((large.cpu_seconds - small.cpu_seconds) / (large.rows - small.rows) for small, large in rounds)
    return Result(
        rows_per_second=median(large.rows / large.seconds for _, large in rounds),
        cpu_per_row=per_row,
        cpu_per_job=median(small.cpu_seconds - small.rows * per_row for small, _ in rounds),
    )


def table(results: Mapping[str, Result]) -> str:
    """Lay the results out for people."""
    fastest = _fastest(results)
    source = results[BASELINE].cpu_per_row
    lines = [_HEADINGS] + [
        (
            name,
            f"{found.rows_per_second:,.0f}",
            f"{found.rows_per_core_second:,.0f}",
            "" if name == BASELINE else f"{found.rows_per_core_second / fastest:.0%}",
            f"{found.cpu_per_row * 1e6:.2f}",
            "" if name == BASELINE else f"{(found.cpu_per_row - source) * 1e6:.2f}",
            f"{found.cpu_per_job:.1f}",
        )
        for name, found in results.items()
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(row))
        for row in (list(zip(line, widths, strict=True)) for line in lines)
    )


def shortfalls(results: Mapping[str, Result]) -> list[str]:
    """Say which form of the pipeline makes too few rows; empty when none does."""
    fastest = _fastest(results)
    return [
        f"{name} makes {results[name].rows_per_core_second / fastest:.0%} of the rows of the fastest job, "
        f"for each second of a core; at least {ALLOWED:.0%} is promised"
        for name in ("transform", "compiled")
        if results[name].rows_per_core_second < ALLOWED * fastest
    ]


def _fastest(results: Mapping[str, Result]) -> float:
    return max(found.rows_per_core_second for name, found in results.items() if name != BASELINE)
