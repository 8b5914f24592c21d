"""``sweep(...)``, as users call it: in a notebook a sweep is something to see. In a script no widget is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from r9s_notebook.archive.history import History
from r9s_notebook.archive.host import this_kernel
from r9s_notebook.client.signatures import spelt_out
from r9s_notebook.session.sweeping import Concurrency, Sweep
from r9s_notebook.session.worker import Worker


class ShownSweep(Sweep):
    """A sweep that shows itself in a cell: what it will send, its buttons, and the pictures as they come."""

    def _ipython_display_(self) -> None:
        if this_kernel() is None:  # a terminal
            print(repr(self))  # noqa: T201
            return
        from r9s_notebook.widgets.sweep_view import show

        show(self)


@spelt_out
def sweep(
    prompt: str | Sequence[str],
    *,
    client: Any = None,
    image: Any = None,
    mask: Any = None,
    preset: str | Sequence[str | None] | None = None,
    history: History | None = None,
    concurrency: Concurrency = 2,
    max_cost: float | None = None,
    price: float | None = None,
    worker: Worker | None = None,
    **varied: Any,
) -> ShownSweep:
    """Plans a call for every combination of what is given as a list.

    A prompt may be a template: ``sweep("a {animal} in {place}", animal=["cat", "owl"], place=["Rome", "the rain"])``
    plans four calls. Parameters of the API vary the same way: ``size=["512x512", "1024x1024"]``, ``seed=range(4)``.
    So do choices, ``{red|green}``, and lists, ``__animals__``: a variable of the notebook, or a file ``animals.txt``
    beside it with one value a line.
    As a cell's last line it is shown, with a button that starts it; ``sweep(...).run()`` starts it and waits.
    In a notebook's cell the same sweep, planned again, goes on where it was, also after a restart: what was sent is not
    sent again.

    >>> plan = sweep("a {animal} in {place}", animal=["fox", "owl"], place=["Rome", "the rain"], client=R9S.offline())
    >>> len(plan), plan.counts
    (4, {'waiting': 4})

    Args:
        prompt: A prompt, a template, or several of either.
        client: An ``R9S``, or several: a list, or a mapping by what each is called. None takes the environment's key,
            or the embedded API.
        image: What to edit: a path, bytes, a PIL image or an array; or several, as a list, or as a mapping by what each
            is called. With it, every call is an edit.
        mask: A ``Mask``, laid over each image.
        preset: The name of a preset of the history's folder, or several; None among them sends the prompt as it is.
        history: Where the runs are kept; None is the history beside the notebook.
        concurrency: How many calls are under way at the same time; ``"auto"`` lets more go as long as each takes no
            longer, and half as many when the service asks to wait.
        max_cost: US dollars that all of it may cost: the call that would pass it is not sent.
        price: US dollars for one image, where its service's price is not known.
        worker: Who does the work.
        **varied: A value, or a list, range, array or other iterable of values, of a template's name or of an API
            parameter. A gap that is meant as it stands is doubled in a prompt: ``{{name}}``.

    Raises:
        InputError: More than 100 000 calls, no call at all, a name that neither the prompt nor the API knows, a gap of
            the prompt without a value or a list, or a call that the model would refuse; nothing is sent.
    """
    return ShownSweep.plan(
        prompt,
        varied,
        client=client,
        image=image,
        mask=mask,
        preset=preset,
        history=history,
        concurrency=concurrency,
        max_cost=max_cost,
        price=price,
        worker=worker,
    )
