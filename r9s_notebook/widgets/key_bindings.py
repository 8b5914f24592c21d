"""What the page does for the studio by itself; see ``keys.js``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

_HERE = Path(__file__).parent

# Jupyter's server refuses messages over 10 MiB, silently: the page then waits for ever (jupyter_server's
# websocket_max_message_size). The file travels as it is, with some hundred bytes of JSON around it.
UPLOAD_BYTES = 10 * 1024 * 1024 - 64 * 1024


class KeyBindings(anywidget.AnyWidget):
    """An invisible helper inside a studio: Ctrl+Enter, no double clicks, announcements, the studio's styles."""

    _esm = _HERE / "keys.js"
    _css = _HERE / "studio.css"

    upload_bytes = t.Int(UPLOAD_BYTES).tag(sync=True)

    def on_too_large(self, handler: Callable[[str, int], None]) -> None:
        """Calls ``handler(name, bytes)`` for a chosen file that the kernel could never receive."""

        def receive(_widget: Any, content: dict[str, Any], _buffers: Any) -> None:
            if content.get("type") == "too-large":
                handler(str(content.get("name", "The file")), int(content.get("size", 0)))

        self.on_msg(receive)
