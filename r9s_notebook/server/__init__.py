"""The images API as a server, over any engine: one that draws, one that remembers, one with models of one's own.

In process, without a port::

    from r9s_notebook import R9S

    with R9S.offline() as r9s:
        r9s.images.create(prompt="three red balloons over a snowy village at dusk")

For anyone else's client: ``python -m r9s_notebook.server --port 8765``.
"""

from __future__ import annotations

from r9s_notebook.server.access import AccessLog, Served
from r9s_notebook.server.app import create_app
from r9s_notebook.server.closing import Closing
from r9s_notebook.server.engine import Asked, Engine, Job, Model, NotServed, Output
from r9s_notebook.server.faults import Faults
from r9s_notebook.server.limits import Limits
from r9s_notebook.server.refusal import Refusal
from r9s_notebook.server.registry import DEFAULT, FALLBACK, open_engine

__all__ = [
    "DEFAULT",
    "FALLBACK",
    "AccessLog",
    "Asked",
    "Closing",
    "Engine",
    "Faults",
    "Job",
    "Limits",
    "Model",
    "NotServed",
    "Output",
    "Refusal",
    "Served",
    "create_app",
    "open_engine",
]
