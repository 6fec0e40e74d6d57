"""Each trade with its value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_flink.pipelines import sql_of
from local_flink.tables import Row, Tables
from starter_kit_forms import TOTALS_AS_IN_THE_STARTER_KIT

STATEMENT = sql_of("stock_trades_with_totals")
INT = 2**31


def trade(quantity: int | None, price: int | None) -> dict[str, Any]:
    """Make a record of `stock_trades`; prices are in cents."""
    return {
        "side": "BUY",
        "quantity": quantity,
        "symbol": "ZVZZT",
        "price": price,
        "account": "ABC123",
        "userid": "User_1",
    }


def totals(tables: Tables, statement: str, trades: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run a statement over trades of which any field may be null."""
    made = tables()
    made.source("stock_trades", trades, nullable=True)
    made.sink("stock_trades_with_totals")
    made.environment.execute_sql(statement).wait()
    return made.rows("stock_trades_with_totals")


def test_a_trade_has_its_value_and_its_time(streaming: Tables) -> None:
    """Every column, in its place."""
    (row,) = totals(streaming, STATEMENT, [trade(3, 7)])
    assert list(row.items()) == [
        ("trade_timestamp", "2026-01-01 00:00:00Z"),
        ("userid", "User_1"),
        ("side", "BUY"),
        ("symbol", "ZVZZT"),
        ("quantity", 3),
        ("price", 7),
        ("total_price", 21),
    ]


def test_the_largest_trades_and_unknown_prices(streaming: Tables) -> None:
    """A product does not overflow; one with an unknown factor is unknown, and its row stays."""
    trades = [trade(100_000, 100_000), trade(INT - 1, INT - 1), trade(-INT, INT - 1), trade(2, None), trade(None, 2)]
    rows = totals(streaming, STATEMENT, trades)
    assert [row["total_price"] for row in rows] == [10**10, (INT - 1) ** 2, -INT * (INT - 1), None, None]


def test_the_starter_kit_overflows(streaming: Tables) -> None:
    """The form that the test above is against: 100,000 of a hundred thousand are 1,410,065,408."""
    rows = totals(streaming, TOTALS_AS_IN_THE_STARTER_KIT, [trade(100_000, 100_000), trade(65_536, 65_536)])
    assert [row["total_price"] for row in rows] == [1_410_065_408, 0]


FACTOR = st.none() | st.integers(-INT, INT - 1)


@pytest.mark.full
@settings(max_examples=10)
@given(factors=st.lists(st.tuples(FACTOR, FACTOR), min_size=1, max_size=200))
def test_whatever_factors(streaming: Tables, factors: list[tuple[int | None, int | None]]) -> None:
    """The value is what Python, which has no largest integer, says it is."""
    trades: list[Row] = [trade(quantity, price) for quantity, price in factors]
    rows = totals(streaming, STATEMENT, [dict(row) for row in trades])
    assert [row["total_price"] for row in rows] == [
        None if quantity is None or price is None else quantity * price for quantity, price in factors
    ]
