"""What the runs of one sweep have in common: the same where a cell is run again, so that it goes on."""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.session.planning import Call

_sweeps: Counter[tuple[str, str]] = Counter()  # the same one several times in one execution of a cell
_numbers = itertools.count()
_labs_batches: set[str] = set()  # of this process: what is in it was not cut off by a kernel's end


def name_of(cell: Cell, calls: Sequence[Call], clients: Mapping[str, Any]) -> str:
    """The same for the same calls in the same cell, whoever makes them."""
    digest = hashlib.sha256(json.dumps([cell.notebook, cell.id]).encode())
    for client in clients.values():
        digest.update(json.dumps([str(client.kind), client.server_url.partition("?")[0], client.model]).encode())
    digests: dict[int, str] = {}
    for call in calls:
        request, source = call.request, None
        if request.source is not None:
            key = id(request.source)
            source = digests[key] = digests.get(key) or hashlib.sha256(request.source.data).hexdigest()
        mask = request.mask.to_json() if request.mask else None
        digest.update(json.dumps([call.client, request.params(), source, mask], default=str).encode())
    return digest.hexdigest()[:32]


def batch_of_sweep(name: str, cell: Cell) -> str:
    """What the runs of a sweep have in common: a cell that is run again has the same ones."""
    execution = cell.execution or ""
    _sweeps[name, execution] += 1
    return _new_batch(name) if cell.id is None else _numbered(name, _sweeps[name, execution])


def batch_of_lab(name: str, cell: Cell, store: Store, calls: int) -> str:
    """Likewise of a lab, where the same is started again on purpose: a new one, or one that was cut off."""
    if cell.id is None:
        return _new_batch(name)
    for number in itertools.count(1):
        batch = _numbered(name, number)
        if batch in _labs_batches:
            continue
        before = store.batch(batch)
        if not before or (len(before) < calls and any(status == "interrupted" for _id, status, *_ in before)):
            break
    _labs_batches.add(batch)
    return batch


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name[:-4]}{number:04x}"


def _new_batch(name: str) -> str:
    """A script's, which is made anew each time."""
    return hashlib.sha256(f"{name}{time.time_ns()}{next(_numbers)}".encode()).hexdigest()[:32]
