"""The embedded images API: a server of the same API that draws with the sketch engine and needs no key.

In process, without a port::

    from r9s_notebook import R9S

    with R9S.offline() as r9s:
        r9s.images.create(prompt="three red balloons over a snowy village at dusk")

For anyone else's client: ``python -m r9s_notebook.server --port 8765``.
"""

from __future__ import annotations

from r9s_notebook.server.app import create_app
from r9s_notebook.server.limits import Limits, Misbehaviour
from r9s_notebook.server.parameters import MODEL

__all__ = ["MODEL", "Limits", "Misbehaviour", "create_app"]
