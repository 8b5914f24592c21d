"""Model, size, quality, style, how many, and whatever else the model takes."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import ipywidgets as w
import traitlets as t

from r9s_notebook.errors import InputError
from r9s_notebook.page.html import escaped, shortened
from r9s_notebook.parameters import PARAMETERS, Parameter
from r9s_notebook.session.clients import embedded_models, service_of
from r9s_notebook.session.form import Form
from r9s_notebook.session.presets import presets_of
from r9s_notebook.session.request import NAMED
from r9s_notebook.session.session import Session
from r9s_notebook.translation import ENGLISH, Message, language, ngettext, translated
from r9s_notebook.translation import gettext as _
from r9s_notebook.widgets.lab_part import LabPart

_ANOTHER = Message("another model …")
_UNSENT = Message("model's default")  # not "automatic": the API has an "auto" of its own
_AS_ONES_OWN = Message("b64_json: your own service")  # which the client asks for where nothing else is
_MORE = Message("More parameters")
_CHOOSE = Message("choose one …")

W = TypeVar("W", bound=w.DOMWidget)


FURTHER = tuple(one for one in PARAMETERS.values() if one.label and one.name not in NAMED)
"""What is asked for below the form's own fields."""


class ParameterPanel(LabPart):
    """The parameters that the session's model accepts, and only those; an unknown model can be sent anything.

    The session is a studio's, or one of its own.
    """

    _css_class = "r9s-parameters"

    def __init__(self, lab: LabPart | Session | None = None, **box: Any) -> None:
        self._quiet = False
        self._unfolded: list[Callable[[], object]] = []
        super().__init__(lab, **box)
        self._wire()
        self._show_all()

    @property
    def fields(self) -> list[w.Widget]:
        """Its dropdowns and text fields; the model, which decides what the others offer, comes first."""
        named = [self._preset, self._model, self._other, self._size, self._quality, self._style, self._n]
        return [*named, *self._fields.values(), *([self._json, self._words, self._name] if self._fields else [])]

    def _layout_parts(self) -> list[w.Widget]:
        hint = _("Words around the prompt and parameters, kept under a name in the history's folder")
        presets, used = self._presets()
        self._preset = self._looks.make(
            w.Dropdown, "r9s-preset", description=_("Preset"), tooltip=hint, wide=True, options=presets, value=used,
            shown=len(presets) > 1,
        )  # fmt: skip
        self._model = self._dropdown("model")
        self._other = self._looks.make(
            w.Text,
            "r9s-other-model",
            description=_("Name"),
            placeholder=_("the model's name"),
            continuous_update=False,
            shown=False,
        )
        self._size = self._dropdown("size")
        self._quality = self._dropdown("quality")
        self._style = self._dropdown("style")
        self._n = self._control("n", w.Text, value=str(self.session.n), continuous_update=False)
        named = [self._preset, self._model, self._other, self._size, self._quality, self._style, self._n]
        self._dropdowns = {"model": self._model, "size": self._size, "quality": self._quality, "style": self._style}
        self._examples: w.Dropdown | None = None
        if any(one.examples for one in embedded_models(self.session.client)):
            about = _("What was recorded, to be asked again: its words and what was chosen")
            self._examples = self._looks.make(
                w.Dropdown, "r9s-examples", description=_("Recorded"), tooltip=about, wide=True
            )
            named.insert(0, self._examples)
        grid = self._looks.make(w.Box, "r9s-parameter-grid", named)
        self._fields: dict[str, w.Widget] = {}  # made when they are seen first
        self._folded = self._looks.make(w.Box, "r9s-parameter-grid")
        self._more = self._looks.make(
            w.Accordion, "r9s-more-parameters", [self._folded], titles=[translated(_MORE)], selected_index=None
        )
        self._told = self._looks.make(w.HTML, "r9s-told")
        return [grid, self._told, self._more]

    def unfold(self) -> None:
        """Makes the further parameters, where they are not there yet."""
        if self._fields:
            return
        self._fields = {parameter.name: self._field(parameter) for parameter in FURTHER}
        for name, widget in self._fields.items():
            widget.observe(lambda change, name=name: self._on_field(name, change), "value")
        about = _("Whatever else the model takes, as JSON: sent as it stands")
        self._json = self._looks.make(
            w.Text, "r9s-json", description=_("As JSON"), placeholder='{"steps": 30}', tooltip=about, wide=True,
            continuous_update=False,
        )  # fmt: skip
        self._json.observe(self._on_json, "value")
        self._show_all()
        make = self._looks.make
        text: dict[str, Any] = {"continuous_update": False, "wide": True}
        around: dict[str, Any] = {
            "description": _("Words around the prompt"),
            "placeholder": "{prompt}, " + _("ink drawing"),
        }
        self._words = make(w.Text, "r9s-words", value=self.session.words, **around, **text)
        self._name = make(w.Text, "r9s-preset-name", description=_("Name of a preset"), placeholder=_("ink"), **text)
        save = make(w.Button, "r9s-save-preset", description=_("Save as preset"), icon="bookmark")
        save.on_click(lambda _button: self.session.attempt(self._save_preset))
        t.link((self.session, "words"), (self._words, "value"))
        self._folded.children = [*self._fields.values(), self._json, self._words, self._name, save]
        for heard in self._unfolded:
            heard()

    def on_unfold(self, handler: Callable[[], object]) -> None:
        """Calls ``handler()`` when there are more fields than before."""
        self._unfolded.append(handler)

    def _wire(self) -> None:
        if self._examples is not None:
            self._examples.observe(self._on_example, "value")
            self.session.observe(lambda _change: self._show_all(), "prompt")
        self._preset.observe(self._on_preset, "value")
        self._model.observe(self._on_model, "value")
        self._other.observe(self._on_other, "value")
        for name, widget in (("size", self._size), ("quality", self._quality), ("style", self._style), ("n", self._n)):
            widget.observe(lambda change, name=name: self._on_value(name, change), "value")
        self._more.observe(lambda _change: self.unfold(), "selected_index")
        self.session.observe(lambda _change: self._show_all(), "listed")
        self.session.observe(lambda _change: self._show_told(), "told")
        self._show_told()
        self.session.observe(
            lambda _change: self._show_all(), ["model", "choices", "source", "size", "quality", "style", "n", "extra"]
        )
        self.session.observe(lambda _change: self._show_presets(), "words")

    # -- from the form to the session -----------------------------------------------------------------------------

    def _on_preset(self, change: Any) -> None:
        if self._quiet:
            return
        session = self.session
        if change["new"]:
            session.attempt(lambda: session.use_preset(change["new"]))
        else:
            session.words = ""

    def _save_preset(self) -> None:
        name = self._name.value.strip()
        self.session.save_preset(name)
        self.session.say("idle", _("Kept as the preset {name}.", name=name))
        self._show_presets()

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

    def _on_example(self, change: Any) -> None:
        if not self._quiet and change["new"] is not None:
            self.session.use_example(self.session.examples[change["new"]])

    def _on_value(self, name: str, change: Any) -> None:
        if not self._quiet and change["new"] is not None:
            setattr(self.session, name, PARAMETERS[name].from_text(change["new"]))

    def _on_field(self, name: str, change: Any) -> None:
        if self._quiet:
            return
        value = _parsed(name, change["new"])
        rest = {key: kept for key, kept in self.session.extra.items() if key != name}
        self.session.extra = rest if value is None else {**rest, name: value}

    def _on_json(self, change: Any) -> None:
        if self._quiet:
            return
        try:
            given = json.loads(change["new"].strip() or "{}")
            if not isinstance(given, dict):
                raise ValueError("it is no object")
        except ValueError as error:
            told = _('"As JSON" takes names and values, {example}: {why}.', example='{"steps": 30}', why=error)
            self.session.say("error", told, of_draft=True)
            return
        known = {name: value for name, value in self.session.extra.items() if name in PARAMETERS}
        self.session.extra = {**known, **given}

    # -- from the session to the form -----------------------------------------------------------------------------

    def _show_all(self) -> None:
        session = self.session
        self._quiet = True
        try:
            self._show_other(False)
            self._show_examples()
            for name, widget in self._dropdowns.items():
                _offer(widget, self._choices(name), getattr(session, name))
            if PARAMETERS["n"].from_text(self._n.value) != session.n:
                self._n.value = str(session.n)
            self._show_fields()
        finally:
            self._quiet = False

    def _show_told(self) -> None:
        self._looks.say(self._told, escaped(self.session.told))

    def _show_examples(self) -> None:
        if self._examples is None:
            return
        examples = self.session.examples
        form = replace(self.session.form, source=None, mask=None, template="", fillings={}, draws=False)
        options = [(translated(_CHOOSE), None), *((_in_short(one), number) for number, one in enumerate(examples))]
        _offer(self._examples, options, examples.index(form) if form in examples else None)
        self._looks.show(self._examples, bool(examples))

    def _presets(self) -> tuple[list[tuple[str, str]], str]:
        """What can be chosen, and which is in use."""
        known: dict[str, Any] = {}
        with contextlib.suppress(InputError):  # using one says why
            known = presets_of(self.session.store.home)
        used = next((name for name, preset in known.items() if preset["prompt"] == self.session.words), "")
        return [(_("none"), ""), *((name, name) for name in known)], used

    def _show_presets(self) -> None:
        presets, used = self._presets()
        self._quiet = True
        _offer(self._preset, presets, used)
        self._quiet = False
        self._looks.show(self._preset, len(presets) > 1)

    def _show_fields(self) -> None:
        accepted, known = self.session.offer.parameters, self.session.choices.known
        shown = [one.name for one in FURTHER if one.name in accepted or not known]
        for name, widget in self._fields.items():
            self._looks.show(widget, name in shown)
            value = self.session.extra.get(name)
            if PARAMETERS[name].offered:
                own = name == "response_format" and getattr(self.session.client, "asks_for_base64", False)
                options = _field_options(PARAMETERS[name], _AS_ONES_OWN if own else _UNSENT)
                _offer(widget, options, "" if value is None else value)
            elif _parsed(name, widget.value) != value:  # else somebody is writing: a space at the end stays
                widget.value = "" if value is None else str(value)
        if self._fields:
            self._show_json(known)
        for name, widget in (("quality", self._quality), ("style", self._style)):
            self._looks.show(widget, name in accepted or not known)
        number = sum(self.session.extra.get(name) is not None for name in shown)
        more = ngettext("More parameters ({count} set)", "More parameters ({count} set)", number)
        self._more.titles = [more if number else translated(_MORE)]  # what is sent is seen, folded or not
        self._looks.show(self._more, bool(shown))

    def _show_json(self, known: bool) -> None:
        """What is sent beside the API's own parameters; a model that is known takes none of it."""
        others = {name: value for name, value in self.session.extra.items() if name not in PARAMETERS}
        self._looks.show(self._json, not known or bool(others))
        with contextlib.suppress(ValueError):
            if json.loads(self._json.value or "{}") == others:
                return  # as it was typed
        self._json.value = json.dumps(others) if others else ""

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        """What a dropdown offers: labels and values."""
        session, choices = self.session, self.session.choices
        if name == "model":
            return [
                *((known or translated(_UNSENT), known) for known in session.models),
                (translated(_ANOTHER), _ANOTHER),
            ]
        if name == "size":
            required = choices.known and bool(session.size)
            return _options(sorted(session.offer.sizes, key=_rank), choices.default_size, required=required)
        if name == "quality":
            return _options(choices.qualities, choices.default_quality)
        return _options(choices.styles)

    def _dropdown(self, name: str) -> w.Dropdown:
        value = getattr(self.session, name)
        return self._control(name, w.Dropdown, options=_with(self._choices(name), value), value=value)

    def _show_other(self, shown: bool) -> None:
        self._looks.show(self._other, shown)

    def _control(self, name: str, kind: type[W], **options: Any) -> W:
        parameter = PARAMETERS[name]
        css_class = f"r9s-{name.replace('_', '-')}"
        label = _(parameter.label)
        label = f"{label} · {service_of(self.session.client)}" if name == "model" else label
        about = parameter.described(_)
        return self._looks.make(kind, css_class, wide=True, description=label, tooltip=about, **options)

    def _field(self, parameter: Parameter) -> w.Widget:
        if parameter.offered:
            return self._control(parameter.name, w.Dropdown, options=_field_options(parameter), value="")
        about = _(parameter.about)
        hint = parameter.accepted(_) or (about.lower() if language() == ENGLISH else about)
        return self._control(parameter.name, w.Text, placeholder=hint, continuous_update=False)


