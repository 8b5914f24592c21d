"""What the lab's own widgets have in common: a session, given or their own, and options that are not misspelt."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import traitlets as t

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.visits import this_visit
from r9s_notebook.capabilities import Capabilities
from r9s_notebook.page.bundles import new_id
from r9s_notebook.page.colab import for_colab
from r9s_notebook.page.options import refuse_misspelt
from r9s_notebook.session.open_session import open_session
from r9s_notebook.session.session import Session
from r9s_notebook.suggestions import Strict
from r9s_notebook.widgets.key_bindings import KeyBindings
from r9s_notebook.widgets.lifetime import parts_of, remember, retire_former
from r9s_notebook.widgets.looks import Looks


class LabPart(Strict, w.VBox):
    """A widget that shows a session and calls its actions.

    Args:
        lab: A ``Studio`` or another part, to share its session; a ``Session``; or None for a session of its own, which
            ends with the widget or when its cell is run again.
        inside: Whether it is a piece of another part, which has the keys.
        **box: Options of a box: ``layout``, ``tooltip``, ...

    Attributes:
        session: What it shows.
    """

    session: Session
    _stays = "it is a part of this notebook. Take what its session has: run, request, form."
    _css_class = ""
    _owns = False  # also of one whose making failed, and which is closed all the same
    _keys: KeyBindings  # of one that is no piece of another part

    def __init__(
        self, lab: LabPart | Session | None = None, *, owns: bool = False, inside: bool = False, **box: Any
    ) -> None:
        refuse_misspelt(self, box)
        if not isinstance(lab, LabPart | Session | None):
            raise TypeError(f"{type(self).__name__} takes a Studio, a Session or nothing, not {lab!r:.80}.")
        cell = Cell.here()
        retire_former(cell)
        if lab is None:
            lab, owns = open_here(), True
        self.session = lab.session if isinstance(lab, LabPart) else lab
        self._owns = owns
        self._is_inside = inside
        self._looks = Looks.of(self.session)
        parts, own = self._layout_parts(), new_id()
        classes = [self._css_class]
        if not inside:
            self._keys = KeyBindings(
                whole=own,
                layout=self._looks.plain,
                form=[field.model_id for field in self.fields],
                prompt_limit=_prompt_limit(self.session.choices),
            )
            t.dlink((self.session, "choices"), (self._keys, "prompt_limit"), _prompt_limit)
            if (visit := this_visit()) is not None:
                self._keys.on_visitor(lambda secret: self.session.submit(lambda: visit.known_by(secret)))
            parts.append(self._keys)
            classes.append("r9s-lab")
        layout = self._looks.plain if self._is_seen() else self._looks.hidden
        super().__init__(parts, **{"_dom_classes": classes, "layout": layout, **box}, model_id=own)
        remember(cell, self)

    def __repr__(self) -> str:  # ipywidgets spells out every widget in it, and a reader without a kernel sees that
        return f"<{type(self).__name__} {self.session.client.kind} prompt={self.session.prompt!r}>"

    def _layout_parts(self) -> list[w.Widget]:
        raise NotImplementedError

    @property
    def fields(self) -> list[w.Widget]:
        """What can be typed into or chosen from: the page hands over with each press what they show."""
        return []

    def _is_seen(self) -> bool:
        """Whether it is shown at first."""
        return True

    def _take_fields(self) -> None:
        self._keys.on_press(self.fields, self.session.press)

    def _live_bundle(self) -> dict[str, Any]:
        """What shows it, as a MIME bundle."""
        self.session.ask_for_models()  # when somebody will see them, and not before
        return dict(super()._repr_mimebundle_())

    def _repr_mimebundle_(self, **_kwargs: Any) -> Any:
        return for_colab(self._live_bundle())

    def close(self) -> None:
        """Closes the widget with all that is in it, and its session where that is its own."""
        if self._owns:
            self.session.close()
        if self.comm is None:
            return
        super().close()
        looks = self._looks.shared
        parts = list(parts_of(self, set() if self._owns else set(map(id, looks))))
        for part in [*parts, *(looks if self._owns else ())]:  # ipywidgets would keep them for ever
            part.close()


def _prompt_limit(choices: Capabilities) -> int:
    """Characters of what is sent; 0 where no limit is known."""
    return choices.prompt_limit if choices.known else 0


def open_here(client: Any = None, **options: Any) -> Session:
    """A session for the cell that runs now, in place of those of its former execution; see ``open_session``."""
    cell = Cell.here()
    retire_former(cell)
    return open_session(client, cell=cell, **options)
