"""Layouts and styles that the widgets of one lab share: to ipywidgets each is a model of its own."""

from __future__ import annotations

import weakref
from typing import Any, ClassVar, TypeVar

import ipywidgets as w

from r9s_notebook.session.session import Session

W = TypeVar("W", bound=w.DOMWidget)


class Looks:
    """Makes widgets that share what they can.

    Attributes:
        plain: The layout of a widget that its style sheet places.
        wide: As wide as there is room.
        hidden: Takes no room.
    """

    _of: ClassVar[weakref.WeakKeyDictionary[Session, Looks]] = weakref.WeakKeyDictionary()

    def __init__(self) -> None:
        self.plain: Any = w.Layout()
        self.wide: Any = w.Layout(width="auto")
        self.hidden: Any = w.Layout(display="none")
        self._styles: dict[type[Any], Any] = {}
        self._shown: dict[str, Any] = {}  # the layout that a hidden widget gets back

    @classmethod
    def of(cls, session: Session) -> Looks:
        """Those of a session's lab."""
        if session not in cls._of:
            cls._of[session] = cls()
        return cls._of[session]

    @property
    def shared(self) -> list[w.Widget]:
        """All layouts and styles that the lab's widgets share."""
        return [self.plain, self.wide, self.hidden, *self._styles.values()]

    def make(
        self, kind: type[W], css_classes: str, *args: Any, wide: bool = False, shown: bool = True, **options: Any
    ) -> W:
        """A widget with its classes for style sheets; HTML is hidden as long as it says nothing.

        What is hidden at first is made so: that is a message less than to hide it.
        """
        if kind is w.HTML and not wide:
            shown = bool(options.get("value"))
        layout = (self.wide if wide else self.plain) if shown else self.hidden
        style = self._style(kind)
        given = {"layout": layout, "_dom_classes": css_classes.split(), **({} if style is None else {"style": style})}
        widget: W = kind(*args, **given, **options)
        return widget

    def show(self, widget: Any, shown: bool) -> None:
        """Shows a widget, or hides it so that it takes no room.

        One with a layout of its own keeps that: the page does not give an anywidget another one.
        """
        if widget.comm is None:  # closed, while its session's last run still ends
            return
        if widget.layout not in (self.plain, self.wide, self.hidden):
            widget.layout.display = "" if shown else "none"
        elif not shown and widget.layout is not self.hidden:
            self._shown[widget.model_id] = widget.layout
            widget.layout = self.hidden
        elif shown and widget.layout is self.hidden:
            widget.layout = self._shown.pop(widget.model_id, self.plain)

    def say(self, line: w.HTML, text: str) -> None:
        """Puts HTML into a line, which takes no room where there is nothing to say."""
        if line.value != text:
            line.value = text
        self.show(line, bool(text))

    def _style(self, kind: type[Any]) -> Any:
        trait = getattr(kind, "style", None)
        made = getattr(trait, "klass", None)
        if made is None:
            return None
        if made not in self._styles:
            self._styles[made] = made()
        return self._styles[made]
