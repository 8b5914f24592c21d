"""Speaking to the browsers that show a painter: one of them, two tabs, or none yet.

The browser's side of it is ``ink/document.js``: it shows what it does before the kernel knows, so every action gets an
answer, in the kernel's order, with a number; whoever misses a number asks for the whole state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PIL import Image

from r9s_notebook.imaging import Mask, preview
from r9s_notebook.widgets.painter.history import History
from r9s_notebook.widgets.painter.ink_widget import Ink
from r9s_notebook.widgets.painter.wire import Packet, part_of, picture_of, read_part

LARGEST_DETAIL = 2560
"""The longer side, in pixels, of a part of the image or the mask that is sent when somebody zooms in."""

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
        wanted = read_part(asked, image.size, LARGEST_DETAIL)
        if wanted is None:
            return
        box, longest = wanted
        part = preview(image.crop(box), max_side=longest)
        content = {"kind": "detail", "view": asked.get("view"), "box": list(box), "media_type": part.media_type}
        self._ink.send(content, [part.data])

    def show_ink(self, asked: Any, mask: Mask) -> None:
        """Sends the part of the mask that a view has asked for, with the number of the last action in it."""
        wanted = read_part(asked, mask.size, LARGEST_DETAIL)
        if wanted is not None:
            packet = part_of(mask, *wanted)
            content = {"kind": "ink", "view": asked.get("view"), "revision": self._revision, "op": packet.content}
            self._ink.send(content, list(packet.buffers))

    def download(self, client: Any, name: str, data: bytes) -> None:
        """Gives one tab a file."""
        self._ink.send({"kind": "download", "client": client, "name": name}, [data])
