"""``python -m r9s_notebook.server``: the images API for any client, on loopback unless told otherwise."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.imaging.codec import MAX_PIXELS
from r9s_notebook.server.access import AccessLog
from r9s_notebook.server.app import create_app
from r9s_notebook.server.closing import Closing
from r9s_notebook.server.engine import Engine
from r9s_notebook.server.faults import Faults
from r9s_notebook.server.limits import Limits
from r9s_notebook.server.registry import DEFAULT, FALLBACK, engine_names, engine_type
from r9s_notebook.server.running import serve
from r9s_notebook.server.workers import whole_number

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
Make = Callable[[argparse.Namespace], Engine]


def command_line(argv: Sequence[str] | None = None) -> tuple[argparse.ArgumentParser, Make]:
    """The parser of the command line, with the options of the engines that it names, and what makes these engines."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--engine", action="append", metavar="NAME")
    names = first.parse_known_args(argv)[0].engine or [DEFAULT]
    known = [name for name in engine_names() if name != FALLBACK]  # which several of the others make
    parser = argparse.ArgumentParser(
        prog="python -m r9s_notebook.server", description="The R9S images API, served by an engine.", allow_abbrev=False
    )
    parser.add_argument(
        "--engine",
        action="append",
        choices=known,
        help=f"what makes the pictures (default: {DEFAULT}); given twice, the second serves what the first does not",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument(
        "--port", type=whole_number(1, 65535), metavar="PORT", default=8765, help="port (default: %(default)s)"
    )
    parser.add_argument("--api-key", help="insist on this bearer token (default: R9S_SERVER_API_KEY, or none)")
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="another name by which it may be called"
    )
    parser.add_argument(
        "--grace",
        type=whole_number(0, 86_400),
        metavar="SECONDS",
        default=30,
        help="for what has begun, after SIGTERM or SIGINT; a second one ends at once (default: %(default)s)",
    )
    parser.add_argument("--no-key", action="store_true", help="serve anybody, beyond this machine too")
    parser.add_argument("--access-log", action="store_true", help="a line of JSON for each request, on standard output")
    parser.add_argument("--log-prompts", action="store_true", help="with the prompts in it")
    limits = parser.add_argument_group("limits")
    most = Limits()
    limits.add_argument(
        "--max-body",
        type=whole_number(1, 4096),
        metavar="MIB",
        default=most.body // 2**20,
        help="mebibytes of one request (default: %(default)s)",
    )
    limits.add_argument(
        "--max-pixels",
        type=whole_number(1, MAX_PIXELS),
        metavar="N",
        default=most.pixels,
        help="pixels of one image that is sent (default: %(default)s)",
    )
    limits.add_argument(
        "--queue",
        type=whole_number(1, 100_000),
        metavar="N",
        default=most.queue,
        help="requests that wait or are worked at; more are told when to come again (default: %(default)s)",
    )
    faults = parser.add_argument_group("faults on purpose, for teaching and tests")
    faults.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="every picture takes longer")
    faults.add_argument("--error-rate", type=float, default=0.0, metavar="SHARE", help="so many requests fail, 0 to 1")
    faults.add_argument("--error-status", type=int, default=500, metavar="STATUS", help="with this (default: 500)")
    faults.add_argument("--requests-per-minute", type=int, metavar="N", help="then 429, for each key")
    faults.add_argument("--refuse", action="append", default=[], metavar="WORD", help="refuse prompts with this word")
    makers = [_engine_options(parser, name) for name in dict.fromkeys(names) if name in known]

    def make(options: argparse.Namespace) -> Engine:
        engines = [maker(options) for maker in makers]
        return engines[0] if len(engines) == 1 else engine_type(FALLBACK)(engines=engines)

    return parser, make


def _engine_options(parser: argparse.ArgumentParser, name: str) -> Make:
    """Adds an engine's own options."""
    kind = engine_type(name)
    options = getattr(kind, "command_line", None)
    if options is None:
        return lambda _options: kind()
    made: Make = options(parser.add_argument_group(f"engine {name}"))
    return made


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until interrupted."""
    parser, make = command_line(argv)
    options = parser.parse_args(argv)
    if options.log_prompts and not options.access_log:
        parser.error("--log-prompts says what --access-log writes: give both.")
    logging.basicConfig(format="%(levelname)s:     %(message)s")  # beside uvicorn's own
    logging.getLogger("r9s_notebook").setLevel(logging.INFO)
    try:
        faults = Faults(
            latency=options.latency,
            error_rate=options.error_rate,
            error_status=options.error_status,
            requests_per_minute=options.requests_per_minute,
            refused_words=tuple(options.refuse),
        )
        engine = make(options)
    except (ValueError, R9SNotebookError) as error:
        parser.error(str(error))
    api_key = options.api_key or os.environ.get("R9S_SERVER_API_KEY")  # which keeps it out of the list of processes
    if not (api_key or options.no_key or options.host in _LOOPBACK):
        parser.error(
            f"At {options.host} others than this machine can reach it: give it a key (--api-key, R9S_SERVER_API_KEY), "
            "or say --no-key."
        )
    closing = Closing()
    app = create_app(
        engine,
        api_key=api_key,
        hosts={*_LOOPBACK, options.host, *options.allow_host},
        faults=faults,
        metrics=True,
        closing=closing,
        access_log=AccessLog(sys.stdout, prompts=options.log_prompts) if options.access_log else None,
        limits=Limits(body=options.max_body * 2**20, pixels=options.max_pixels, queue=options.queue),
    )
    # The application closes its engine when it is shut down; uvicorn ends the process by the signal itself. Its own log
    # of requests has addresses of pictures in it, by which anybody can fetch them.
    serve(
        app,
        closing,
        host=options.host,
        port=options.port,
        grace=options.grace,
        access_log=not options.access_log,
    )


if __name__ == "__main__":
    main()
