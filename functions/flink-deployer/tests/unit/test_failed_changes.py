"""What a deploy leaves behind when it fails, and with which error it ends."""

from __future__ import annotations

import pytest
from flink_deployer.errors import (
    ConflictError,
    DeployTimeout,
    PoolExhausted,
    StatementFailed,
    UpstreamUnavailable,
    ValidationError,
)
from tests.support.changes import STRATEGIES, change
from tests.support.confluent import FakeStatements
from tests.support.events import DIGEST_A, DIGEST_B, deploy_event, statement
from tests.support.runs import Renderer, invoke


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("at_once", ["!", ""])
def test_h11_a_change_that_fails_is_an_error_and_the_old_one_runs(strategy: str, at_once: str) -> None:
    """H-11: a statement is submitted long before it fails; what was submitted is not yet deployed."""
    api, after, old, new = change(strategy)
    api.fails = {new: f"{at_once}column 'x' is gone"}
    api.thrown = {new: ["TableException: column 'x' is gone"]}
    with pytest.raises(StatementFailed, match="column 'x' is gone; thrown: TableException") as failure:
        invoke(api, after)
    assert old in failure.value.hint
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}
    api.fails, api.thrown = {}, {}
    assert invoke(api, after)["statements"][0]["outcome"] == "replaced"
    assert api.present() == {new: "RUNNING"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_h11_a_statement_that_throws_while_it_is_watched_is_rolled_back(strategy: str) -> None:
    """H-11: RUNNING is not healthy yet."""
    api, after, old, new = change(strategy)
    api.thrown = {new: ["SerializationException: magic byte"]}
    with pytest.raises(StatementFailed, match="magic byte"):
        invoke(api, after)
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}


def test_degraded_is_a_failure_once_the_bake_is_over() -> None:
    api, after, old, new = change()
    api.phases = {new: "DEGRADED"}
    with pytest.raises(StatementFailed, match="DEGRADED"):
        invoke(api, after)
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_full_pool_is_retryable_and_the_old_one_runs(strategy: str) -> None:
    api, after, old, new = change(strategy)
    api.scaling = {new: "POOL_EXHAUSTED"}
    with pytest.raises(PoolExhausted) as failure:
        invoke(api, after)
    assert failure.value.retryable
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}


def test_no_time_left_leaves_what_is_there_to_the_next() -> None:
    api, _, old, new = change()
    api.delay = 40
    brief = deploy_event(statement(digest=DIGEST_B), digest=DIGEST_B, wait_timeout_s=60, bake_s=1)
    with pytest.raises(DeployTimeout) as failure:
        invoke(api, brief)
    assert failure.value.retryable
    api.delay = 1
    for _ in range(80):
        for name in list(api.jobs):
            api.get(name)
    invoke(api, brief)
    assert api.present() == {new: "RUNNING"}
    assert old not in api.jobs


def test_a_text_that_flink_does_not_take_changes_nothing() -> None:
    api, after, old, _ = change()
    api.fails = {"explain:INSERT": "SQL parse failed at line 1, column 8"}
    api.log.clear()
    with pytest.raises(ValidationError, match="line 1, column 8"):
        invoke(api, after)
    assert not [entry for entry in api.log if entry.startswith(("stop", "resume"))]
    assert api.present() == {old: "RUNNING"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_refused_submission_leaves_the_old_one_running(strategy: str) -> None:
    api, after, old, new = change(strategy)
    api.refuses = new
    with pytest.raises(ValidationError, match="400"):
        invoke(api, after)
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}


def test_a_table_that_stays_away_is_a_failure() -> None:
    api, after, old, new = change()
    api.late = {new: 99}
    with pytest.raises(StatementFailed, match="Cannot find table"):
        invoke(api, after)
    api.get(old)
    api.get(old)
    assert api.present()[old] == "RUNNING"


def test_blue_green_refuses_a_table_that_is_written() -> None:
    api, after, old, _ = change("blue_green")
    with pytest.raises(ConflictError, match="needs a table of its own"):
        invoke(api, after)
    assert api.present() == {old: "RUNNING"}


