"""Validate, status, destroy and preflight; and whose statements they touch."""

from __future__ import annotations

import io
import json

import pytest
from flink_deployer.errors import (
    AuthError,
    ConflictError,
    DeployTimeout,
    UpstreamUnavailable,
    ValidationError,
)
from flink_deployer.statement import HIDDEN_LABEL
from tests.support.changes import LABELS, change
from tests.support.confluent import FakeStatements
from tests.support.events import APP, DIGEST_B, deploy_event, teardown_event
from tests.support.runs import invoke


def test_somebody_elses_statement_of_our_name_is_not_touched() -> None:
    api = FakeStatements()
    name = deploy_event()["statements"][0]["name"]
    api.put(name, "RUNNING")
    with pytest.raises(ConflictError, match="no label"):
        invoke(api, deploy_event())
    assert api.present() == {name: "RUNNING"}
    assert name in invoke(api, teardown_event())["warnings"][0]
    assert api.present() == {name: "RUNNING"}


def test_what_the_plugin_looked_up_starts_nothing_and_goes_with_the_next_change() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    running = api.present()
    look_up = "table-api-2026-01-01-120000-00000000-0000-4000-8000-000000000000-plugin"
    api.put(look_up, "COMPLETED", labels={HIDDEN_LABEL: "true"})
    assert invoke(api, deploy_event(action="status"))["in_sync"]
    assert invoke(api, deploy_event())["statements"][0]["outcome"] == "reused"
    assert api.present() == {**running, look_up: "COMPLETED"}
    invoke(api, deploy_event(digest=DIGEST_B))
    assert look_up not in api.present()
    api.put(look_up, "COMPLETED", labels={HIDDEN_LABEL: "true"})
    invoke(api, teardown_event())
    assert api.present() == {}


def test_another_application_whose_name_begins_alike_is_not_touched() -> None:
    api = FakeStatements()
    other = f"{APP}-and-more-avro-0123456789"
    api.put(other, "RUNNING", labels={f"user.confluent.io/{APP}-and-more": "true"})
    invoke(api, deploy_event())
    invoke(api, teardown_event())
    assert api.present() == {other: "RUNNING"}


def test_a_helper_that_another_invocation_cleans_up_is_made_again() -> None:
    api = FakeStatements()
    cleaned: list[str] = []

    def clean(_: int) -> None:
        helpers = [name for name in api.jobs if "explain" in name]
        if helpers and not cleaned:
            cleaned.append(helpers[0])
            del api.jobs[helpers[0]]

    api.before = clean
    assert invoke(api, deploy_event(dry_run=True))["statements"][0]["outcome"] == "valid"
    assert len([entry for entry in api.log if entry.startswith("create")]) == 2


def test_a_helper_that_is_always_cleaned_up_is_an_error() -> None:
    api = FakeStatements()

    def clean(_: int) -> None:
        for name in [name for name in api.jobs if "explain" in name]:
            del api.jobs[name]

    api.before = clean
    with pytest.raises(UpstreamUnavailable, match="deleted each time"):
        invoke(api, deploy_event(dry_run=True))
    assert api.present() == {}


def test_a_table_that_explain_never_sees_is_an_error() -> None:
    api = FakeStatements()
    api.fails = {"explain:INSERT": "Cannot find table 'flight_avro'"}
    with pytest.raises(ValidationError, match="Cannot find table"):
        invoke(api, deploy_event(dry_run=True, wait_timeout_s=840))
    assert len([entry for entry in api.log if entry.startswith("create")]) > 3


def test_status_knows_a_statement_in_another_pool_and_one_that_is_missing() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    event = deploy_event(action="status")
    event["target"]["compute_pool_id"] = "lfcp-other"
    (moved,) = invoke(api, event)["drift"]
    assert "runs in lfcp-abc123 as sa-abc123" in moved
    (missing,) = invoke(FakeStatements(), event)["drift"]
    assert "does not exist" in missing


def test_validate_explains_and_leaves_nothing() -> None:
    api = FakeStatements()
    output = io.StringIO()
    result = invoke(api, deploy_event(dry_run=True), output=output)
    assert [one["outcome"] for one in result["statements"]] == ["valid"]
    assert "== Physical Plan ==" in output.getvalue()
    assert api.present() == {}


def test_status_counts_what_differs_and_changes_nothing() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    output = io.StringIO()
    assert invoke(api, deploy_event(action="status"), output=output)["in_sync"]
    api.force(deploy_event()["statements"][0]["name"], "FAILED", "a bad row")
    api.put(f"{APP}-forgotten-0123456789", "RUNNING", labels=LABELS)
    before = api.present()
    result = invoke(api, deploy_event(action="status"), output=output)
    assert len(result["drift"]) == 2
    assert api.present() == before
    metrics = [json.loads(line) for line in output.getvalue().splitlines() if "_aws" in line]
    assert [(one["FunctionName"], one["Drift"]) for one in metrics] == [(APP, 0), (APP, 2)]
    (declared,) = metrics[0]["_aws"]["CloudWatchMetrics"]
    assert declared["Namespace"] == "StreamingLakehouse/Flink"
    assert declared["Dimensions"] == [["FunctionName"]]


def test_h03_destroy_leaves_no_statement() -> None:
    """H-03: a destroy that calls nothing leaves the statements running, and billed."""
    api, after, _, _ = change(keep_previous=True)
    invoke(api, after)
    assert len(api.present()) == 2
    result = invoke(api, teardown_event())
    assert api.present() == {}
    assert {one["outcome"] for one in result["statements"]} == {"deleted"}
    assert invoke(api, teardown_event())["statements"] == []


def test_a_destroy_that_is_not_allowed_is_an_error() -> None:
    api = FakeStatements()
    invoke(api, deploy_event())
    api.may_not_delete = True
    with pytest.raises(DeployTimeout, match="is being deleted"):
        invoke(api, teardown_event(wait_timeout_s=30))


def test_what_stays_listed_after_its_deletion_was_not_deleted() -> None:
    api = FakeStatements(stale=1000)
    invoke(api, deploy_event())
    with pytest.raises(AuthError, match="still listed"):
        invoke(api, teardown_event())


def test_a_preflight_fails_with_a_key_that_may_nothing() -> None:
    api = FakeStatements()
    assert invoke(api, teardown_event("create"))["statements"] == []
    api.forbidden = True
    with pytest.raises(AuthError):
        invoke(api, teardown_event("create"))
