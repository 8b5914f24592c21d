"""Runs and pictures as their users see them: they show themselves, give their code, and know their relatives."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from r9s_notebook.archive.code import run_code
from r9s_notebook.archive.rendering import image_tag, pictures_mimebundle, run_html, run_mimebundle, runs_mimebundle
from r9s_notebook.errors import HistoryError, RunGoneError
from r9s_notebook.history import Run as Record
from r9s_notebook.history import Store, StoredImage
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import Message, ngettext
from r9s_notebook.translation import gettext as _

if TYPE_CHECKING:
    from PIL import Image

    from r9s_notebook.imaging import Mask

SHOWN = 12
"""Of many runs or pictures, those that are shown."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Picture(Strict, StoredImage):
    """An image of a run that shows itself, opens, can be rated, and is edited as the path of its file is.

    Attributes:
        run_id: The run that made it.
        position: Which of the run's pictures it is, from 0.
        store: Where it is kept.
    """

    run_id: str
    position: int
    store: Store = dataclasses.field(repr=False, compare=False)

    @property
    def run(self) -> Run:
        """The run that made it, as it is now.

        Raises:
            RunGoneError: It was deleted.
        """
        record = self.store.get(self.run_id)
        if record is None:
            raise RunGoneError(f"The run {self.run_id} was deleted.")
        return Run.of(record, self.store)

    def mark(self, *, rating: int | None = None, favourite: bool | None = None, note: str | None = None) -> Picture:
        """Rates it, stars it, or writes a note to it; what is None stays. The picture as it is then is given back.

        Args:
            rating: 1 to 5, 0 for none, -1 for rejected.
            favourite: Starred or not.
            note: Your own words; ``""`` for none.

        Raises:
            InputError: There is no such rating.
            RunGoneError: Its run was deleted.
        """
        given = {"rating": rating, "favourite": favourite, "note": note}
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        (run,) = self.store.mark([(self.run_id, self.position)], **changes)
        return Run.of(run, self.store).images[self.position]

    def code(self) -> str:
        """The Python that makes this one picture again, where the service says its seed; else that of its run.

        Raises:
            HistoryError: The source image or the mask is missing.
        """
        run = self.run
        return run.code() if self.seed is None else run_code(run, self.store, picture=self.position)

    def image(self) -> Image.Image:
        """The original as a PIL image, upright, RGB or RGBA.

        Raises:
            HistoryError: Its file is gone.
            ImageError: Its file is damaged.
        """
        from r9s_notebook.imaging import open_image

        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise HistoryError(
                Message("The original {path} is missing: it was deleted or moved by hand.", path=self.path)
            ) from error
        return open_image(data)

    def __fspath__(self) -> str:
        return str(self.path)

    def _repr_html_(self) -> str:
        return image_tag(self, self.revised_prompt or _("An image of the history"))


@dataclasses.dataclass(frozen=True, kw_only=True, repr=False)
class Run(Strict, Record):
    """A run that shows itself as a static grid, gives its code, and knows its relatives.

    Attributes:
        store: Where it is kept.
    """

    images: tuple[Picture, ...] = ()
    store: Store = dataclasses.field(repr=False, compare=False)

    @classmethod
    def of(cls, record: Record, store: Store) -> Run:
        """The run of a record of the store."""
        values = {field.name: getattr(record, field.name) for field in dataclasses.fields(Record)}
        pictures = (
            Picture(**{**vars(image), "run_id": record.id, "position": position, "store": store})
            for position, image in enumerate(record.images)
        )
        return cls(**{**values, "images": tuple(pictures)}, store=store)

    def __repr__(self) -> str:
        return f"<Run {self.id} {self.status} {self.kind} {self.prompt[:60]!r}, {counted(len(self.images), 'image')}>"

    def code(self) -> str:
        """The Python that repeats it, runnable as it stands; source image and mask are read from the store.

        Raises:
            HistoryError: The source image or the mask is missing.
        """
        return run_code(self, self.store)

    @property
    def painted(self) -> Mask | None:
        """The mask as a value, to look at, change and use again; None where there was none."""
        from r9s_notebook.imaging import Mask

        return Mask.from_json(self.mask) if self.mask else None

    @property
    def edited(self) -> Run | None:
        """The run whose image this one edits, or None."""
        record = self.store.get(self.parent) if self.parent else None
        return None if record is None else Run.of(record, self.store)

    @property
    def edits(self) -> list[Run]:
        """The runs that edit its images, newest first."""
        return [Run.of(record, self.store) for record in self.store.children(self.id)]

    @property
    def links(self) -> tuple[str, ...]:
        """Where those of its images are that could not be fetched, or have not been yet."""
        return tuple((self.answer or {}).get("images", ()))

    def fetch(self, client: Any) -> Run:
        """Fetches the images that are behind its links still, with an ``R9S``; nothing is generated, or billed, again.

        Returns:
            The run as it is kept now.

        Raises:
            R9SNotebookError: One cannot be had; those before it are kept.
        """
        from r9s_notebook.archive.importing import fetch_links

        return Run.of(fetch_links(self.store, self, client), self.store)

    def _code_or_none(self) -> str | None:
        try:
            return self.code()
        except HistoryError:
            return None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        return run_mimebundle(self, code=self._code_or_none())

    def _repr_html_(self) -> str:
        return run_html(self, code=self._code_or_none())


class Runs(list[Run]):
    """Some runs that show themselves as a history does."""

    def __repr__(self) -> str:
        return f"<Runs: {counted(len(self), 'run')}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        return runs_mimebundle(self[:SHOWN], title=counted_runs(len(self)), total=len(self))

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]


class Pictures(list[Picture]):
    """Some pictures that show themselves as a static grid."""

    def __repr__(self) -> str:
        return f"<Pictures: {counted(len(self), 'picture')}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        return pictures_mimebundle(self, most=SHOWN)

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]


def counted_runs(number: int) -> str:
    """So many runs, in the person's language."""
    return ngettext("{count:,} run", "{count:,} runs", number)


def counted(number: int, noun: str) -> str:
    """So many, in English."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
