"""A gallery of pictures: results as a grid, runs as a strip."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import traitlets as t

from r9s_notebook.page.options import refuse_misspelt
from r9s_notebook.pictures.asking import Album, Asked, AskedWidget, Json
from r9s_notebook.pictures.bundle import PICTURES
from r9s_notebook.pictures.source import Loose, Source, questions_of, small
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import gettext as _

_MOST_THUMBNAILS = 400
_PUSHED = 24
"""Thumbnails that go to the page unasked, with their tiles: a grid without a window of its own shows all of them."""


@dataclass(frozen=True)
class Tile:
    """One picture of a gallery, or what stands in its place.

    Attributes:
        alt: What is in the picture, for those who cannot see it.
        thumbnail: Its small picture, or empty where there is none.
        media_type: Of the thumbnail.
        width: Of the original in pixels; 0 where there is none.
        height: Of the original in pixels.
        title: The tooltip.
        badge: A few characters on the corner.
        mark: What stands in place of a picture.
        state: A word for what is no picture that can be opened: ``"queued"``, ``"running"``, ``"failed"``, ...
        since: When what is under way began, in seconds since the epoch; the page counts from there.
        id: What the gallery's source knows it under; ``""`` for its place in the gallery.
        seed: What draws it again, where that is known.
        rating: 1 to 5, 0 for none, -1 for rejected.
        favourite: Starred.
        noted: Whether it has a note.
        retry: Whether what stands here can be tried again.
        against: The id of what it is compared with first: an edit's source.
        outlined: Whether a line shows where the mask of its edit ran.
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
    since: float = 0.0
    id: str = ""
    seed: int | None = None
    rating: int = 0
    favourite: bool = False
    noted: bool = False
    retry: bool = False
    against: str = ""
    outlined: bool = False