def test_a_hand_over_that_fails_lets_the_other_run_again() -> None:
    api = FakeStatements()
    api.put("tf-old", "RUNNING", sql="INSERT old flight_avro")
    event = deploy_event(statement(take_over="tf-old"))
    name = event["statements"][0]["name"]
    api.fails = {name: "a bad row"}
    with pytest.raises(StatementFailed):
        invoke(api, event)
    api.get("tf-old")
    api.get("tf-old")
    assert api.present() == {"tf-old": "RUNNING"}


def test_somebody_who_undoes_every_step_is_noticed() -> None:
    api = FakeStatements(delay=1)
    name = deploy_event()["statements"][0]["name"]
    invoke(api, deploy_event())
    api.force(name, "STOPPED")
    api.before = lambda _: api.force(name, "STOPPED") if name in api.jobs else None
    with pytest.raises(ConflictError, match="somebody else"):
        invoke(api, deploy_event(wait_timeout_s=840))


def test_what_is_deleted_while_it_is_watched_is_an_error_and_the_old_one_runs() -> None:
    api, after, old, new = change()

    def vanish(_: int) -> None:
        if api.running().get(new) is not None:
            del api.jobs[new]

    api.before = vanish
    with pytest.raises(StatementFailed, match="deleted it while it was watched"):
        invoke(api, after)
    api.before = lambda _: None
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}


def test_a_sink_that_the_pipeline_does_not_make_is_refused() -> None:
    with pytest.raises(ValidationError, match="makes nothing for other_avro"):
        invoke(FakeStatements(), deploy_event(statement("other_avro")))


def test_a_text_that_is_too_long_is_refused() -> None:
    renderer = Renderer("x" * 131_072)
    with pytest.raises(ValidationError, match="131072 are the most"):
        invoke(FakeStatements(), deploy_event(), renderer=renderer)


def test_a_rollback_that_is_not_answered_says_so() -> None:
    api, after, old, new = change()
    api.fails = {new: "a bad row"}

    def silent(_: int) -> None:
        if api.present().get(new) == "FAILED" and api.log[-1].startswith("exceptions"):
            raise UpstreamUnavailable("GET has no answer")

    api.before = silent
    with pytest.raises(StatementFailed, match="a bad row") as failure:
        invoke(api, after)
    assert "flight-avro could not be put back: GET has no answer" in failure.value.hint
    api.before = lambda _: None
    api.fails = {}
    invoke(api, deploy_event())
    assert api.present() == {old: "RUNNING"}


def test_a_healthy_statement_of_a_failed_deploy_goes_back_too() -> None:
    two = [statement(digest=DIGEST_A), statement("stats_avro", digest=DIGEST_A, strategy="replace", state="stateful")]
    api = FakeStatements()
    invoke(api, deploy_event(*two))
    changed = [
        statement(digest=DIGEST_B),
        statement("stats_avro", digest=DIGEST_B, strategy="replace", state="stateful"),
    ]
    api.fails = {changed[1]["name"]: "a bad row"}
    with pytest.raises(StatementFailed):
        invoke(api, deploy_event(*changed, digest=DIGEST_B))
    names = {one["name"] for one in two}
    for name in names:
        api.get(name)
        api.get(name)
    assert api.present() == dict.fromkeys(names, "RUNNING")


def test_a_new_healthy_statement_of_a_failed_deploy_stays_for_the_next() -> None:
    both = [statement(), statement("stats_avro", strategy="replace", state="stateful")]
    api = FakeStatements()
    api.fails = {both[1]["name"]: "a bad row"}
    with pytest.raises(StatementFailed):
        invoke(api, deploy_event(*both))
    assert api.present() == {both[0]["name"]: "RUNNING"}


def test_exceptions_that_cannot_be_read_do_not_hide_the_failure() -> None:
    api, after, old, new = change()
    api.fails = {new: "a bad row"}

    api.thrown = {new: UpstreamUnavailable("GET has no answer")}
    with pytest.raises(StatementFailed, match="a bad row"):
        invoke(api, after)
    api.get(old)
    api.get(old)
    assert api.present() == {old: "RUNNING"}
