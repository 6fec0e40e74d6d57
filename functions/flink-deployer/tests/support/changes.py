"""An application that runs, and a change of it."""

from __future__ import annotations

from typing import Any

from tests.support.confluent import FakeStatements
from tests.support.events import APP, DIGEST_A, DIGEST_B, deploy_event, statement
from tests.support.runs import invoke

LABELS = {f"user.confluent.io/{APP}": "true"}
STRATEGIES = ["carry_over", "replace", "recreate"]


def change(strategy: str = "carry_over", **options: Any) -> tuple[FakeStatements, object, str, str]:
    """An application that runs, and the event that changes it, with the old and the new name."""
    before = deploy_event(statement(digest=DIGEST_A, strategy=strategy), digest=DIGEST_A)
    after = deploy_event(statement(digest=DIGEST_B, strategy=strategy), digest=DIGEST_B, **options)
    api = FakeStatements()
    invoke(api, before)
    return api, after, before["statements"][0]["name"], after["statements"][0]["name"]
