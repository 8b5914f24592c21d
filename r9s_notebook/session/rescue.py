"""Pictures that came, and were paid for, and that the store cannot take: they go wherever there is room."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from r9s_notebook.history import NewImage
from r9s_notebook.history.files import EXTENSIONS
from r9s_notebook.history.homes import user_data_folder


def rescue(images: Sequence[NewImage], run_id: str) -> str:
    """Writes images to another disk, and gives the sentence that says where they are."""
    for place in _places():
        folder = place / run_id
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for number, image in enumerate(images):
                (folder / f"image_{number}.{EXTENSIONS[image.media_type]}").write_bytes(image.data)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return f"What came is in {folder}: bring it in with history.add(picture) once there is room."
    return "What came could not be kept anywhere."


def _places() -> Iterator[Path]:
    yield user_data_folder(os.environ) / "rescued"
    yield Path(tempfile.gettempdir()) / "r9s_notebook-rescued"
