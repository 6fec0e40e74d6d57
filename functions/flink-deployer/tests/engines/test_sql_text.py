"""The text of statements."""

import re

from flink_deployer.engines.sql_text import insert, quoted, unqualified
from hypothesis import given
from hypothesis import strategies as st

QUERY = (
    "SELECT `$$T_PROJECT`.`a`, (SUM(`b`, `c`) OVER(ORDER BY `d`)) AS `e`, 'x, FROM y''s' AS `f` FROM (\n"
    "    SELECT `a`, EXTRACT(DAY FROM `b`), `c` IS DISTINCT FROM `d` FROM `Prod`.`Main db`.`t` $$T_SOURCE\n"
    ") $$T_PROJECT WHERE `a` = 1"
)


def words(text: str) -> list[str]:
    return re.findall(r"'(?:[^']|'')*'|`(?:[^`]|``)*`|[^\s'`(),]+|[(),]", text)


def test_every_column_has_a_line() -> None:
    assert insert("s", ["a", "e", "f"], QUERY) == (
        "INSERT INTO `s` (\n"
        "    `a`,\n"
        "    `e`,\n"
        "    `f`\n"
        ")\n"
        "SELECT\n"
        "    `$$T_PROJECT`.`a`,\n"
        "    (SUM(`b`, `c`) OVER(ORDER BY `d`)) AS `e`,\n"
        "    'x, FROM y''s' AS `f`\n"
        "FROM (\n"
        "    SELECT\n"
        "        `a`,\n"
        "        EXTRACT(DAY FROM `b`),\n"
        "        `c` IS DISTINCT FROM `d`\n"
        "    FROM `Prod`.`Main db`.`t` $$T_SOURCE\n"
        ") $$T_PROJECT WHERE `a` = 1"
    )


def test_h09_names_are_exact() -> None:
    """H-09: names are case-sensitive; the starter kit lower-cased catalog and database."""
    assert "FROM `t` $$T_SOURCE" in unqualified(QUERY, "Prod", "Main db")
    assert unqualified(QUERY, "prod", "main db") == QUERY
    assert insert("Mixed-Case", ["A b"], "SELECT 1").startswith("INSERT INTO `Mixed-Case` (\n    `A b`\n)")


def test_only_tables_lose_their_qualification() -> None:
    text = "SELECT '`c`.`d`.`t`', `x``c`, `c`.`d`.`t` FROM `c`.`d`.`t`"

    assert unqualified(text, "c", "d") == "SELECT '`c`.`d`.`t`', `x``c`, `t` FROM `t`"


def test_a_backtick_in_a_name_is_doubled() -> None:
    assert quoted("a`b") == "`a``b`"
    assert unqualified("FROM `a``b`.`d`.`t`", "a`b", "d") == "FROM `t`"


pieces = st.sampled_from(
    ["SELECT", "FROM", "DISTINCT", ",", "(", ")", "'a, (FROM\n  SELECT '", "`b (,`", "x", " ", "\n", "\n        ", "'"]
)


@given(st.lists(pieces).map(" ".join))
def test_nothing_but_space_changes(query: str) -> None:
    laid_out = insert("s", ["a"], query).partition("\n)\n")[2]

    assert words(laid_out) == words(query)