class ImageGrid(Strict, AskedWidget):
    """Pictures to look at closely, compare, choose from and take away, by pointer or keyboard.

    ``ImageGrid([picture, ...])`` shows any images: paths, bytes, PIL images or arrays.

    Args:
        pictures: Images, or tiles for those who want to say more about them.
        alts: What is in each image, for those who cannot see it; where it is not said, ``"Image 1"`` and so on.

    Attributes:
        items: What the page knows of the pictures; ``beside`` are those that it only compares with.
        selected: The index of the chosen picture, -1 for none.
        picked: The ids of several chosen pictures.
        label: What the gallery holds, for screen readers.
        arrangement: ``"grid"`` or ``"strip"``.
        abilities: What can be done with its pictures beside choosing; see ``Source``.

    Raises:
        ImageError: One of them is no image.
    """

    _stays = "it is a part of this notebook. Take the pictures that it was made of."
    _bundle = PICTURES

    items = t.List(t.Dict()).tag(sync=True)
    beside = t.List(t.Dict()).tag(sync=True)
    selected = t.Int(-1).tag(sync=True)
    picked = t.List(t.Unicode()).tag(sync=True)
    label = t.Unicode().tag(sync=True)
    arrangement = t.Enum(["grid", "strip"], "grid").tag(sync=True)
    abilities = t.List(t.Unicode()).tag(sync=True)

    def __init__(self, pictures: Sequence[Any] = (), *, alts: Sequence[str] = (), **traits: Any) -> None:
        refuse_misspelt(self, traits)
        tiles = [_tile(picture, number, alts) for number, picture in enumerate(pictures)]
        own = "r9s-grid" if traits.get("arrangement", "grid") == "grid" else "r9s-strip"
        super().__init__(_dom_classes=[own], **{"label": _("Images"), **traits})
        self._thumbs: dict[str, tuple[str, Tile]] = {}
        self._pushed: set[str] = set()
        self._is_shown = False  # a page says so as soon as it has the widget
        self._chosen: list[Callable[[int], None]] = []
        self.answers({"thumbs": self._answer_thumbs})
        if pictures and not any(isinstance(picture, Tile) for picture in pictures):
            self.serve(Loose(pictures, [tile.alt for tile in tiles]))
        self.show(tiles)

    @classmethod
    def of(cls, images: Sequence[Any], *, alts: Sequence[str] = ()) -> ImageGrid:
        """The same as ``ImageGrid(images, alts=alts)``."""
        return cls(images, alts=alts)

    def show(
        self, tiles: Sequence[Tile], selected: int = -1, *, beside: Sequence[Tile] = (), push: bool = True
    ) -> None:
        """Shows these pictures in place of the former ones.

        Args:
            tiles: The pictures.
            selected: The index of the chosen one, -1 for none.
            beside: Pictures that are not in the gallery, and that some are compared with.
            push: Whether new thumbnails go along; else the page has them of another gallery, or asks.
        """
        shown = [*tiles, *beside]
        items = [item_of(tile, number) for number, tile in enumerate(shown)]
        keys = (f"{item['id']}:{item['v']}" for item in items)
        self._thumbs = {item["id"]: (key, tile) for item, key, tile in zip(items, keys, shown, strict=True)}
        self._push(push)  # first: a page that has the items asks for what is not there
        with self.hold_sync():
            self.beside = items[len(tiles) :]
            self.items = items[: len(tiles)]
            self.selected = selected

    def serve(self, source: Source, submit: Any = None) -> None:
        """Lets the page do with the pictures what their source can.

        Args:
            source: Where the tiles' ids lead.
            submit: Does the work elsewhere; see ``AskedWidget.answers``.
        """
        self.answers({"thumbs": self._answer_thumbs, **questions_of(source)}, submit)
        self.abilities = list(source.abilities)

    def look(self, mode: str = "view", ids: Sequence[str] | None = None) -> None:
        """Opens the viewer in the page: ``"view"``, ``"slider"``, ``"step"``, ``"difference"`` or ``"cull"``.

        Args:
            mode: How the pictures are looked at.
            ids: Which; None for all of them.
        """
        self.send({"type": "look", "mode": mode, "ids": None if ids is None else list(ids)})

    def on_choose(self, handler: Callable[[int], None]) -> None:
        """Calls ``handler(index)`` each time that a person chooses a picture, the chosen one again included."""
        self._chosen.append(handler)

    def _on_message(self, widget: Any, content: Any, buffers: Any) -> None:
        self._is_shown = True
        super()._on_message(widget, content, buffers)
        if isinstance(content, dict) and content.get("type") == "choose":
            index = content.get("index")
            if isinstance(index, int) and 0 <= index < len(self.items):
                for handler in self._chosen:
                    handler(index)

    def _push(self, push: bool) -> None:
        """Sends the thumbnails that no page has got yet; a page that is opened later asks for them."""
        new = {key: tile for key, tile in self._thumbs.values() if tile.thumbnail and key not in self._pushed}
        self._pushed = {key for key, _tile in self._thumbs.values()}
        if push and self._is_shown and 0 < len(new) <= _PUSHED:
            album = Album()
            thumbs = {key: album.add(tile.thumbnail, tile.media_type) for key, tile in new.items()}
            self.send({"type": "thumbs", "thumbs": thumbs}, album.buffers)

    def _answer_thumbs(self, asked: Asked, album: Album) -> Json:
        """``ids``: the small pictures that come into sight."""
        names = asked.get("ids")
        wanted = [str(name) for name in names[:_MOST_THUMBNAILS]] if isinstance(names, list) else []
        known = [self._thumbs[name] for name in wanted if name in self._thumbs]
        return {"thumbs": {key: album.add(tile.thumbnail, tile.media_type) for key, tile in known}}


def _tile(picture: Any, number: int, alts: Sequence[str]) -> Tile:
    if isinstance(picture, Tile):
        return picture
    alt = alts[number] if number < len(alts) else _("Image {number}", number=number + 1)
    data, media_type, width, height = small(picture)
    return Tile(alt, data, media_type, width, height, title=alt)


def item_of(tile: Tile, number: int = 0) -> Json:
    """A tile as the page gets it: its picture by name and version only, its bytes cross once."""
    values = asdict(tile)
    thumb = values.pop("thumbnail")
    version = hashlib.blake2b(thumb, digest_size=8).hexdigest() if thumb else ""
    return {**values, "id": tile.id or str(number), "v": version}
