"""A store with very many runs, made quickly, and what it is asked."""

from __future__ import annotations

import dataclasses
import json
import random
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from r9s_notebook.history import Run, Store, StoredImage, search
from r9s_notebook.history.ids import Clockwork
from r9s_notebook.history.rows import insert_run
from r9s_notebook.history.sidecar import sidecar_path, to_document

CELLS = 400
NOTEBOOKS = 20
RUNS_IN_ONE_CELL = 5_000
_BATCH = 5_000


def vocabulary(chance: random.Random) -> list[str]:
    """Words of which a few are in most prompts and most are rare, as in a language."""
    return ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 10))) for _ in range(8_000)]


def a_prompt(chance: random.Random, words: list[str]) -> str:
    """Twenty words; the n-th is about 1/n as frequent as the first (Zipf)."""
    return " ".join(words[min(len(words) - 1, int(chance.paretovariate(0.8)) - 1)] for _ in range(20))


def runs(number: int, home: Path, chance: random.Random, words: list[str]) -> Iterator[Run]:
    clock, ids = 1_700_000_000.0, Clockwork()
    for index in range(number):
        clock += chance.expovariate(1 / 300)
        cell = 0 if index % (number // min(number, RUNS_IN_ONE_CELL)) == 0 else chance.randrange(1, CELLS)
        sha256 = chance.randbytes(32).hex()
        prompt = a_prompt(chance, words)
        image = StoredImage(
            sha256=sha256,
            path=home / "images" / f"{sha256}.png",
            media_type="image/png",
            width=1024,
            height=1024,
            n_bytes=1_500_000,
            thumbnail=chance.randbytes(6_000),
        )
        yield Run(
            id=ids.next_id(clock),
            created=datetime.fromtimestamp(clock, UTC),
            prompt=prompt,
            params={"prompt": prompt, "n": 1, "size": "1024x1024"},
            requested_model="gpt-image-1",
            notebook=f"notebook-{cell % NOTEBOOKS}.ipynb",
            cell_id=f"cell-{cell}",
            status="succeeded",
            images=(image,),
            elapsed=3.0,
        )


def fill(store: Store, number: int, chance: random.Random, words: list[str]) -> None:
    """Writes runs as the store does, but many in one transaction and without waiting for the disk."""
    batch: list[Run] = []

    def write() -> None:
        def work(connection: object) -> None:
            for run in batch:
                insert_run(connection, run)  # type: ignore[arg-type]
                search.index(connection, run, new=True)  # type: ignore[arg-type]

        store._backend.write(work)
        batch.clear()

    for run in runs(number, store.home, chance, words):
        document = to_document(dataclasses.replace(run, images=()))
        sidecar_path(store.home, run.id).write_text(json.dumps(document))
        batch.append(run)
        if len(batch) == _BATCH:
            write()
    write()


def questions(number: int, chance: random.Random, words: list[str]) -> Iterator[str]:
    """What people type: frequent and rare words, two words, and the beginnings of words as they are typed."""
    for _ in range(number):
        rank = min(len(words) - 1, int(chance.paretovariate(0.5)) - 1)
        word, other = words[rank], words[chance.randrange(60)]
        yield chance.choice([word, f"{word} {other}", word[:1], word[:2], word[:3], word[:4], f"{other} {word[:2]}"])
