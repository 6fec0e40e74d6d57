"""What a deploy does, by what it finds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flink_deployer.errors import ConflictError
from flink_deployer.statement import CARRY_OVER, Phase
from tests.support.changes import LABELS, change
from tests.support.confluent import FakeStatements
from tests.support.events import APP, DIGEST_B, deploy_event, statement
from tests.support.runs import Renderer, invoke


def test_h03_an_unchanged_event_changes_nothing_and_needs_no_engine() -> None:
    """H-03: invoked again, the starter kit starts one more INSERT that never ends."""
    api = FakeStatements()
    first = invoke(api, deploy_event())
    invoke(api, deploy_event())
    api.log.clear()
    renderer = Renderer("a")
    again = invoke(api, deploy_event(), renderer=renderer)
    assert renderer.asked == 0
    assert {entry.split()[0] for entry in api.log} <= {"list", "get"}
    assert [one["outcome"] for one in first["statements"]] == ["created"]
    assert [one["outcome"] for one in again["statements"]] == ["reused"]


def test_a_change_says_what_it_replaced() -> None:
    api, after, old, new = change()
    result = invoke(api, after)
    (changed,) = result["statements"]
    assert (changed["outcome"], changed["name"], changed["previous"]) == ("replaced", new, old)
    assert api.present() == {new: "RUNNING"}


def test_a_table_that_flink_sees_late_is_waited_for() -> None:
    api, after, _, new = change()
    api.late = {new: 2}
    result = invoke(api, after)
    assert api.present() == {f"{new}-r3": "RUNNING"}
    assert len(result["warnings"]) == 2
    assert result["statements"][0]["name"] == f"{new}-r3"
    again = invoke(api, after)
    assert again["statements"][0]["outcome"] == "reused"


def test_a_statement_that_was_stopped_by_hand_runs_again() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    name = deploy_event()["statements"][0]["name"]
    api.force(name, "STOPPED")
    assert invoke(api, deploy_event())["statements"][0]["outcome"] == "resumed"
    assert api.written["flight_avro"].most_common(1)[0][1] == 1


def test_a_statement_that_failed_is_tried_again_once() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    name = deploy_event()["statements"][0]["name"]
    api.force(name, "FAILED", "a bad row")
    result = invoke(api, deploy_event())
    assert api.present() == {name: "RUNNING"}
    assert "has failed and hands no offsets over" in result["warnings"][0]


def test_a_statement_moves_to_another_pool_with_its_offsets() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    event = deploy_event()
    event["target"]["compute_pool_id"] = "lfcp-other"
    result = invoke(api, event)
    (name,) = api.running()
    assert api.jobs[name].statement.compute_pool_id == "lfcp-other"
    assert result["statements"][0]["outcome"] == "resumed"
    assert api.written["flight_avro"].most_common(1)[0][1] == 1


def test_what_is_to_be_taken_over_and_is_not_there_is_refused() -> None:
    api = FakeStatements()
    with pytest.raises(ConflictError, match="tf-old does not exist"):
        invoke(api, deploy_event(statement(take_over="tf-old")))
    assert api.present() == {}


def test_a_version_that_has_failed_hands_nothing_over_and_somebody_chooses_where_to_begin() -> None:
    api, after, old, new = change()
    api.force(old, "FAILED", "a bad row")
    with pytest.raises(ConflictError, match="hands no offsets over"):
        invoke(api, after)
    assert api.present() == {old: "FAILED"}
    chosen = deploy_event(statement(digest=DIGEST_B, strategy="replace"), digest=DIGEST_B)
    invoke(api, chosen)
    assert api.present() == {new: "RUNNING"}


def test_a_version_that_fails_instead_of_stopping_does_not_leave_its_successor_waiting() -> None:
    api, after, old, new = change()
    failed: list[str] = []

    def fail_once_it_is_awaited(_: int) -> None:
        if new in api.jobs and not failed:
            failed.append(old)
            api.force(old, "FAILED", "a bad row")

    api.before = fail_once_it_is_awaited
    with pytest.raises(ConflictError, match="hands no offsets over"):
        invoke(api, after)
    assert new not in api.present()


def test_who_goes_on_behind_a_version_that_failed_is_told_what_comes_twice() -> None:
    api, after, old, new = change(keep_previous=True)
    invoke(api, after)
    api.force(new, "FAILED", "a bad row")
    third = deploy_event(statement(digest="c" * 64), digest="c" * 64)
    result = invoke(api, third)
    assert f"{new} has failed: goes on where {old} stopped" in result["warnings"][0]


def test_a_revert_begins_where_the_newest_one_stopped_although_both_have() -> None:
    api, after, old, new = change(keep_previous=True)
    invoke(api, after)
    assert api.present() == {old: "STOPPED", new: "RUNNING"}
    api.force(new, "STOPPED")
    invoke(api, deploy_event())
    assert api.present() == {old: "RUNNING"}
    assert api.jobs[old].statement.source == new
    assert api.written["flight_avro"].most_common(1)[0][1] == 1


def test_a_statement_that_was_stopped_before_it_ever_ran_has_no_position() -> None:
    api, _, old, _ = change()
    never = f"{APP}-flight-avro-0123456789"
    api.put(never, "STOPPED", labels=LABELS)
    api.jobs[never].position = None
    api.jobs[never].statement = replace(api.jobs[never].statement, properties={CARRY_OVER: old})
    api.force(old, "STOPPED")
    after = deploy_event(statement(digest=DIGEST_B), digest=DIGEST_B)
    result = invoke(api, after)
    assert result["statements"][0]["previous"] == old
    assert api.written["flight_avro"].most_common(1)[0][1] == 1


def test_what_another_invocation_made_meanwhile_is_found_at_the_end() -> None:
    api, after, _, new = change()
    other = f"{APP}-flight-avro-0123456789"

    def meanwhile(call: int) -> None:
        if call == begun + 15:
            api.put(other, "RUNNING", labels=LABELS)

    begun = api.calls
    api.before = meanwhile
    invoke(api, after)
    assert other in " ".join(api.log)
    assert api.present() == {new: "RUNNING"}


@pytest.mark.parametrize("phase", ["FAILING", "DEGRADED"])
def test_what_may_recover_is_given_time(phase: Phase) -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    name = deploy_event()["statements"][0]["name"]
    api.force(name, phase)
    calls = api.calls

    def recover(call: int) -> None:
        if call == calls + 12:
            api.force(name, "RUNNING")

    api.before = recover
    assert invoke(api, deploy_event())["statements"][0]["phase"] == "RUNNING"


def test_an_old_version_that_starts_for_ever_is_given_up() -> None:
    api, after, old, new = change()
    api.force(old, "PENDING")
    api.scaling = {old: "POOL_EXHAUSTED"}
    invoke(api, after)
    assert api.present() == {new: "RUNNING"}


def test_a_wanted_statement_that_waits_for_a_stranger_is_submitted_again() -> None:
    api = FakeStatements()
    api.put("stranger", "RUNNING", sql="INSERT old flight_avro")
    event = deploy_event()
    name = event["statements"][0]["name"]
    api.put(name, "PENDING", sql="INSERT a flight_avro", labels=LABELS)
    api.jobs[name].position = None
    api.jobs[name].statement = replace(api.jobs[name].statement, properties={CARRY_OVER: "stranger"})
    invoke(api, event)
    assert api.present() == {"stranger": "RUNNING", name: "RUNNING"}


def test_a_statement_that_waits_in_another_pool_is_submitted_again() -> None:
    api = FakeStatements()
    event = deploy_event()
    name = event["statements"][0]["name"]
    api.put(name, "PENDING", sql="INSERT a flight_avro", labels=LABELS)
    event["target"]["compute_pool_id"] = "lfcp-other"
    invoke(api, event)
    assert api.jobs[name].statement.compute_pool_id == "lfcp-other"
    assert api.present() == {name: "RUNNING"}


def test_a_bounded_statement_that_is_over_is_what_was_wanted() -> None:
    api = FakeStatements()
    name = deploy_event()["statements"][0]["name"]
    api.put(name, "COMPLETED", labels=LABELS)
    assert invoke(api, deploy_event())["statements"][0]["phase"] == "COMPLETED"
