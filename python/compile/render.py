"""Renders pipelines with the Table API plugin: `render.py <request>`, where the request is a JSON file.

It has the directory of the pipelines, their names, the target, its key, and the file that the texts go to, by pipeline
and sink. They do not go to standard output, on which a JVM may say something too.
"""

import json
import sys
from pathlib import Path

from flink_deployer.engines.table_api import TableApiEngine
from flink_deployer.pipelines import load_pipeline
from flink_deployer.target import Credentials, Target


def main(request_file: str) -> None:
    """Renders all pipelines of a request in one JVM."""
    request = json.loads(Path(request_file).read_text("utf-8"))
    target, credentials = Target(**request["target"]), Credentials(**request["credentials"])
    engine, directory = TableApiEngine(), Path(request["pipelines"])
    texts = {
        name: dict(engine.render(load_pipeline(directory, name), target, credentials)) for name in request["names"]
    }
    Path(request["texts"]).write_text(json.dumps(texts), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
