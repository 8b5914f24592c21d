"""The mask painter: ink that never waits for the kernel, over an image, as a widget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import traitlets
from PIL import Image

from r9s_notebook.errors import InputError, MaskError
from r9s_notebook.imaging import Mask, as_image, to_png
from r9s_notebook.imaging.operations import OPERATIONS, Clear, Feather, Fill, Grow, Invert, Operation, Shrink, make
from r9s_notebook.page.bundles import new_id
from r9s_notebook.page.colab import for_colab
from r9s_notebook.page.options import refuse_misspelt
from r9s_notebook.page.static_output import StaticOutput
from r9s_notebook.painter.areas import poured, selected
from r9s_notebook.painter.browsers import NOBODY, Browsers, Origin
from r9s_notebook.painter.commands import COMMANDS, TOOLS
from r9s_notebook.painter.ink_widget import Ink
from r9s_notebook.painter.layers import EMPTY_SIZE, Layers
from r9s_notebook.painter.numbers import PLACED_BY_POINT, read_numbers, read_point, read_shape
from r9s_notebook.painter.picture_trait import Picture
from r9s_notebook.painter.plain_page import ONLY_WITH_MODULE, PlainPage
from r9s_notebook.painter.static_picture import Soon, picture_bundle
from r9s_notebook.painter.toolbar import Toolbar
from r9s_notebook.painter.undo import History
from r9s_notebook.painter.wire import Buffer, Packet, read_operation, write_operation
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import Message, ask_for_language, translated
from r9s_notebook.translation import gettext as _

EMPTY = Message("Pick a result or load an image to edit.")
NO_IMAGE = Message("Load an image first: a mask lies over an image.")
BRUSH_SHARE, MOST_OF_STRIP = 0.06, 0.5
"""The first brush's diameter: a share of the image's longer side, and at most so much of the shorter one."""


class MaskPainter(Strict, ipywidgets.VBox):
    """An image with a mask to paint over it.

    The mask is a value, and the painter a view of it: setting ``mask`` repaints, painting sets ``mask``, and
    ``observe(..., "mask")`` fires once a gesture. Strokes are kept in image pixels, so that the mask has exactly the
    image's size whatever the screen shows.

    Args:
        image: A path, bytes, a PIL image or an array; None shows an empty stage.
        mask: A mask of the image's size.

    Attributes:
        image: The image (PIL), or None. Setting it starts a new, blank mask.
        mask: What may change, or None without an image.
        tool: The tool that the pointer uses, by its name in ``painter.commands.TOOLS``.
        size: The brush's diameter in image pixels.

    Raises:
        ImageError: ``image`` cannot be read.
        MaskError: ``mask`` is not of the image's size.
    """

    _stays = "it is a part of this notebook. Take its mask, and its image."
    image = Picture(default_value=None, allow_none=True)
    mask = traitlets.Instance(Mask, default_value=None, allow_none=True)
    _links: Sequence[Any] = ()  # also of one whose making failed, and which is closed all the same
    _later: Soon | None = None

    def __init__(self, image: Any = None, *, mask: Mask | None = None, **box: Any) -> None:
        refuse_misspelt(self, box)
        ask_for_language()
        self._lock: AbstractContextManager[Any] = threading.RLock()  # callbacks may come on another thread than cells
        self._shown: Image.Image | None = None
        self._history: History | None = None

        self._layers = Layers(translated(EMPTY))
        own = new_id()
        self._ink = Ink(whole=own, layer=f"IPY_MODEL_{self._layers.ink.model_id}")
        self._toolbar = Toolbar(self._ink, lambda name: self._try(partial(self.run, name)))
        self._links = self._toolbar.links
        self._ink.links = [link.model_id for link in self._links]
        self._browsers = Browsers(self._ink, self._shown_size, lambda: self._history)
        self._plain = PlainPage(self._layers.ink, self._ink, draw=self.apply, pick=self._on_click)
        super().__init__([self._toolbar.rows, self._layers.stage, self._ink, self._plain.widget], model_id=own, **box)
        self.add_class("r9s-painter")

        self._ink.on_msg(self._on_message)
        self._layers.ink.on_client_ready(self._paint_from_kernel)
        self._ink.observe(lambda _change: self._paint_from_kernel(), "visible")
        self._toolbar.upload.observe(self._on_upload, "value")
        self._toolbar.numbers.on_place = self._on_numbers
        self.observe(self._on_image, "image")
        self.observe(self._on_mask, "mask")
        self._static, self._later = StaticOutput(), Soon(self._put_static)
        self.observe(lambda _change, later=self._later: later.ask(), ["image", "mask"])
        self.show(image, mask)

    def _ipython_display_(self) -> None:
        from IPython.display import publish_display_data

        publish_display_data({**super()._repr_mimebundle_(), "text/plain": ""})
        self._static.show(picture_bundle(self.image, self.mask))

    def share_lock(self, lock: AbstractContextManager[Any]) -> None:
        """Takes the lock of somebody who follows ``mask`` and sets it from other threads, in place of its own.

        With a lock each, one could tell of a stroke and wait for the other's, while that one waits for this one's.
        """
        self._lock = lock

    def close(self) -> None:
        """Closes the painter; its links would outlive it, and point to what is gone."""
        for link in self._links:
            link.close()
        if self._later is not None:
            self._later.drop()
        super().close()

    # ---- what code can do ---------------------------------------------------------------------------------------

    def show(self, image: Any, mask: Mask | None = None) -> None:
        """Shows another image, with a mask of its shape or a blank one; undo starts afresh.

        Raises:
            ImageError: ``image`` cannot be read.
            MaskError: ``mask`` has another shape than the image.
        """
        picture = None if image is None else as_image(image)
        if picture is not None and mask is not None:
            mask = mask.fitted(picture.size)
        with self._lock:
            self._shown = picture
            self._history = None if picture is None else History((mask or Mask.blank(*picture.size),))
            self._place(picture)
            self._browsers.send_state()
            with self.hold_trait_notifications():
                self.image = picture
                self.mask = None if self._history is None else self._history.current

    def __repr__(self) -> str:  # ipywidgets spells out every button, and a reader without a kernel sees that
        return "<MaskPainter>" if self.image is None else "<MaskPainter {}x{}>".format(*self.image.size)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return for_colab(super()._repr_mimebundle_(**kwargs))

    @property
    def tool(self) -> str:
        """The tool that the pointer uses."""
        return str(self._ink.tool)

    @tool.setter
    def tool(self, name: str) -> None:
        if name not in TOOLS:
            raise InputError(f"The painter has no tool {name!r:.40}; its tools are {', '.join(TOOLS)}.")
        self._ink.tool = name

    @property
    def size(self) -> float:
        """The brush's diameter in image pixels."""
        return float(round(self._ink.size))  # the slider's own value is a power of ten

    @size.setter
    def size(self, diameter: float) -> None:
        self._ink.size = min(max(1.0, float(diameter)), self._ink.max_size)

    def undo(self) -> None:
        """Takes the last step back."""
        self._travel("undo")

    def redo(self) -> None:
        """Does the step again that was taken back."""
        self._travel("redo")

    def apply(self, operation: Operation) -> None:
        """Does an operation of ``imaging.operations`` to the mask, as ``Mask.apply`` does."""
        self._apply(operation)

    def clear(self) -> None:
        """Removes all paint."""
        self.apply(Clear())

    def fill(self) -> None:
        """Paints the whole image."""
        self.apply(Fill())

    def invert(self) -> None:
        """Swaps what is painted and what is not."""
        self.apply(Invert())

    def grow(self, px: float) -> None:
        """Widens the mask by ``px`` image pixels."""
        self.apply(Grow(px))

    def shrink(self, px: float) -> None:
        """Narrows the mask by ``px`` image pixels."""
        self.apply(Shrink(px))

    def feather(self, px: float) -> None:
        """Softens the mask's edge by ``px`` image pixels."""
        self.apply(Feather(px))

    def select(
        self, x: float, y: float, *, tool: str | None = None, erase: bool = False, everywhere: bool = False
    ) -> None:
        """What the bucket or the magic wand does at a place: adds (or takes away) the area of similar colour around it.

        Both look at the image, with the toolbar's tolerance. The wand cares for nothing else; the bucket's paint runs
        as far as the next painted edge. Where nothing changes there is no step to undo.

        Args:
            x: Image pixels from the left.
            y: Image pixels from the top.
            tool: ``"wand"`` or ``"bucket"``; None takes the current tool.
            erase: Take away instead of adding: the wand all of the area, the bucket the paint that hangs together.
            everywhere: With the wand, similar colours in the whole image and not only the connected ones.

        Raises:
            MaskError: There is no image, or the place is outside it.
        """
        image, mask = self.image, self.mask
        if image is None or mask is None:
            raise MaskError(NO_IMAGE)
        tolerance = self._ink.tolerance
        if (tool or self.tool) == "bucket":
            area = poured(image, mask, x, y, tolerance, erase=erase)
        else:
            area = selected(image, x, y, tolerance, everywhere=everywhere)
        if area is not None:
            self._change(lambda mask: mask - area if erase else mask | area)

    def select_transparent(self) -> None:
        """Paints what is transparent in the image.

        Raises:
            MaskError: The image has no transparency.
        """
        image = self.image
        if image is None or image.mode != "RGBA" or image.getchannel("A").getextrema()[0] == 255:
            raise MaskError(Message("This image has no transparency to make a mask from."))
        area = Mask.from_image(image, polarity="alpha")
        self._change(lambda mask: mask | area)

    def load_mask(self, source: Any) -> None:
        """Uses a picture as the mask: anything that ``Mask.from_image`` reads, or a ``Mask``.

        One of another size is scaled to the image's.

        Raises:
            ImageError: It cannot be read.
            MaskError: There is no image to put it on, or the image has another shape.
        """
        if self.image is None:
            raise MaskError(NO_IMAGE)
        loaded = (source if isinstance(source, Mask) else Mask.from_image(source)).fitted(self.image.size)
        self._change(lambda _before: loaded)

    def save_mask(self, path: str | Path) -> Path:
        """Writes the mask as a grey PNG of the image's size, 255 = edit; ``load_mask`` reads it again."""
        target = Path(path)
        target.write_bytes(self._grey_png())
        return target

    def run(self, name: str) -> None:
        """Does what the button of that name does; the names are those of ``painter.commands.COMMANDS``."""
        if name in TOOLS:
            self.tool = name
            return
        steps: dict[str, Callable[[], object]] = {
            "undo": self.undo,
            "redo": self.redo,
            "alpha": self.select_transparent,
            "more": lambda: self._ink.set_trait("more", not self._ink.more),
            "visible": lambda: self._ink.set_trait("visible", not self._ink.visible),
            "save": self._offer_mask,
        }
        if name in steps:
            steps[name]()
        elif name in COMMANDS and name in OPERATIONS:
            self.apply(make(name, *([self._ink.reach] if COMMANDS[name].group == "edge" else [])))
        elif name in ONLY_WITH_MODULE and not self._browsers.any:
            label = _(COMMANDS[name].label)
            self._say(_("{command} needs the painter's script, which has not loaded in any page.", command=label))
        elif name not in COMMANDS:
            raise InputError(f"The painter has no command {name!r:.40}; it has {', '.join(COMMANDS)}.")

    # ---- changing the mask --------------------------------------------------------------------------------------

    def _apply(self, operation: Operation, *, action: str = "push", origin: Origin = NOBODY) -> None:
        """One operation, done here or in a browser."""
        self._change(
            lambda mask: mask.apply(operation), operation, action=action, origin=origin, always=operation.always_counts
        )

    def _change(
        self,
        step: Callable[[Mask], Mask],
        operation: Operation | None = None,
        *,
        action: str = "push",
        origin: Origin = NOBODY,
        always: bool = False,
    ) -> None:
        """One step of the mask: first the history, then the browsers, and then whoever observes ``mask``.

        What leaves every pixel as it was is no step, unless ``always``.
        """
        with self._lock:
            history = self._history
            if history is None:
                return
            if action == "amend" and not history.steps:
                raise MaskError(Message("There is nothing to move: draw a shape first."))
            before = None if always else history.current.pixels  # first: the step is quick where they are at hand
            mask = step(history.before if action == "amend" else history.current)
            if before is not None and np.array_equal(before, mask.pixels):
                if origin != NOBODY:
                    self._browsers.announce("none", origin, Packet)
                    self._say_outcome(history)
                return
            history = history.amend(mask) if action == "amend" else history.push(mask)
            self._history = history
            describe = partial(write_operation, operation, history.current, self._shown_size())
            self._announce(action, origin, describe, is_picture=operation is None or not operation.drawn_in_page)
            self.mask = history.current

    def _travel(self, action: str, origin: Origin = NOBODY) -> None:
        """Undo or redo."""
        with self._lock:
            if self._history is None:
                return
            self._history = self._history.undo() if action == "undo" else self._history.redo()
            self._announce(action, origin, Packet)
            self.mask = self._history.current

    def _announce(
        self, action: str, origin: Origin, describe: Callable[[], Packet], *, is_picture: bool = False
    ) -> None:
        self._browsers.announce(action, origin, describe, is_picture=is_picture)
        if self._plain.in_use:
            self._paint_from_kernel()

    # ---- what the browser says ----------------------------------------------------------------------------------

    def _on_message(self, _ink: Ink, content: Any, buffers: Sequence[Buffer]) -> None:
        with self._lock:
            origin = self._browsers.heard(content)
            try:
                self._obey(content, buffers, origin)
            except InputError as refused:
                self._say(refused.message)
                if content.get("kind") == "action":  # what the page has shown already is taken back
                    self._browsers.send_state()

    def _obey(self, content: Any, buffers: Sequence[Buffer], origin: tuple[str, int]) -> None:
        match content.get("kind"), content.get("action"):
            case "hello", _:
                self._browsers.send_state()
            case "shown", _:
                self._browsers.shown()
            case "action", ("undo" | "redo") as action:
                self._travel(action, origin)
            case "action", ("push" | "amend") as action:
                self._apply(read_operation(content.get("op"), buffers), action=action, origin=origin)
            case "ask", _:
                self._answer(content)

    def _answer(self, content: Any) -> None:
        what = content.get("what")
        if what in TOOLS and TOOLS[what].gesture == "pick":
            x, y = read_numbers(f"{content.get('x')} {content.get('y')}")
            self._pick(x, y, what, erase=bool(content.get("erase")), everywhere=bool(content.get("everywhere")))
        elif what == "detail" and self._shown is not None:
            self._browsers.show_detail(content, self._shown)
        elif what == "ink" and self._history is not None:
            self._browsers.show_ink(content, self._history.current)
        elif what == "save":
            self._browsers.download(content.get("client"), "mask.png", self._grey_png())
        elif what in COMMANDS:
            before = self._history
            self.run(what)
            self._say_outcome(before)

    def _on_click(self, x: float, y: float) -> None:
        self._try(partial(self._pick, x, y, self.tool))

    def _on_upload(self, change: Any) -> None:
        for upload in change["new"]:
            self._try(partial(self.load_mask, bytes(upload["content"])))
        if change["new"]:
            self._toolbar.upload.value = ()

    def _on_numbers(self, shape: str, text: str, erase: bool) -> None:
        def place() -> None:
            before = self._history
            if shape in PLACED_BY_POINT:
                x, y = read_point(shape, text)
                self._pick(x, y, PLACED_BY_POINT[shape], erase=erase, everywhere=shape == "colour")
            else:
                self.apply(read_shape(shape, text, diameter=self.size, erase=erase))
                self._say_outcome(before)

        self._try(place)

    def _pick(self, x: float, y: float, tool: str, *, erase: bool = False, everywhere: bool = False) -> None:
        """A click of the bucket or the wand, and what to say about it."""
        before = self._history
        self.select(x, y, tool=tool, erase=erase, everywhere=everywhere)
        blank = _("Nothing changed: there is no paint at this place")
        self._say_outcome(before, blank if erase else _("Nothing changed: this place is painted already"))

    def _say(self, sentence: str) -> None:
        sentence = translated(sentence)
        if not self._browsers.any:
            self._plain.say(sentence)
        self._browsers.say(sentence)

    def _offer_mask(self) -> None:
        if not self._browsers.any:  # a page that runs the module asks for it, and gets it as a download
            self._try(lambda: self._plain.offer("mask.png", self._grey_png()))

    def _say_outcome(self, before: History | None, unchanged: str = "") -> None:
        """How much is painted now, or, if nothing has changed since ``before``, why not."""
        if self.mask is None:
            self._say(NO_IMAGE)
            return
        share = round(self.mask.coverage * 100)
        if self._history is not before:
            self._say(_("Done: {share}% of the image is painted", share=share))
        else:
            self._say(unchanged or _("Nothing changed: {share}% of the image is painted", share=share))

    def _try(self, step: Callable[[], object]) -> None:
        """Runs what somebody asked for on the page; what was wrong with it is said there."""
        try:
            step()
        except InputError as refused:
            self._say(refused.message)

    def _put_static(self) -> None:
        self._static.put(picture_bundle(self.image, self.mask))

    # ---- following the traits -----------------------------------------------------------------------------------

    def _on_image(self, change: Any) -> None:
        if change["new"] is not self._shown:
            self.show(change["new"])

    def _on_mask(self, change: Any) -> None:
        mask: Mask | None = change["new"]
        with self._lock:
            if self._history is not None and mask is not self._history.current:
                self._change(lambda before: mask or Mask.blank(*before.size), always=True)

    @traitlets.validate("mask")
    def _fitting(self, proposal: Any) -> Mask | None:
        mask: Mask | None = proposal["value"]
        if mask is None:
            return None
        if self._shown is None:
            raise MaskError(NO_IMAGE)
        return mask.fitted(self._shown.size)

    # ---- showing ------------------------------------------------------------------------------------------------

    def _place(self, image: Image.Image | None) -> None:
        """The stage for another image."""
        size = image.size if image else EMPTY_SIZE
        self._layers.show(image)
        self._toolbar.fit_to(size)  # first: a slider holds a size that it cannot show at its end
        with self._ink.hold_sync():
            self._ink.image_id += 1
            if self._ink.image_id == 1 or self._ink.image_size != list(size):
                # The slider too: in the page, what it shows goes to the ink.
                self._ink.size = self._toolbar.size.value = _first_brush(size)
            self._ink.image_size = list(size)
            self._ink.has_image = image is not None
            self._ink.max_size = float(max(size))

    def _shown_size(self) -> tuple[int, int]:
        return self._layers.ink.width, self._layers.ink.height

    def _grey_png(self) -> bytes:
        if self.mask is None:
            raise MaskError(Message("There is no mask to save: load an image first."))
        return to_png(self.mask.to_image())

    def _paint_from_kernel(self) -> None:
        """For pages without the ink module."""
        if self._history is not None and (self._plain.in_use or not self._browsers.any):
            self._plain.paint(self._history.current)


def _first_brush(size: tuple[int, int]) -> float:
    return float(max(1, round(min(max(size) * BRUSH_SHARE, min(size) * MOST_OF_STRIP))))
