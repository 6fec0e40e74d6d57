"""Reads JSON objects strictly: every refusal names the path, the value and the remedy."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from flink_deployer.errors import InvalidEvent

_SHOWN = 80
_Choice = TypeVar("_Choice", bound=str)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def refuse(path: str, value: object, problem: str, remedy: str) -> InvalidEvent:
    """The error for a value that breaks a rule."""
    return InvalidEvent(f"{path} is {_shown(value)}: {problem}", hint=remedy)


class Fields:
    """One JSON object of the event.

    Args:
        value: what stands at the path.
        path: where it stands, empty for the event itself.
        known: every key that may be there.
    """

    def __init__(self, value: object, path: str, known: Sequence[str]) -> None:
        if not isinstance(value, Mapping):
            raise refuse(path or "the event", value, "not a JSON object", "give an object")
        self._values: Mapping[object, object] = value
        self._path = path
        unknown = sorted(str(key) for key in value if key not in known)
        if unknown:
            raise refuse(self.at(unknown[0]), value[unknown[0]], "unknown key", f"use only {', '.join(known)}")

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self._values

    def any(self, key: str) -> object:
        """A value that must be there."""
        if key not in self._values:
            raise InvalidEvent(f"{self.at(key)} is missing", hint=f"add {self.at(key)}")
        return self._values[key]

    def text(self, key: str, pattern: str, remedy: str) -> str:
        """A string that matches the pattern as a whole."""
        value = self.any(key)
        if not isinstance(value, str):
            raise refuse(self.at(key), value, "not a string", remedy)
        if re.fullmatch(pattern, value) is None:
            raise refuse(self.at(key), value, "not of the required form", remedy)
        return value

    def choice(self, key: str, choices: Sequence[_Choice]) -> _Choice:
        """One of some words."""
        value = self.any(key)
        for choice in choices:
            if value == choice:
                return choice
        raise refuse(self.at(key), value, "unknown", f"use one of {', '.join(choices)}")

    def flag(self, key: str, default: bool) -> bool:
        """A boolean."""
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            raise refuse(self.at(key), value, "not a boolean", "use true or false")
        return value

    def seconds(self, key: str, default: int, limits: tuple[int, int]) -> int:
        """A whole number of seconds within both limits."""
        value = self._values.get(key, default)
        low, high = limits
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise refuse(self.at(key), value, "not a time", f"use a whole number from {low} to {high}")
        return value

    def one(self, key: str, wanted: Literal[1]) -> None:
        """A number that has one value only; `true` is equal to 1 in Python and is not it."""
        value = self.any(key)
        if isinstance(value, bool) or value != wanted:
            raise refuse(self.at(key), value, "another version", f"use {wanted}")

    def object(self, key: str, known: Sequence[str]) -> "Fields":
        """A nested object."""
        return Fields(self.any(key), self.at(key), known)

    def objects(self, key: str, known: Sequence[str]) -> Iterator["Fields"]:
        """A list of at least one object."""
        value = self.any(key)
        if not isinstance(value, list) or not value:
            raise refuse(self.at(key), value, "not a list of objects", "give at least one")
        for index, item in enumerate(value):
            yield Fields(item, f"{self.at(key)}[{index}]", known)

    def texts(self, key: str) -> Mapping[str, str]:
        """An object of strings."""
        value = self.any(key)
        if not isinstance(value, Mapping):
            raise refuse(self.at(key), value, "not a JSON object", "give an object of strings")
        for name, item in value.items():
            if not isinstance(item, str):
                raise refuse(f"{self.at(key)}.{name}", item, "not a string", "write the value in quotes")
        return {str(name): item for name, item in value.items() if isinstance(item, str)}
