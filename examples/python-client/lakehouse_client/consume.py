"""Prints records of a table: ``python -m lakehouse_client.consume --environment dev``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from .avro_clients import AvroConsumer
from .configuration import Deployment, arguments, load
from .refreshing import Refreshing


def main(argv: Sequence[str] | None = None) -> int:
    """Prints records of a table as they come, until interrupted."""
    parser = arguments(main.__doc__ or "")
    parser.add_argument("--topic", default="stock_trades_with_totals", help="a table in Avro")
    parser.add_argument("--group", help="begins with <system>-<environment>")
    options = parser.parse_args(argv)
    deployment = Deployment(options.system, options.environment)
    consumer = Refreshing(
        lambda: load(deployment, "consumer", group=options.group),
        lambda configuration: AvroConsumer(configuration, options.topic),
        AvroConsumer.close,
    )
    try:
        while True:
            record = consumer.use(AvroConsumer.receive)
            if record is not None:
                print(json.dumps(record, default=str))
    except KeyboardInterrupt:
        return 0
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
