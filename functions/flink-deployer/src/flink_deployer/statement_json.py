"""Statements to and from the JSON of Confluent's SQL API, version v1."""

from collections.abc import Mapping
from typing import cast

from flink_deployer.errors import UpstreamUnavailable
from flink_deployer.statement import PHASES, Draft, Phase, Statement


def member(value: object, key: str) -> Mapping[str, object]:
    """A nested object; an absent one, or null, is empty."""
    nested = value.get(key) if isinstance(value, Mapping) else None
    return nested if isinstance(nested, Mapping) else {}


def items(value: object, key: str) -> list[object]:
    """A nested list; an absent one, or null, is empty."""
    nested = value.get(key) if isinstance(value, Mapping) else None
    return nested if isinstance(nested, list) else []


def text(value: Mapping[str, object], key: str) -> str:
    """A string; anything else is empty."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def decode_statement(value: object) -> Statement:
    """Reads a statement.

    Raises:
        UpstreamUnavailable: it has a phase that this deployer does not know, so it cannot judge the statement.
    """
    content = cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}
    metadata, spec, status = member(content, "metadata"), member(content, "spec"), member(content, "status")
    name, phase = text(content, "name"), text(status, "phase")
    if phase not in PHASES:
        raise UpstreamUnavailable(
            f"statement {name} is in phase {phase or 'none'}, which this deployer does not know",
            statement=name,
            hint="apply again; if that stays, update the deployer",
        )
    return Statement(
        name=name,
        phase=cast("Phase", phase),
        sql=text(spec, "statement"),
        properties=_texts(spec, "properties"),
        labels=_texts(metadata, "labels"),
        compute_pool_id=text(spec, "compute_pool_id"),
        principal_id=text(spec, "principal"),
        detail=text(status, "detail"),
        uid=text(metadata, "uid"),
        created_at=text(metadata, "created_at"),
        scaling_status=text(status, "scaling_status") or text(member(status, "scaling_status"), "scaling_state"),
        latest_offsets=_texts(status, "latest_offsets"),
        warnings=tuple(_message(warning) for warning in items(status, "warnings")),
    )


def encode_draft(draft: Draft) -> Mapping[str, object]:
    """The body that creates a statement."""
    return {
        "name": draft.name,
        "metadata": {"labels": dict(draft.labels)},
        "spec": {
            "statement": draft.sql,
            "properties": dict(draft.properties),
            "compute_pool_id": draft.compute_pool_id,
            "principal": draft.principal_id,
        },
    }


def changed_spec(content: Mapping[str, object], changes: Mapping[str, object]) -> Mapping[str, object]:
    """The body that changes a statement: all that was read, resource version included, with another spec."""
    kept = {key: value for key, value in content.items() if key != "status"}
    return {**kept, "spec": {**member(content, "spec"), **changes}}


def _texts(value: Mapping[str, object], key: str) -> Mapping[str, str]:
    return {name: str(item) for name, item in member(value, key).items()}


def _message(value: object) -> str:
    return text(value, "message") if isinstance(value, Mapping) else str(value)
