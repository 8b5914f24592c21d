"""Pictures that came, and were paid for, and that the store cannot take: they go wherever there is room."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from r9s_notebook.archive.document import for_picture
from r9s_notebook.errors import ImageError
from r9s_notebook.formats import SUFFIXES
from r9s_notebook.history import NewImage, Run
from r9s_notebook.history.location import user_data_folder
from r9s_notebook.history.originals import stored
from r9s_notebook.imaging.metadata import embed
from r9s_notebook.translation import Message, joined


def rescue(run: Run, images: Sequence[NewImage]) -> str:
    """Writes images to another disk, and gives the sentences that say where they are and how they come back.

    Args:
        run: What they came of, with what the service said of it. Each file carries it inside.
        images: What came.
    """
    for place in _places():
        folder = place / run.id
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for number, image in enumerate(images):
                (folder / f"image_{number}.{SUFFIXES[image.media_type]}").write_bytes(_with_run(run, image))
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            where = Message("The picture that came, and was paid for, is in {folder}.", folder=folder)
            if len(images) != 1:
                several = len(images)
                where = Message(
                    "The {count} pictures that came, and were paid for, are in {folder}.", count=several, folder=folder
                )
            what_to_do = Message(
                "Do not generate again: once there is room, call history.add(path) with the path of each file there, "
                "and the run is complete."
            )
            return joined(where, what_to_do)
    return Message("What came, and was paid for, could not be kept anywhere.")


def _with_run(run: Run, image: NewImage) -> bytes:
    document = for_picture(run, stored(Path(), image))
    try:
        return embed(image.data, document)
    except ImageError:  # a format that can carry nothing
        return image.data


def _places() -> Iterator[Path]:
    yield user_data_folder(os.environ) / "rescued"
    yield Path(tempfile.gettempdir()) / "r9s_notebook-rescued"
