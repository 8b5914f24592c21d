"""What the page does for the studio by itself; see ``keys.js``."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as w
import traitlets as t

from r9s_notebook.page.bundles import KEY_PARTS, Bundle, PageWidget
from r9s_notebook.painter.commands import commands_js

KEYS = Bundle(
    "keys",
    (
        *KEY_PARTS,
        *("page/whole", "page/attention", "page/typing", "page/elapsed", "page/visitor"),
        *(commands_js, "painter/ink/moves", "pictures/view/actions", "pictures/view/picture_keys"),
        *("widgets/recall", "widgets/counter", "widgets/places", "widgets/keys"),
    ),
    ("page/lab", "widgets/studio"),
)

# Jupyter's server refuses messages over 10 MiB, silently: the page then waits for ever (jupyter_server's
# websocket_max_message_size). The file travels as it is, with some hundred bytes of JSON around it.
UPLOAD_BYTES = 10 * 1024 * 1024 - 64 * 1024


class KeyBindings(PageWidget):
    """A helper in a studio: Ctrl+Enter, one run for a click, what is typed, announcements, pictures by file or drop.

    Attributes:
        upload_bytes: The largest file that the page hands to the kernel.
        prompt_limit: Characters that the model takes; 0 where no limit is known.
        form: The model ids of the widgets whose values a press takes along.
        has_visitors: Whether the page is an app's: then it says whose it is.
    """

    _bundle = KEYS

    upload_bytes = t.Int(UPLOAD_BYTES).tag(sync=True)
    prompt_limit = t.Int().tag(sync=True)
    form = t.List(t.Unicode()).tag(sync=True)
    has_visitors = t.Bool(False).tag(sync=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._file: Callable[[bytes], Any] = lambda _data: None
        self._too_large: Callable[[str, int], Any] = lambda _name, _size: None
        self._fields: Mapping[str, w.Widget] = {}  # by their model ids
        self._press: Callable[[str | None], Any] = lambda _says: None
        self._acts: Mapping[str, Callable[[str], Any]] = {}
        self._earlier: Callable[[], Sequence[str]] = list
        self._visitor: Callable[[str], Any] = lambda _secret: None
        self.on_msg(self._on_message)

    def on_press(self, fields: Sequence[w.Widget], press: Callable[[str | None], Any]) -> None:
        """Calls ``press(says)`` for a click on Generate, after the fields have what the page showed at that moment.

        Args:
            fields: The form's dropdowns and text fields; one that decides what another offers comes before it.
            press: What the click does; it is told what was written on the button, where the page says so.
        """
        self._fields, self._press = {field.model_id: field for field in fields}, press
        self.form = list(self._fields)

    def on_file(self, accept: Callable[[bytes], None], too_large: Callable[[str, int], None]) -> None:
        """Calls ``accept(bytes)`` for a picture that was chosen, dropped or pasted.

        ``too_large(name, bytes)`` is called instead for one that the kernel could never receive.
        """
        self._file, self._too_large = accept, too_large

    def on_act(self, acts: Mapping[str, Callable[[str], Any]]) -> None:
        """Calls ``acts[name](argument)`` for a press of one of the lab's small buttons (see ``html.act``)."""
        self._acts = acts

    def on_earlier(self, earlier: Callable[[], Sequence[str]]) -> None:
        """Calls ``earlier()`` where somebody looks for earlier prompts; it gives them, the newest first."""
        self._earlier = earlier

    def on_visitor(self, known_by: Callable[[str], Any]) -> None:
        """Calls ``known_by(secret)``: what the visitor's browser is known by."""
        self._visitor, self.has_visitors = known_by, True

    def focus_prompt(self) -> None:
        """Puts the cursor into the prompt, its words selected."""
        self.send({"type": "focus-prompt"})

    def show_results(self) -> None:
        """Scrolls as little as needed to show the results."""
        self.send({"type": "show-results"})

    def _on_message(self, _widget: Any, content: dict[str, Any], buffers: Any) -> None:
        try:
            self._obey(content, buffers)
        finally:
            if "what" in content:
                self.send({"type": "taken", "what": content["what"]})  # the next press is another one

    def _obey(self, content: dict[str, Any], buffers: Any) -> None:
        match content:
            case {"type": "form", "form": form}:
                self._take(form)
            case {"type": "press", "form": form}:
                self._take(form)
                self._press(content.get("says"))
            case {"type": "act", "name": str(name)} if name in self._acts:
                self._acts[name](str(content.get("argument", "")))
            case {"type": "visitor", "secret": str(secret)}:
                self._visitor(secret)
            case {"type": "earlier"}:
                self.send({"type": "earlier", "prompts": list(self._earlier())})
            case {"type": "file"} if buffers:
                self._file(bytes(buffers[0]))
            case {"type": "too-large", "name": name, "size": size}:
                self._too_large(str(name), int(size))

    def _take(self, shown: Mapping[str, Any]) -> None:
        for model_id, field in self._fields.items():
            # Other words in the prompt have other gaps: the rows of those that went are closed.
            if (value := shown.get(model_id)) is None or field.comm is None:
                continue
            with contextlib.suppress(t.TraitError, ValueError):  # no longer offered, since another field changed
                name, value = (
                    ("index", field._options_labels.index(value)) if isinstance(field, w.Dropdown) else ("value", value)
                )
                # The page has it, or something newer by now, which must not be overwritten there.
                with field._lock_property(**{name: value}):
                    setattr(field, name, value)
