"""A session from whatever its user has: what is missing is opened for it, and closed with it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.history import History
from r9s_notebook.archive.visits import this_visit
from r9s_notebook.session.clients import given_or_found
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import Worker
from r9s_notebook.translation import ask_for_language


def open_session(
    client: Any = None,
    *,
    history: History | Path | str | None = None,
    cell: Cell | None = None,
    worker: Worker | None = None,
    values: Mapping[str, Any] | None = None,
    resume: bool = True,
    max_cost: float | None = None,
) -> Session:
    """A session; ``close()`` closes what was opened here, and nothing that was given.

    Args:
        client: An ``R9S``; None takes the environment's key, or the embedded API.
        history: Where the runs are kept, or its path; None keeps them beside the notebook.
        cell: The cell; None is the one that runs now.
        worker: Who does the work; None is the process's own background thread.
        values: What the form begins with.
        resume: Whether it goes on from the cell's last run.
        max_cost: US dollars that it may spend; None for no limit.
    """
    ask_for_language()
    with contextlib.ExitStack() as opened:
        if not isinstance(history, History):
            history = opened.enter_context(History(history))
        client, close = given_or_found(client)
        opened.callback(close)
        cell = cell or Cell.here()
        how: dict[str, Any] = {"worker": worker, "values": values, "resume": resume, "max_cost": max_cost}
        session = Session(client, history.store, cell=cell, **how)
        session.opened = opened.pop_all()
    if (visit := this_visit()) is not None:
        visit.on_known(session.take_up)
    return session