def _in_short(example: Form) -> str:
    """What tells an example from others: its words, and what was chosen."""
    chosen = [
        example.size,
        example.quality,
        example.style,
        ngettext("{count} image", "{count} images", example.n) if example.n != 1 else "",
    ]
    return " · ".join([shortened(example.prompt, 60), *filter(None, chosen)])


def _field_options(parameter: Parameter, unsent: str = _UNSENT) -> list[tuple[str, Any]]:
    # "" for what is not sent: a dropdown shows None as blank, whatever its label.
    return [(translated(unsent), ""), *((_spoken(choice), choice) for choice in parameter.offered)]


def _spoken(choice: Any) -> str:
    return (_("yes") if choice else _("no")) if isinstance(choice, bool) else str(choice)


def _rank(size: str) -> tuple[int, float]:
    """``auto``, then pixels by area, then ratios from tall to wide."""
    match = re.fullmatch(r"(\d+)([x:])([1-9]\d*)", size)
    if match is None:
        return (0, 0)
    width, height = int(match[1]), int(match[3])
    return (1, width * height) if match[2] == "x" else (2, width / height)


def _options(values: Sequence[str], default: str | None = None, *, required: bool = False) -> list[tuple[str, str]]:
    """What is chosen from; what is not sent is the model's default, which is named where it is known."""
    listed = [(value, value) for value in values]
    unsent = translated(_UNSENT)
    return listed if required or "auto" in values else [(f"{unsent}: {default}" if default else unsent, ""), *listed]


def _offer(dropdown: w.Dropdown, options: list[tuple[str, Any]], value: Any) -> None:
    """Puts options and value in; in between, a dropdown chooses its first option, to which nobody must listen."""
    options = _with(options, value)
    if tuple(options) == tuple(dropdown.options) and dropdown.value == value:
        return
    dropdown.options = options
    dropdown.value = value


def _with(options: list[tuple[str, Any]], value: Any) -> list[tuple[str, Any]]:
    """The options with the value among them, whatever it is."""
    if value in (offered for _label, offered in options):
        return options
    return [(translated(_UNSENT) if value == "" else _spoken(value), value), *options]


def _parsed(name: str, value: Any) -> Any:
    """What a field says; None where it says nothing. What cannot be read, the check before sending names."""
    if not isinstance(value, str):
        return value
    return PARAMETERS[name].from_text(value.strip()) if value.strip() else None
