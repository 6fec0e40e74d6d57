"""Changes that every strategy must survive, wherever they are cut off. Used with a fake of the port and with the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.events import DIGEST_A, DIGEST_B, deploy_event, statement

OUTSIDE = "tf-flight-union-v1"


@dataclass(frozen=True)
class Scenario:
    """An application that is there, and the event that changes it; no earlier event means that nothing is there."""

    name: str
    before: Any
    event: Any
    outside: bool = False

    @property
    def wanted(self) -> dict[str, str]:
        """The names that must run at the end, by sink."""
        return {one["sink"]: one["name"] for one in self.event["statements"]}


def _two(digest: str, strategy: str, state: str) -> list[dict[str, Any]]:
    return [
        statement(digest=digest, strategy=strategy, state=state),
        statement("stats_avro", digest=digest, strategy="replace", state="stateful"),
    ]


def scenarios(first_digest: str = DIGEST_A, second_digest: str = DIGEST_B) -> list[Scenario]:
    """First deploys, changes, reverts, hand-overs and dropped sinks, for each strategy that has them."""
    found = []
    for strategy, state in (("carry_over", "stateless"), ("replace", "stateless"), ("recreate", "stateless")):
        a = deploy_event(statement(digest=first_digest, strategy=strategy, state=state), digest=first_digest)
        b = deploy_event(statement(digest=second_digest, strategy=strategy, state=state), digest=second_digest)
        kept = deploy_event(
            statement(digest=second_digest, strategy=strategy, state=state), digest=second_digest, keep_previous=True
        )
        two_a = deploy_event(*_two(first_digest, strategy, state), digest=first_digest)
        two_b = deploy_event(*_two(second_digest, strategy, state), digest=second_digest)
        dropped = deploy_event(statement(digest=second_digest, strategy=strategy, state=state), digest=second_digest)
        found += [
            Scenario(f"{strategy}: first", None, a),
            Scenario(f"{strategy}: change", a, b),
            Scenario(f"{strategy}: change that keeps the previous", a, kept),
            Scenario(f"{strategy}: revert with the previous kept", kept, a),
            Scenario(f"{strategy}: two statements", two_a, two_b),
            Scenario(f"{strategy}: a sink is dropped", two_a, dropped),
        ]
    first = statement(digest=first_digest, strategy="blue_green", state="stateless")
    second = statement("flight_avro_v2", digest=second_digest, strategy="blue_green", state="stateful")
    blue, green = deploy_event(first, digest=first_digest), deploy_event(second, digest=second_digest)
    found += [
        Scenario("blue_green: first", None, blue),
        Scenario("blue_green: another table", blue, green),
        Scenario("blue_green: back again", green, blue),
        Scenario(
            "carry_over: hand-over",
            None,
            deploy_event(statement(digest=first_digest, take_over=OUTSIDE), digest=first_digest),
            outside=True,
        ),
    ]
    return found
