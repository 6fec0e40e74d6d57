"""Serves moto, an in-memory AWS, on a loopback port, for as long as its parent process lives.

    python server.py --port 0 --nonce <text> --seed <text>

Prints one line {"ready": true, "url": "http://127.0.0.1:<port>"} when it listens. SIGTERM ends it,
and so does the end of its standard input, which is what a dead parent looks like. Beside AWS it
answers GET /sandbox/whoami, /sandbox/journal and /sandbox/errors.

With --lambda <JSON> (see lambda_runtime/setup.py), functions really run, and /sandbox/functions
tells of them.
"""

import argparse
import json
import logging
import os
import signal
import threading

import deterministic_ids
from gateway import Gateway
from lambda_runtime.setup import set_up
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import BaseWSGIServer, make_server

HOST = "127.0.0.1"
STANDARD_INPUT = 0


def main() -> None:
    """Serves until told to end; a taken port ends the process at once, with werkzeug's message."""
    parser = argparse.ArgumentParser(description="Serves moto for one sandbox.")
    parser.add_argument("--port", type=int, required=True, help="0 lets the system choose")
    parser.add_argument("--nonce", required=True, help="what GET /sandbox/whoami answers with")
    parser.add_argument("--seed", required=True, help="what the ids are derived from")
    parser.add_argument("--lambda", dest="functions", help="how to run functions, JSON")
    arguments = parser.parse_args()

    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # the gateway logs each call
    deterministic_ids.install(arguments.seed)
    moto = DomainDispatcherApplication(create_backend_app)
    server = make_server(HOST, arguments.port, moto, threaded=True, request_handler=MotoRequestHandler)
    url = f"http://{HOST}:{server.port}"
    lock = threading.Lock()
    functions = set_up(arguments.functions, url, lock) if arguments.functions else None
    server.app = Gateway(moto, arguments.nonce, lock, functions)
    _end_with_the_parent(server)
    print(json.dumps({"ready": True, "url": url}), flush=True)
    server.serve_forever(poll_interval=0.1)
    if functions is not None:
        functions.close()


def _end_with_the_parent(server: BaseWSGIServer) -> None:
    """Shuts the server down on SIGTERM and at the end of standard input.

    That takes a thread of its own: shutdown() waits for the loop that it ends.
    """

    def shut_down_at_end_of_input() -> None:
        # not sys.stdin: a thread that waits in it holds its lock, and Python aborts over that
        while os.read(STANDARD_INPUT, 4096):
            pass
        server.shutdown()

    def shut_down_on_signal(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, shut_down_on_signal)
    threading.Thread(target=shut_down_at_end_of_input, daemon=True).start()


if __name__ == "__main__":
    main()
