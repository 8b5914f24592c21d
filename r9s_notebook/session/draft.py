"""The draft: what is written in the lab and not yet sent. Looking at something never replaces it."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

import traitlets as t

from r9s_notebook.archive.code import call_code
from r9s_notebook.archive.runs import Run
from r9s_notebook.capabilities import MODELS
from r9s_notebook.errors import InputError
from r9s_notebook.history import Store
from r9s_notebook.imaging import Mask
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.session import messages
from r9s_notebook.session.clients import accepts, embedded_models, examples_of, listed_models
from r9s_notebook.session.form import (
    Form,
    Offer,
    Restorable,
    fitted,
    mask_in_use,
    offer,
    request_of,
    restored,
    to_edit,
)
from r9s_notebook.session.known_models import known_models
from r9s_notebook.session.lists import Lists, gap_values
from r9s_notebook.session.messages import StatusKind
from r9s_notebook.session.presets import preset_named, save_preset
from r9s_notebook.session.request import NAMED, Request, Source, mask_for, source_from
from r9s_notebook.session.template import gaps
from r9s_notebook.session.told_in_turn import ToldInTurn
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import Message, joined, translated

_IN_FORM = tuple(field.name for field in fields_of(Form))


class Draft(Strict, ToldInTurn):
    """What would be sent next, field by field.

    Attributes:
        prompt: The words.
        template: What the prompt was made from, where it was made from a template; a prompt typed anew has none.
        words: Of a preset, around the prompt: ``"{prompt}, ink drawing"``; ``""`` for none.
        fillings: What is typed for the gaps of the prompt, by their names: ``"fox, owl"``, or the name of a list.
        draws: Whether one value of each gap is drawn, where else every combination is sent.
        offered: The values of each gap of the prompt, by its name; none where it has none yet.
        calls: How many calls all combinations are; 0 where one is sent.
        model: The chosen model, ``""`` for the service's own choice.
        size: The chosen size, ``""`` for the service's own choice; so with ``quality`` and ``style``.
        n: How many images; a text where what was typed is no number.
        extra: Further parameters of the call, by name.
        source: The image that the next run edits, or None to generate.
        mask: Which of its pixels may change, or None.
        choices: What the model accepts.
        former: The draft as a ``Form`` that another one has replaced, to be had back; None where there is none.
        status: One sentence about what happens, and ``status_kind`` its kind.
        told: One sentence about the service: that it lists no models, what it refused of the chosen one.
        told_of: The run that the status speaks of, where some of its pictures can still be had; else None.
    """

    prompt = t.Unicode()
    template = t.Unicode()
    words = t.Unicode()
    fillings: t.Dict[str, str] = t.Dict()
    draws = t.Bool(False)
    offered: t.Dict[str, Any] = t.Dict()
    calls = t.Int(0)
    model = t.Unicode()
    size = t.Unicode()
    quality = t.Unicode()
    style = t.Unicode()
    n = t.Any(1)
    extra = t.Dict()
    source = t.Any(None)
    mask = t.Any(None)
    choices = t.Any()
    former = t.Any(None)
    status = t.Unicode()
    status_kind = t.Unicode("idle")
    told = t.Unicode()
    told_of = t.Any(None)
    client: Any
    store: Store
    lists: Lists
    _said_of: tuple[Form, StatusKind, str] | None = None  # the draft that the status speaks of, and what it said before
    _taken: Form | None = None  # as it was when an earlier run was put in

    def __init__(self, client: Any, store: Store, model: str) -> None:
        self.client, self.store = client, store  # first: the model's observers look at them
        self.lists = Lists.here()
        super().__init__(model=model, choices=accepts(client, model, store.home))
        self._size_to_generate = ""
        self.put(replace(self.form, size=self.choices.default_size or "", quality=self.choices.default_quality or ""))

    @property
    def models(self) -> tuple[str, ...]:
        """The models to choose from: the known ones, and the chosen one if it is none of them."""
        known = tuple(one.model or "" for one in embedded_models(self.client))
        if not known:
            listed = [one.model or "" for one in listed_models(self.client)]
            known = tuple(dict.fromkeys([*known_models(self.store.home), *(listed or MODELS)]))
        return known if self.model in known or not self.model else (self.model, *known)

    @property
    def examples(self) -> list[Form]:
        """What is known to be answered next, an edit or a generation: of a replay, what was recorded."""
        return examples_of(self.client, "generate" if self.source is None else "edit")

    def use_example(self, example: Form) -> None:
        """Puts the words and the parameters of one in; what was in the draft before can be had back."""
        before = self.form
        self.put(replace(example, source=before.source, mask=before.mask))
        self._replaced(before)

    @property
    def offer(self) -> Offer:
        """What the model accepts for what comes next, an edit or a generation."""
        return offer(self.choices, editing=self.source is not None)

    @property
    def form(self) -> Form:
        """All of the fields as one value."""
        return Form(**{name: getattr(self, name) for name in _IN_FORM})

    @property
    def request(self) -> Request:
        """What would be sent now."""
        return request_of(self.form, self.choices)

    @property
    def mask_in_use(self) -> Mask | None:
        """The mask, where there is something to edit and the model looks at masks."""
        return mask_in_use(self.form, self.choices)

    def code(self) -> str:
        """The Python that makes the same call, or the same calls, without the lab."""
        request, store = self.request, self.store
        image = mask = None
        if request.source is not None:
            image = store.image_path(store.put_image(request.source.data, request.source.media_type))
        if request.mask is not None:
            mask = store.image_path(store.put_image(request.mask.to_png(), "image/png"))
        recording = getattr(self.client, "recording", None)
        return call_code(
            request.params(),
            client=self.client.kind,
            image=image,
            mask=mask,
            recording=recording,
            varied=self.offered or None,
        )

    def count(self) -> None:
        """Looks for the values of the prompt's gaps; lists of the notebook may have changed."""
        found: dict[str, Any] = {}
        there = gaps(self.form.written)
        for name, gap in there.items():
            with contextlib.suppress(InputError):  # sending says why
                found[name] = gap_values(gap, self.fillings.get(name, ""), self.lists)
        calls = math.prod(len(found.get(name, ())) for name in there) if found and not self.draws else 0
        with self.hold_trait_notifications():
            self.offered, self.calls = {name: found.get(name, ()) for name in there}, calls

    def say(self, kind: StatusKind, text: str, told_of: Run | None = None, *, of_draft: bool = False) -> None:
        """Puts a sentence into the status line, which may speak of a run whose pictures can still be had.

        One that speaks ``of_draft`` goes when that changes; a run that is under way is told of again then.
        """
        before: tuple[StatusKind, str] = ("running", self.status) if self.status_kind == "running" else ("idle", "")
        if self._said_of is not None:
            before = self._said_of[1:]
        self._said_of = (self.form, *before) if of_draft else None
        with self.hold_trait_notifications():
            self.status_kind, self.status = kind, translated(text)
            self.told_of = told_of if told_of is not None and told_of.links else None

    # -- what is put in -------------------------------------------------------------------------------------------

    def put(self, form: Form) -> None:
        """Puts all fields in at once, so that nobody sees one model with the choices of another."""
        mask_for(form.mask, form.source)
        with self.hold_trait_notifications():
            self.choices = accepts(self.client, form.model, self.store.home)
            for name in _IN_FORM:
                setattr(self, name, getattr(form, name))
        self.template = form.template  # which a new prompt has cleared

    def fill_in(self, given: Mapping[str, Any]) -> None:
        """Puts what code says in: parameters by name, others in ``extra``, and what to edit.

        Raises:
            InputError: A value of another kind, or what the model does not take.
        """
        own = {name: PARAMETERS[name].check_type(given[name]) for name in NAMED if name in given}
        self.model = own.get("model", self.model)
        if "image" in given:
            self.edit(source_from(given["image"])) if given["image"] is not None else self.stop_editing()
        further = given.get("extra", {})
        form = replace(self.form, **own, extra={**self.extra, **further})
        sent = {**request_of(form, self.choices).params(), "prompt": form.prompt}  # in words, and a template
        unsent = [name for name, value in {**own, **further}.items() if value and sent.get(name) != value]
        if unsent:
            about = {"model": form.model or Message("The model"), "names": ", ".join(sorted(unsent))}
            if form.source is not None:
                raise InputError(Message("{model} does not take {names} for an edit.", **about))
            raise InputError(Message("{model} does not take {names}.", **about))
        self.put(form if form.prompt == self.prompt else replace(form, template=""))
        if "mask" in given:
            self.mask = given["mask"]

    def use_preset(self, name: str) -> None:
        """Puts a preset of the store in: its words around the prompt, its parameters into their fields.

        Raises:
            InputError: There is no such preset, or the model does not take what it has.
        """
        preset = dict(preset_named(name, self.store.home))
        words = preset.pop("prompt")
        own = {key: preset.pop(key) for key in NAMED if key in preset}
        self.fill_in({**own, "extra": preset})
        self.words = words

    def save_preset(self, name: str) -> None:
        """Keeps the words around the prompt and the parameters as a preset of the store.

        Raises:
            InputError: It has no name, or cannot be kept.
        """
        save_preset(name, self.words, self.request.params(), self.store.home)

    def take(self, run: Run, fields: Iterable[Restorable]) -> None:
        """Puts an earlier run in, or some of its fields.

        Raises:
            HistoryError: The image that the run edited is missing from the store.
        """
        fields = frozenset(fields)
        models: Collection[str] | None = self.models if self.client.kind == "offline" else None
        form = restored(self.form, run, fields, self.store, models=models)
        form = fitted(form, accepts(self.client, form.model, self.store.home)) if "params" in fields else form
        if "source" in fields and form.source is None and self.source is not None:
            self.stop_editing()
        self.put(form)

    def replace_with(self, run: Run, fields: Iterable[Restorable]) -> None:
        """As ``take``; what was in the draft before can be had back."""
        before = self.form
        self.take(run, fields)
        self._replaced(before)

    def back_to_draft(self) -> None:
        """Puts the draft that was replaced in again; what was written since can be had back the same way."""
        if self.former is not None:
            before = self.form
            self.put(fitted(self.former, accepts(self.client, self.former.model, self.store.home)))
            self.former = None if before == self._taken else before  # else it is where it came from

    def _replaced(self, before: Form) -> None:
        """What is in the draft now has taken the place of another one, which stays until it is had back or dismissed.

        Sending and writing on do not lose it: it is still work that was not sent.
        """
        self._taken = self.form
        if self._taken != before and before.is_work:
            self.former = before

    def edit(self, source: Source) -> None:
        """Makes an image the source of the next run.

        Raises:
            InputError: The model cannot edit.
        """
        if self.choices.known and not self.choices.edits:
            raise InputError(Message("{model} cannot edit images. Choose another model first.", model=self.model))
        before = self.form
        if before.source is None:
            self._size_to_generate = self.size
        self.put(to_edit(before, source, self.choices))
        if before.mask is not None and not before.mask.is_empty:
            self.former = before  # it took work
        self.say("idle", joined(messages.FIRST_FRAME if source.first_frame else "", messages.PAINT_NOW))

    def stop_editing(self) -> None:
        """The next run generates again."""
        before = self.form
        form = replace(before, source=None, mask=None)
        if self._size_to_generate in offer(self.choices, editing=False).sizes:
            form = replace(form, size=self._size_to_generate)
        self.put(fitted(form, self.choices))
        if before.mask is not None and not before.mask.is_empty:
            self.former = before
        self.say("idle", "")

    @t.observe("model")
    def _on_model(self, _change: Any) -> None:
        if self.choices.model == (self.model or None):
            return
        before, former = self.form, self.choices
        form = fitted(before, accepts(self.client, self.model, self.store.home))
        self.put(form)
        if changed := messages.adjusted(before, form, former):
            self.say("notice", changed, of_draft=True)

    @t.observe("source")
    def _on_source(self, _change: Any) -> None:
        form = self.form
        if form.source is None or (form.mask is not None and form.mask.size != form.source.size):
            form = replace(form, mask=None)  # it was of another picture
        self.put(fitted(form, self.choices))

    @t.observe(*_IN_FORM)
    def _on_change(self, _change: Any) -> None:
        form = self.form
        if self._said_of is not None and self._said_of[0] != form:
            self.say(*self._said_of[1:])
        if self.former == form:
            self.former = None  # it is back, by hand

    @t.observe("prompt", "words", "fillings", "draws")
    def _on_gaps(self, _change: Any) -> None:
        self.count()

    @t.observe("prompt", "words")
    def _on_prompt(self, _change: Any) -> None:
        self.template = ""

    @t.validate("mask")
    def _check_mask(self, proposal: Any) -> Any:
        return mask_for(proposal["value"], self.source)
