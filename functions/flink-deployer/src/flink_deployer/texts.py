"""The texts of a deployment's statements, made when the first of them is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flink_deployer.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flink_deployer.event import DesiredStatement

MAX_TEXT = 131_072
"""Characters that Confluent takes."""


class Texts:
    """Asks the engine once, and not at all when nothing is new.

    Args:
        render: gives the text for each sink.
    """

    def __init__(self, render: Callable[[], Mapping[str, str]]) -> None:
        self._render = render
        self._texts: Mapping[str, str] | None = None

    def of(self, desired: DesiredStatement) -> str:
        """The text of one statement.

        Raises:
            ValidationError: the pipeline makes none for its sink, or one that is too long.
        """
        if self._texts is None:
            self._texts = self._render()
        text = self._texts.get(desired.sink)
        if text is None:
            raise ValidationError(
                f"the pipeline makes nothing for {desired.sink}, but for {', '.join(sorted(self._texts))}",
                statement=desired.name,
                hint="deploy the sinks of pipeline.json, or add this one to the transform",
            )
        if len(text) > MAX_TEXT:
            raise ValidationError(
                f"the text for {desired.sink} has {len(text)} characters; {MAX_TEXT} are the most",
                statement=desired.name,
                hint="split the transform into several sinks",
            )
        return text
