"""A gallery of thumbnails: results as a grid, runs as a strip."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets as t

from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.imaging import as_image, thumbnail
from r9s_notebook.imaging.thumbnails import preview
from r9s_notebook.suggestions import Strict
from r9s_notebook.widgets.lab_part import refuse_misspelt
from r9s_notebook.widgets.modules import joined, text

_LARGEST_TILE = 1600


@dataclass(frozen=True)
class Tile:
    """One thumbnail of a gallery.

    Attributes:
        alt: What is in the picture, for those who cannot see it.
        thumbnail: Its small picture, or empty where there is none.
        media_type: Of the thumbnail.
        width: Of the original in pixels; 0 where there is none.
        height: Of the original in pixels.
        title: The tooltip, and the caption beside the original.
        badge: A few characters on the corner.
        mark: What stands in place of a picture.
        state: A word for styles: ``"failed"``, ``"cancelled"``, ...
    """

    alt: str
    thumbnail: bytes = b""
    media_type: str = "image/webp"
    width: int = 0
    height: int = 0
    title: str = ""
    badge: str = ""
    mark: str = ""
    state: str = ""


class ImageGrid(Strict, anywidget.AnyWidget):
    """Pictures to look at and choose from, by pointer or keyboard.

    ``ImageGrid([picture, ...])`` shows any images: paths, bytes, PIL images or arrays.

    Args:
        pictures: Images, or tiles for those who want to say more about them.
        alts: What is in each image, for those who cannot see it; where it is not said, ``"Image 1"`` and so on.

    Attributes:
        selected: The index of the chosen picture, -1 for none.
        label: What the gallery holds, for screen readers.
        arrangement: ``"grid"`` or ``"strip"``.
        opens: Whether a picture can be opened at its original size.

    Raises:
        ImageError: One of them is no image.
    """

    _stays = "it is a part of this notebook. Take the pictures that it was made of."
    _esm = joined("own_keys", "dom", "gallery")
    _css = text("lab.css", "gallery.css")

    items = t.List(t.Dict()).tag(sync=True)
    thumbs = t.List(t.Bytes()).tag(sync=True)
    selected = t.Int(-1).tag(sync=True)
    label = t.Unicode("Images").tag(sync=True)
    arrangement = t.Enum(["grid", "strip"], "grid").tag(sync=True)
    opens = t.Bool(False).tag(sync=True)

    def __init__(self, pictures: Sequence[Any] = (), *, alts: Sequence[str] = (), **traits: Any) -> None:
        refuse_misspelt(self, traits)
        tiles = [_tile(picture, number, alts) for number, picture in enumerate(pictures)]
        super().__init__(**traits)
        self.add_class("r9s-grid" if self.arrangement == "grid" else "r9s-strip")
        self._original: Callable[[int], tuple[bytes, str]] | None = None
        self._chosen: list[Callable[[int], None]] = []
        self.on_msg(self._on_message)
        self.show(tiles)

    @classmethod
    def of(cls, images: Sequence[Any], *, alts: Sequence[str] = ()) -> ImageGrid:
        """The same as ``ImageGrid(images, alts=alts)``."""
        return cls(images, alts=alts)

    def show(self, tiles: Sequence[Tile], selected: int = -1) -> None:
        """Shows these pictures in place of the former ones."""
        with self.hold_sync():
            self.items = [_item(tile) for tile in tiles]
            self.thumbs = [tile.thumbnail for tile in tiles]
            self.selected = selected

    def on_choose(self, handler: Callable[[int], None]) -> None:
        """Calls ``handler(index)`` each time that a person chooses a picture, the chosen one again included."""
        self._chosen.append(handler)

    def opens_with(self, original: Callable[[int], tuple[bytes, str]]) -> None:
        """Lets pictures be opened: ``original(index)`` gives a picture's bytes and its media type."""
        self._original = original
        self.opens = True

    def _on_message(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        index = content.get("index")
        if not isinstance(index, int) or not 0 <= index < len(self.items):
            return
        if content.get("type") == "choose":
            for handler in self._chosen:
                handler(index)
        elif content.get("type") == "open" and self._original is not None:
            data, media_type = self._original(index)
            self.send({"type": "original", "index": index, "media_type": media_type}, [data])
        elif content.get("type") == "sharpen" and self._original is not None:
            self._sharpen(index, content.get("side"))

    def _sharpen(self, index: int, side: Any) -> None:
        """Sends as much of an original as is seen of it."""
        if self._original is None or not isinstance(side, int):
            return
        with contextlib.suppress(R9SNotebookError, OSError):  # gone from the disk: the thumbnail is what is left
            data, _media_type = self._original(index)
            sharp = preview(as_image(data), max_side=max(1, min(side, _LARGEST_TILE)))
            about = {"index": index, "alt": self.items[index]["alt"], "media_type": sharp.media_type}
            self.send({"type": "sharp", **about}, [sharp.data])


def _tile(picture: Any, number: int, alts: Sequence[str]) -> Tile:
    if isinstance(picture, Tile):
        return picture
    image = as_image(picture)
    small = thumbnail(image)
    alt = alts[number] if number < len(alts) else f"Image {number + 1}"
    return Tile(alt, small.data, small.media_type, image.width, image.height, title=alt)


def _item(tile: Tile) -> dict[str, Any]:
    return {
        "alt": tile.alt,
        "type": tile.media_type,
        "width": tile.width,
        "height": tile.height,
        "title": tile.title,
        "badge": tile.badge,
        "mark": tile.mark,
        "state": tile.state,
    }
