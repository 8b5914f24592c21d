"""Speaking to the browsers that show a painter: one of them, two tabs, or none yet.

The browser's side of it is ``ink/document.js``: it shows what it does before the kernel knows, so every action gets an
answer, in the kernel's order, with a number; whoever misses a number asks for the whole state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PIL import Image

from r9s_notebook.imaging import preview
from r9s_notebook.widgets.painter.history import History
from r9s_notebook.widgets.painter.ink_widget import Ink
from r9s_notebook.widgets.painter.wire import Packet, picture_of

LARGEST_DETAIL = 2560
"""The longer side, in pixels, of a part of the image that is sent when somebody zooms in."""

Origin: TypeAlias = tuple[str, int]
"""Which browser tab did something, and the number of its message."""
NOBODY: Origin = ("", 0)


class Browsers:
    """All tabs that have said hello.

    Args:
        ink: The widget whose messages reach every tab.
        shown_size: Gives width and height of the layer that shows the mask.
    """

    def __init__(self, ink: Ink, shown_size: Callable[[], tuple[int, int]]) -> None:
        self._ink = ink
        self._shown_size = shown_size
        self._revision = 0
        self._seen: dict[str, int] = {}  # each tab's last message

    @property
    def any(self) -> bool:
        """Whether some tab runs the ink module."""
        return bool(self._seen)

    def heard(self, content: Any) -> Origin:
        """Notes whose message it is."""
        client, seq = str(content.get("client", "")), int(content.get("seq", 0))
        self._seen[client] = seq
        return client, seq

    def announce(self, action: str, origin: Origin, describe: Callable[[], Packet]) -> None:
        """Tells every tab; the one that did it gets a receipt, and no copy of its own drawing if it is alone."""
        self._revision += 1
        if not self._seen:
            return
        client, seq = origin
        packet = describe() if set(self._seen) - {client} else Packet()
        content = {"kind": "action", "action": action, "client": client, "seq": seq, "revision": self._revision}
        self._ink.send(content | ({"op": packet.content} if packet.content else {}), list(packet.buffers))

    def send_state(self, history: History | None) -> None:
        """Everything, for a page that has just come, or has missed something."""
        self._revision += 1
        if not self._seen:
            return
        packet = picture_of(history.current, self._shown_size()) if history else Packet({"type": "clear"})
        content = {
            "kind": "state",
            "revision": self._revision,
            "steps": history.steps if history else 0,
            "redos": len(history.undone) if history else 0,
            "seen": self._seen,
            "op": packet.content,
        }
        self._ink.send(content, list(packet.buffers))

    def say(self, sentence: str) -> None:
        """Shows a sentence in the status line, and announces it."""
        self._ink.send({"kind": "say", "text": sentence})

    def show_detail(self, asked: Any, image: Image.Image) -> None:
        """Sends the part of the image that a view has asked for, as sharp as its screen can show."""
        try:
            x0, y0, x1, y1 = (
                min(max(int(side), 0), most) for side, most in zip(asked["box"], image.size * 2, strict=True)
            )
            longest = min(max(int(asked["longest"]), 1), LARGEST_DETAIL)
        except (KeyError, TypeError, ValueError, OverflowError):
            return
        if x0 >= x1 or y0 >= y1:
            return
        part = preview(image.crop((x0, y0, x1, y1)), max_side=longest)
        place = {"view": asked.get("view"), "image": asked.get("image"), "box": [x0, y0, x1, y1]}
        content = {"kind": "detail", **place, "media_type": part.media_type}
        self._ink.send(content, [part.data])

    def download(self, client: Any, name: str, data: bytes) -> None:
        """Gives one tab a file."""
        self._ink.send({"kind": "download", "client": client, "name": name}, [data])
