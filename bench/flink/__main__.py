"""`npm run bench:flink`: how fast the flight consolidator is, compared with a job written by hand for the same."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from compiler import NoCompilerError, compile_job
from contenders import Contender, Measurement, contender
from report import BASELINE, result, shortfalls, table

FORMS = ["transform", "compiled"]
HAND_WRITTEN = "hand-written"


def main() -> int:
    """Measure, print the table, and say whether the promise is kept by the exit code."""
    arguments = _arguments()
    names = [*FORMS, *([] if arguments.without_hand_written else [HAND_WRITTEN]), BASELINE]
    with TemporaryDirectory() as directory, ExitStack() as stack:
        if HAND_WRITTEN in names:
            try:
                compile_job(Path(directory))
            except NoCompilerError as error:
                print(error, file=sys.stderr)
                return 1
        contenders = [stack.enter_context(contender(name, Path(directory))) for name in names]
        rounds = _measure(contenders, arguments)
    results = {name: result(found) for name, found in rounds.items()}
    print(table(results))
    problems = shortfalls(results)
    print("\n".join(problems) or "transform and compiled SQL are within 10 % of the fastest")
    return 1 if problems else 0


def _measure(
    contenders: list[Contender], arguments: argparse.Namespace
) -> dict[str, list[tuple[Measurement, Measurement]]]:
    small, large = arguments.rows, 4 * arguments.rows
    found: dict[str, list[tuple[Measurement, Measurement]]] = {one.name: [] for one in contenders}
    for one in contenders:
        _say(f"{one.name}: warming up")
        for _ in range(3):
            one.run(small)
    # In turns: what else this machine does disturbs all of them alike.
    for number in range(1, arguments.rounds + 1):
        for one in contenders:
            _say(f"round {number} of {arguments.rounds}: {one.name}")
            found[one.name].append((one.run(small), one.run(large)))
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run bench:flink --", description=__doc__)
    parser.add_argument(
        "--rows", type=int, default=2_000_000, help="of the smaller jobs; the larger have four times as many"
    )
    parser.add_argument("--rounds", type=int, default=5, help="each runs a smaller and a larger job of each contender")
    parser.add_argument("--without-hand-written", action="store_true", help="needs no JDK, and says less")
    return parser.parse_args()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
