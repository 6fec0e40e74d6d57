"""The text of a statement, from the query that the plugin makes. Only space outside of names and literals changes."""

import re
from collections.abc import Iterable, Iterator

_LITERAL = r"'(?:[^']|'')*'"
_NAME = r"`(?:[^`]|``)*`"
_TOKEN = re.compile(rf"{_LITERAL}|{_NAME}|\s+|[(),]|[^\s'`(),]+|.")
_INDENT = " " * 4


def quoted(name: str) -> str:
    """A name as it is, whatever characters it has."""
    return f"`{name.replace('`', '``')}`"


def insert(sink: str, columns: Iterable[str], query: str) -> str:
    """One statement that writes a query's columns, by position, into the listed ones of the sink."""
    listed = ",\n".join(f"{_INDENT}{quoted(column)}" for column in columns)
    return f"INSERT INTO {quoted(sink)} (\n{listed}\n)\n{_laid_out(query)}"


def unqualified(query: str, catalog: str, database: str) -> str:
    """The query without this catalog and database before its tables: a statement has them as properties."""
    home = re.escape(f"{quoted(catalog)}.{quoted(database)}.")
    return re.sub(rf"({_LITERAL})|{home}(?=`)|({_NAME})", lambda match: match[1] or match[2] or "", query)


def _laid_out(query: str) -> str:
    """One line for each column of a SELECT; the plugin gives each sub-query lines of its own."""
    return "".join(_pieces(_TOKEN.findall(query))).strip()


def _pieces(words: Iterable[str]) -> Iterator[str]:
    lists: list[tuple[int, str]] = []  # the SELECT lists around the word: depth and indent of each
    depth, indent, space, previous = 0, "", "", ""
    for word in words:
        if word.isspace():
            space = word
            continue
        if "\n" in space:
            indent = space.rpartition("\n")[2]
        depth -= word == ")"
        inside = bool(lists) and lists[-1][0] == depth
        if (previous == "SELECT" and inside) or (previous == "," and inside):
            space = f"\n{lists[-1][1]}{_INDENT}"
        elif word == "FROM" and inside and previous != "DISTINCT":
            space = f"\n{lists.pop()[1]}"
        yield space + word
        if word == "SELECT":
            lists.append((depth, indent))
        depth += word == "("
        space, previous = "", word
