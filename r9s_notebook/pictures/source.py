"""Where a gallery's pictures are, and what can be done with them: the part that is the same for all of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from r9s_notebook.errors import InputError
from r9s_notebook.imaging import as_image, thumbnail, to_png
from r9s_notebook.imaging.thumbnails import preview
from r9s_notebook.pictures.asking import Album, Asked, Json, Question
from r9s_notebook.translation import Message

_LARGEST_TILE = 1600  # pixels on either side
_MOST_AT_ONCE = 1000
_LARGEST_DOWNLOAD = 256 << 20  # bytes


class Source(Protocol):
    """What a gallery asks about its pictures, by their ids."""

    @property
    def abilities(self) -> Sequence[str]:
        """What the page may offer: what ``actions.js`` says that it needs, such as ``"mark"``."""
        ...

    def original(self, picture: str) -> tuple[bytes, str, str]:
        """Its file, the media type, and a name to save it under.

        Raises:
            R9SNotebookError: It is not there.
        """
        ...

    def questions(self) -> Mapping[str, Question]:
        """What else the page may ask."""
        ...


class Loose:
    """Pictures of no history: they can be looked at, compared and saved.

    Args:
        pictures: Paths, bytes, PIL images or arrays.
        names: What is in each of them.
    """

    abilities = ("open",)

    def __init__(self, pictures: Sequence[Any], names: Sequence[str]) -> None:
        self._pictures, self._names = pictures, names

    def original(self, picture: str) -> tuple[bytes, str, str]:
        """The picture as PNG, whatever it was given as."""
        number = self._number(picture)
        return to_png(as_image(self._pictures[number])), "image/png", f"image-{number + 1}.png"

    def questions(self) -> Mapping[str, Question]:
        """Only what each is called."""
        return {"words": lambda asked, _album: {"prompt": self._names[self._number(str(asked.get("id")))], "facts": []}}

    def _number(self, picture: str) -> int:
        if not picture.isdecimal() or int(picture) >= len(self._pictures):
            raise InputError(Message("There is no such picture."))
        return int(picture)


def questions_of(source: Source) -> dict[str, Question]:
    """What a page may ask of any pictures, and of these."""

    def original(asked: Asked, album: Album) -> Json:
        """``id``: the file itself."""
        data, media_type, name = source.original(str(asked.get("id")))
        return {"original": album.add(data, media_type), "name": name}

    def sharpen(asked: Asked, album: Album) -> Json:
        """``id`` and ``side``: as much of it as is seen, in pixels."""
        side = asked.get("side")
        if not isinstance(side, int):
            return {"sharp": None}
        data, _media_type, _name = source.original(str(asked.get("id")))
        sharp = preview(as_image(data), max_side=max(1, min(side, _LARGEST_TILE)))
        return {"sharp": album.add(sharp.data, sharp.media_type)}

    def packed(asked: Asked, album: Album) -> Json:
        """``ids``: their files in one ZIP, not compressed a second time."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for picture in ids_of(asked):
                data, _media_type, name = source.original(picture)
                archive.writestr(_free(name, archive), data)
                refuse_too_much(out.tell())
        return {"zip": album.add(out.getvalue(), "application/zip"), "name": "pictures.zip"}

    return {"original": original, "sharpen": sharpen, "zip": packed, **source.questions()}


def refuse_too_much(size: int) -> None:
    """Refuses what a page cannot be handed in one piece.

    Raises:
        InputError: These are too many bytes.
    """
    if size > _LARGEST_DOWNLOAD:
        told = Message(
            "These pictures have more than {most} MB, too much for one download. Choose fewer, or have them written "
            "beside the notebook: History().export('pictures').",
            most=_LARGEST_DOWNLOAD >> 20,
        )
        raise InputError(told)


def ids_of(asked: Asked) -> list[str]:
    """The pictures that a question names.

    Raises:
        InputError: None, or too many.
    """
    ids = asked.get("ids")
    names = [str(one) for one in ids] if isinstance(ids, list) else []
    if not 0 < len(names) <= _MOST_AT_ONCE:
        raise InputError(Message("Choose 1 to {most} pictures; these are {here}.", most=_MOST_AT_ONCE, here=len(names)))
    return names


def small(picture: Any) -> tuple[bytes, str, int, int]:
    """A picture's thumbnail, its media type, and the picture's own width and height."""
    image = as_image(picture)
    made = thumbnail(image)
    return made.data, made.media_type, image.width, image.height


def _free(name: str, archive: zipfile.ZipFile) -> str:
    """The name, with a number where another file of the archive has it already."""
    stem, dot, suffix = name.rpartition(".")
    number, found = 2, name
    while found in archive.namelist():
        found = f"{stem}-{number}{dot}{suffix}"
        number += 1
    return found
