"""What a reader without a kernel sees of a painter: the picture, and over it what may change."""

from __future__ import annotations

import base64
import html
import threading
from collections.abc import Callable
from typing import Any

from PIL import Image

from r9s_notebook.imaging import Mask, thumbnail
from r9s_notebook.translation import gettext as _
from r9s_notebook.translation import language

_INK, _SIDE = (220, 38, 38), 320
_SECONDS = 1.0


def picture_bundle(image: Image.Image | None, mask: Mask | None) -> dict[str, Any]:
    """It as a MIME bundle; a painter without an image says how it is opened.

    Args:
        image: What is painted over.
        mask: Of the image's size.
    """
    if image is None or mask is None:
        words = _("A mask painter of r9s_notebook: run this cell to open it.")
        return {"text/html": _static(f"<p><em>{words}</em></p>"), "text/plain": "MaskPainter"}
    small = image.convert("RGB")
    small.thumbnail((_SIDE, _SIDE))
    may_change = mask.to_image().resize(small.size)
    inked = Image.blend(small, Image.new("RGB", small.size, _INK), 0.5)
    came = thumbnail(Image.composite(inked, small, may_change), max_side=_SIDE)
    size = {"width": mask.width, "height": mask.height}
    about = _("{share:.0%} of {width} x {height} pixels may change.", share=mask.coverage, **size)
    alt = html.escape(_("A picture with a mask over it: {about}", about=about))
    data = base64.b64encode(came.data).decode()
    tag = f'<img src="data:{came.media_type};base64,{data}" alt="{alt}">'
    return {"text/html": _static(f"{tag}<p>{about}</p>"), "text/plain": f"MaskPainter: {about}"}


def _static(page: str) -> str:
    return f'<div class="r9s-static" lang="{language()}">{page}</div>'


class Soon:
    """Does something a moment after it was asked, and of many askings within that moment only once.

    Args:
        work: What is done, on a thread of its own.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def ask(self) -> None:
        """Has it done soon."""
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(_SECONDS, self._do)
                self._timer.daemon = True
                self._timer.start()

    def drop(self) -> None:
        """What was asked is not done any more."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _do(self) -> None:
        with self._lock:
            self._timer = None
        self._work()
