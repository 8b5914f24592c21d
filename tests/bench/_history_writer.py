"""One of the processes that ``tests.bench.history`` kills: writes runs until it has written enough.

Arguments: HOME NUMBER_OF_RUNS IMAGE_BYTES. After each run is complete, its id and
its image's sha256 go to stdout, one line a run: what stands there is acknowledged and must never be lost.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from r9s_notebook.history import NewImage, NewRun, Store


def main(home: str, number: str, n_bytes: str) -> None:
    with Store(Path(home)) as store:
        for _ in range(int(number)):
            run = store.begin(NewRun(prompt="a red lighthouse in the fog", cell_id=f"cell-{os.getpid()}"))
            print("begun", run.id, flush=True)
            run = store.complete(run.id, [an_image(int(n_bytes))])
            print("done", run.id, run.images[0].sha256, flush=True)


def an_image(n_bytes: int) -> NewImage:
    return NewImage(
        data=os.urandom(n_bytes),
        media_type="image/png",
        width=1024,
        height=1024,
        thumbnail=os.urandom(8_000),
        thumbnail_type="image/webp",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
