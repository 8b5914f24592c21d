"""A batch of pictures, made together by a pipeline: on the device's thread."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from r9s_notebook.engines.diffusers import latents
from r9s_notebook.engines.diffusers.tickets import Ticket
from r9s_notebook.parameters import SAMPLING
from r9s_notebook.server.refusal import Refusal, invalid

_log = logging.getLogger(__name__)


class _GivenUp(Exception):  # noqa: N818 - nobody waits any more, which is no error
    """Leaves a pipeline between two steps."""


def make(tickets: Sequence[Ticket]) -> None:
    """Makes a batch, and says to each ticket what became of it.

    What fails is tried again in halves: less memory is needed then, and one request's fault is not its neighbours'.
    """
    tickets = [ticket for ticket in tickets if not ticket.left.is_set()]
    if not tickets:
        return
    first = tickets[0]
    error = _tried(first.model.load)
    if error is not None:
        for ticket in tickets:
            ticket.failed(_no_room(first) if _is_out_of_memory(error) else error)
        return
    error = _tried(lambda: _denoise(tickets))
    if error is None:
        return
    if _is_out_of_memory(error):
        first.model.together[first.kind] = max(1, len(tickets) // 2)
        _free_memory()
    if len(tickets) == 1:
        first.failed(_too_large(first) if _is_out_of_memory(error) else error)
        return
    half = len(tickets) // 2
    make(tickets[:half])
    make(tickets[half:])


def _tried(work: Callable[[], None]) -> Exception | None:
    """Does it; gives what went wrong, whose frames hold on to nothing."""
    try:
        work()
    except _GivenUp:
        pass
    except Exception as error:
        traceback.clear_frames(error.__traceback__)  # and so to none of the device's memory
        return error
    return None


def _denoise(tickets: Sequence[Ticket]) -> None:
    import torch

    first = tickets[0]
    pipe = first.model.pipeline(first.way)
    takes = first.model.index.takes(first.way)
    values = {name: value for name, value in _values(tickets).items() if name in takes and value is not None}
    watch = _Watch(tickets)
    for ticket in tickets:
        ticket.together = len(tickets)
    if "callback_on_step_end" in takes:
        tensors = ["latents"] if first.model.index.previews else []
        values |= {"callback_on_step_end": watch, "callback_on_step_end_tensor_inputs": tensors}
    elif "callback" in takes:
        values["callback"] = watch.leave_where_nobody_waits
    try:
        with torch.inference_mode():
            made = pipe(**values)
    finally:
        pipe.maybe_free_model_hooks()
    refused = getattr(made, "nsfw_content_detected", None) or [False] * len(tickets)
    for ticket, picture, unsafe in zip(tickets, made.images, refused, strict=True):
        if unsafe:
            message = "The model's own safety check refused the picture. Change the prompt, or try another seed."
            ticket.failed(Refusal(400, message, param="prompt", code="content_policy_violation"))
        elif not ticket.left.is_set():
            ticket.done(ticket, picture, None)
    first.model.largest = max(first.model.largest, (first.width, first.height), key=_pixels)


def _values(tickets: Sequence[Ticket]) -> dict[str, Any]:
    """What a pipeline is called with, if it takes it."""
    import torch

    first = tickets[0]
    given = first.job.values
    values: dict[str, Any] = {
        "prompt": [ticket.job.prompt for ticket in tickets],
        "width": first.width,
        "height": first.height,
        # Drawn on the CPU, a seed is the same noise on every device, and in every batch.
        "generator": [torch.Generator("cpu").manual_seed(ticket.job.seeds[ticket.index]) for ticket in tickets],
        **{name: given.get(name) for name in SAMPLING},
    }
    if given.get("negative_prompt"):
        values["negative_prompt"] = [ticket.job.values["negative_prompt"] for ticket in tickets]
    canvases = [ticket.canvas.for_pipeline(ticket.width, ticket.height) for ticket in tickets if ticket.canvas]
    if canvases:
        values["image"] = [image for image, _mask in canvases]
        values["mask_image"] = [mask for _image, mask in canvases]
    return values


class _Watch:
    """Looks at a batch after each of its steps: for who has left, and for previews."""

    def __init__(self, tickets: Sequence[Ticket]) -> None:
        self._tickets = tickets
        self._sees = any(ticket.job.previews for ticket in tickets)
        self._before: Any = None

    def __call__(self, pipe: Any, step: int, time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        """As a pipeline's ``callback_on_step_end``."""
        self.leave_where_nobody_waits()
        if self._sees:
            before, self._before = self._before, tensors["latents"]
            if before is not None:
                self._show_if_it_can(pipe, step, time, before, self._before)
        return {}

    def leave_where_nobody_waits(self, *_told: object) -> None:
        """As an older pipeline's ``callback``."""
        if all(ticket.left.is_set() for ticket in self._tickets):
            raise _GivenUp

    def _show_if_it_can(self, *told: Any) -> None:
        try:
            self._show(*told)
        except Exception:  # such as no memory left to decode them: the pictures are worth more
            self._sees = False
            _log.warning("no previews of this batch", exc_info=True)

    def _show(self, pipe: Any, step: int, time: Any, before: Any, after: Any) -> None:
        wanted = {
            row: preview
            for row, ticket in enumerate(self._tickets)
            for preview, at in enumerate(preview_steps(pipe.num_timesteps, ticket.job.previews))
            if at == step and preview not in ticket.seen and not ticket.left.is_set()
        }
        if not wanted:
            return
        first, rows = self._tickets[0], list(wanted)
        told = latents.clean(pipe.scheduler, time, before, after)[rows]
        for row, picture in zip(rows, latents.decoded(pipe, told, first.width, first.height), strict=True):
            ticket = self._tickets[row]
            ticket.seen.add(wanted[row])
            ticket.done(ticket, picture, wanted[row])


def preview_steps(steps: int, previews: int) -> list[int]:
    """After which steps, from 0, previews are shown: evenly, never after the first or the last.

    One step alone does not tell where it goes. Where there are fewer steps between, there are fewer previews.
    """
    even = (steps * (number + 1) // (previews + 1) for number in range(previews))
    return sorted({min(max(1, step), steps - 2) for step in even} - {-1, 0})


def _is_out_of_memory(error: Exception) -> bool:
    """The CPU and some accelerators say it by their words only."""
    import torch

    words = ("out of memory", "can't allocate memory", "not enough memory")
    said = isinstance(error, RuntimeError) and any(word in str(error).lower() for word in words)
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or said


def _free_memory() -> None:
    import torch

    if torch.accelerator.is_available():
        torch.accelerator.empty_cache()


def _no_room(ticket: Ticket) -> Refusal:
    model = ticket.model
    message = f"{model.index.name} does not fit into the memory of {model.device}: it was not loaded."
    return Refusal(503, message, code="out_of_memory")


def _too_large(ticket: Ticket) -> Refusal:
    model, size = ticket.model, (ticket.width, ticket.height)
    smaller = tuple(model.index.below(side / 2) for side in size)
    message = "{}x{} needs more memory than {} has free. ".format(*size, model.device)
    if 0 < _pixels(model.largest) < _pixels(size):
        message += "{}x{} has fitted: ask for that, or for less.".format(*model.largest)
    elif _pixels(smaller) < _pixels(size):
        message += "Ask for {}x{}, which takes a quarter of it.".format(*smaller)
    else:
        message += "Serve a smaller model, or this one on another device."
    return invalid("size", message, code="out_of_memory")


def _pixels(size: tuple[int, ...]) -> int:
    return size[0] * size[1]
