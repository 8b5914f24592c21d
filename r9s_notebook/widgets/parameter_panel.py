"""Model, size, quality, style, how many, and whatever else the model takes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as w

from r9s_notebook.session.request import WHOLE_NUMBERS
from r9s_notebook.session.session import Session
from r9s_notebook.widgets.lab_part import LabPart

_ANOTHER = "another model …"
_UNSENT = "model's default"  # not "automatic": the API has an "auto" of its own
_MORE = "More parameters"


@dataclass(frozen=True)
class Field:
    """A further parameter of the API, and how it is asked for.

    Attributes:
        name: As the API names it.
        label: As a person reads it.
        choices: What it may be; empty for free text.
        hint: An example.
    """

    name: str
    label: str
    choices: tuple[Any, ...] = ()
    hint: str = ""


FIELDS = (
    Field("negative_prompt", "Without", hint="what must not be in the image"),
    Field("seed", "Seed", hint="whole number"),
    Field("background", "Background", choices=("auto", "transparent", "opaque")),
    Field("output_format", "Format", choices=("png", "jpeg", "webp")),
    Field("output_compression", "Compression", hint="0 to 100"),
    Field("moderation", "Moderation", choices=("auto", "low")),
    Field("input_fidelity", "Fidelity", choices=("low", "high")),
    Field("partial_images", "Previews", choices=(1, 2, 3)),
    Field("prompt_extend", "Extend prompt", choices=(True, False)),
    Field("watermark", "Watermark", choices=(True, False)),
)


class ParameterPanel(LabPart):
    """The parameters that the session's model accepts, and only those; an unknown model can be sent anything.

    The session is a studio's, or one of its own.
    """

    def __init__(self, lab: LabPart | Session | None = None, **box: Any) -> None:
        self._quiet = False
        super().__init__(lab, **box)
        self.add_class("r9s-parameters")
        self._wire()
        self._show_all()

    @property
    def fields(self) -> list[w.Widget]:
        """Its dropdowns and text fields; the model, which decides what the others offer, comes first."""
        return [self._model, self._other, self._size, self._quality, self._style, self._n, *self._fields.values()]

    def _layout_parts(self) -> list[w.Widget]:
        self._model = _dropdown("Model", "r9s-model")
        self._other = w.Text(description="Name", placeholder="the model's name", continuous_update=False)
        self._other.add_class("r9s-other-model")
        self._size = _dropdown("Size", "r9s-size")
        self._quality = _dropdown("Quality", "r9s-quality")
        self._style = _dropdown("Style", "r9s-style")
        self._n = w.BoundedIntText(description="Images", min=1, max=10, layout=w.Layout(width="auto"))
        self._n.add_class("r9s-n")
        grid = w.Box([self._model, self._other, self._size, self._quality, self._style, self._n])
        grid.add_class("r9s-parameter-grid")
        self._fields = {field.name: _field_widget(field) for field in FIELDS}
        more = w.Box(list(self._fields.values()))
        more.add_class("r9s-parameter-grid")
        self._more = w.Accordion([more], titles=[_MORE], selected_index=None)
        self._more.add_class("r9s-more-parameters")
        return [grid, self._more]

    def _wire(self) -> None:
        self._model.observe(self._on_model, "value")
        self._other.observe(self._on_other, "value")
        for name, widget in (("size", self._size), ("quality", self._quality), ("style", self._style), ("n", self._n)):
            widget.observe(lambda change, name=name: self._on_value(name, change), "value")
        for name, widget in self._fields.items():
            widget.observe(lambda change, name=name: self._on_field(name, change), "value")
        self.session.observe(
            lambda _change: self._show_all(), ["model", "choices", "source", "size", "quality", "style", "n", "extra"]
        )

    # -- from the form to the session -----------------------------------------------------------------------------

    def _on_model(self, change: Any) -> None:
        if self._quiet:
            return
        if change["new"] == _ANOTHER:
            self._show_other(True)
        else:
            self.session.model = change["new"] or ""

    def _on_other(self, change: Any) -> None:
        if not self._quiet and change["new"].strip():
            self.session.model = change["new"].strip()

    def _on_value(self, name: str, change: Any) -> None:
        if not self._quiet and change["new"] is not None:
            setattr(self.session, name, change["new"])

    def _on_field(self, name: str, change: Any) -> None:
        if self._quiet:
            return
        value = _parsed(name, change["new"])
        rest = {key: kept for key, kept in self.session.extra.items() if key != name}
        self.session.extra = rest if value is None else {**rest, name: value}

    # -- from the session to the form -----------------------------------------------------------------------------

    def _show_all(self) -> None:
        session, choices = self.session, self.session.choices
        self._quiet = True
        try:
            models = session.models
            _offer(self._model, [*((name, name) for name in models), (_ANOTHER, _ANOTHER)], session.model)
            self._show_other(False)
            _offer(
                self._size,
                _options(sorted(session.sizes, key=_rank), choices.known and bool(session.size)),
                session.size,
            )
            _offer(self._quality, _options(choices.qualities), session.quality)
            _offer(self._style, _options(choices.styles), session.style)
            self._n.max = session.max_n
            self._n.value = session.n
            self._show_fields()
        finally:
            self._quiet = False

    def _show_fields(self) -> None:
        accepted, known = self.session.accepted, self.session.choices.known
        shown = [field for field in FIELDS if field.name in accepted or not known]
        for field in FIELDS:
            widget = self._fields[field.name]
            widget.layout.display = "" if field in shown else "none"
            value = self.session.extra.get(field.name)
            if field.choices:
                _offer(widget, _field_options(field), "" if value is None else value)
            else:
                widget.value = "" if value is None else str(value)
        for name, widget in (("quality", self._quality), ("style", self._style)):
            widget.layout.display = "" if name in accepted or not known else "none"
        number = sum(self.session.extra.get(field.name) is not None for field in shown)
        self._more.titles = [f"{_MORE} ({number} set)" if number else _MORE]  # what is sent is seen, folded or not
        self._more.layout.display = "" if shown else "none"

    def _show_other(self, shown: bool) -> None:
        self._other.layout.display = "" if shown else "none"


def _dropdown(label: str, css_class: str) -> w.Dropdown:
    dropdown = w.Dropdown(description=label, layout=w.Layout(width="auto"))
    dropdown.add_class(css_class)
    return dropdown


def _field_widget(field: Field) -> w.Widget:
    layout = w.Layout(width="auto")
    if field.choices:
        widget = w.Dropdown(description=field.label, options=_field_options(field), value="", layout=layout)
    else:
        widget = w.Text(description=field.label, placeholder=field.hint, continuous_update=False, layout=layout)
    widget.add_class(f"r9s-{field.name.replace('_', '-')}")
    return widget


def _field_options(field: Field) -> list[tuple[str, Any]]:
    # "" for what is not sent: a dropdown shows None as blank, whatever its label.
    return [(_UNSENT, ""), *((_spoken(choice), choice) for choice in field.choices)]


def _spoken(choice: Any) -> str:
    return {True: "yes", False: "no"}.get(choice, str(choice)) if isinstance(choice, bool) else str(choice)


def _rank(size: str) -> tuple[int, float]:
    """``auto``, then pixels by area, then ratios from tall to wide."""
    match = re.fullmatch(r"(\d+)([x:])([1-9]\d*)", size)
    if match is None:
        return (0, 0)
    width, height = int(match[1]), int(match[3])
    return (1, width * height) if match[2] == "x" else (2, width / height)


def _options(values: Sequence[str], required: bool = False) -> list[tuple[str, str]]:
    listed = [(value, value) for value in values]
    return listed if required or "auto" in values else [(_UNSENT, ""), *listed]


def _offer(dropdown: w.Dropdown, options: list[tuple[str, Any]], value: Any) -> None:
    """Puts options and value in; in between, a dropdown chooses its first option, to which nobody must listen."""
    if value not in (offered for _label, offered in options):
        options = [(_UNSENT if value == "" else _spoken(value), value), *options]
    if tuple(options) == tuple(dropdown.options) and dropdown.value == value:
        return
    dropdown.options = options
    dropdown.value = value


def _parsed(name: str, value: Any) -> Any:
    """What a field says; None where it says nothing."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if name in WHOLE_NUMBERS:
        with contextlib.suppress(ValueError):  # the check before sending names what is wrong with it
            return int(text)
    return text or None
