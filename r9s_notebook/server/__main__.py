"""``python -m r9s_notebook.server``: the embedded images API for any client, on loopback unless told otherwise."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence

import uvicorn

from r9s_notebook.server import work
from r9s_notebook.server.app import create_app
from r9s_notebook.server.limits import Misbehaviour


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m r9s_notebook.server",
        description="The images API, drawn by the sketch engine (vector shapes, no AI model).",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument(
        "--port", type=_whole(1, 65535), metavar="PORT", default=8765, help="port to listen on (default: %(default)s)"
    )
    parser.add_argument("--api-key", help="insist on this bearer token (default: R9S_OFFLINE_API_KEY, or none)")
    parser.add_argument(
        "--workers",
        type=_whole(0, 64),
        metavar="N",
        help="processes that draw; 0 draws on threads (default: one per core)",
    )
    faults = parser.add_argument_group("faults on purpose, for teaching and tests")
    faults.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="every picture takes longer")
    faults.add_argument("--error-rate", type=float, default=0.0, metavar="SHARE", help="so many requests fail, 0 to 1")
    faults.add_argument("--error-status", type=int, default=500, metavar="STATUS", help="with this (default: 500)")
    faults.add_argument("--requests-per-minute", type=int, metavar="N", help="then 429, for each key")
    faults.add_argument("--refuse", action="append", default=[], metavar="WORD", help="refuse prompts with this word")
    return parser


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"a whole number from {low} to {high}, not {text!r}")
        return int(text)

    return read


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until interrupted."""
    parser = arguments()
    options = parser.parse_args(argv)
    try:
        misbehaviour = Misbehaviour(
            latency=options.latency,
            error_rate=options.error_rate,
            error_status=options.error_status,
            requests_per_minute=options.requests_per_minute,
            refused_words=tuple(options.refuse),
        )
    except ValueError as error:
        parser.error(str(error))
    executor = work.threads() if options.workers == 0 else work.processes(options.workers)
    app = create_app(
        # The environment keeps a key out of the list of processes.
        api_key=options.api_key or os.environ.get("R9S_OFFLINE_API_KEY"),
        misbehaviour=misbehaviour,
        executor=executor,
    )
    # The application closes its executor when it is shut down; uvicorn ends the process by the signal itself.
    uvicorn.run(app, host=options.host, port=options.port, log_level="info")


if __name__ == "__main__":
    main()
