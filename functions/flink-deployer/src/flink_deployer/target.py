"""Where statements run, and with which key."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """The place of an application's statements, in Confluent's ids; catalog and database by their exact names."""

    organization_id: str
    environment_id: str
    compute_pool_id: str
    principal_id: str
    cloud: str
    region: str
    rest_endpoint: str
    catalog: str
    database: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """A Flink API key. Its secret is no part of the text form, so that no log or traceback shows it."""

    api_key: str
    api_secret: str = field(repr=False)


SESSION_TIME_ZONE = "UTC"


def session_properties(target: Target) -> Mapping[str, str]:
    """Properties that resolve a text's unqualified names; every statement of an application has them."""
    return {
        "sql.current-catalog": target.catalog,
        "sql.current-database": target.database,
        "sql.local-time-zone": SESSION_TIME_ZONE,
    }
