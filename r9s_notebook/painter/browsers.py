"""Speaking to the browsers that show a painter: one of them, two tabs, or none yet.

The browser's side of it is ``ink/document.js``: it shows what it does before the kernel knows, so every action gets an
answer, in the kernel's order, with a number; whoever misses a number asks for the whole state.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeAlias

from PIL import Image

from r9s_notebook.imaging import Mask, preview
from r9s_notebook.painter.ink_widget import Ink
from r9s_notebook.painter.undo import History
from r9s_notebook.painter.wire import Json, Packet, part_of, picture_of, read_part

LARGEST_DETAIL = 2560
"""The longer side, in pixels, of a part of the image or the mask that is sent when somebody zooms in."""

PATIENCE = 0.25
"""Seconds after which the next picture of the mask is sent though no page has shown the last one yet. A page that is
busy, or whose answers a long cell keeps waiting, gets a few pictures a second and then the newest, not all of them."""

Origin: TypeAlias = tuple[str, int]
"""Which browser tab did something, and the number of its message."""
NOBODY: Origin = ("", 0)


class Browsers:
    """All tabs that have said hello.

    Args:
        ink: The widget whose messages reach every tab.
        shown_size: Gives width and height of the layer that shows the mask.
        history: Gives the painter's history; None without an image.
        clock: Seconds.
    """

    def __init__(
        self,
        ink: Ink,
        shown_size: Callable[[], tuple[int, int]],
        history: Callable[[], History | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ink = ink
        self._shown_size, self._history, self._clock = shown_size, history, clock
        self._picture_sent: float | None = None  # when; None once a page has shown it
        self._owed = False  # something was not announced: a whole state makes up for it
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

    def announce(
        self, action: str, origin: Origin, describe: Callable[[], Packet], *, is_picture: bool = False
    ) -> None:
        """Tells every tab; the one that did it gets a receipt, and no copy of its own drawing if it is alone.

        While the tabs are still at a picture, the next ones (``is_picture``) wait, and what follows those: they hear
        of all of it by one state, when they have shown what they have, or with the first step after ``PATIENCE``.
        """
        self._revision += 1
        if not self._seen:
            return
        waiting = self._picture_sent is not None and self._clock() - self._picture_sent < PATIENCE
        if waiting and (is_picture or self._owed):
            self._owed = True
        elif self._owed:
            self.send_state()
        else:
            client, seq = origin
            packet = describe() if set(self._seen) - {client} else Packet()
            content = {"kind": "action", "action": action, "client": client, "seq": seq, "revision": self._revision}
            self._send(content | ({"op": packet.content} if packet.content else {}), packet)

    def shown(self) -> None:
        """A page has shown the last picture: what came meanwhile can be sent."""
        self._picture_sent = None
        if self._owed:
            self.send_state()

    def send_state(self) -> None:
        """Everything, for a page that has just come, or has missed something."""
        self._revision += 1
        if not self._seen:
            return
        history = self._history()
        packet = picture_of(history.current, self._shown_size()) if history else Packet({"type": "clear"})
        content = {
            "kind": "state",
            "revision": self._revision,
            "steps": history.steps if history else 0,
            "redos": len(history.undone) if history else 0,
            "seen": self._seen,
            "op": packet.content,
        }
        self._owed = False
        self._send(content, packet)

    def _send(self, content: Json, packet: Packet) -> None:
        self._picture_sent = self._clock() if packet.content.get("type") == "bitmap" else self._picture_sent
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
