"""A run as ordinary output: what a saved notebook shows where there is no kernel.

It has to read well after every viewer's sanitizer. GitHub's keeps images as data URIs with their ``width``, ``height``
and ``alt``, and drops ``<style>``, ``style`` and ``class`` (ipython/nbconvert#204, karolzak/ipyplot#3); so images flow
inline without any CSS, and inline styles only make the page nicer. Colours are the viewer's own, light or dark.
"""

from __future__ import annotations

import base64
import html
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PIL import Image

from r9s_notebook.client.notices import same_model
from r9s_notebook.errors import ImageError
from r9s_notebook.history import Run, StoredImage
from r9s_notebook.imaging import open_image, thumbnail
from r9s_notebook.imaging.codec import encoded
from r9s_notebook.translation import Message, language, ngettext, number, translated
from r9s_notebook.translation import gettext as _

BYTES_PER_IMAGE = 25_000
"""What a run may add to a notebook for each image: 100 kB for four, 400 kB for sixteen."""

_SHOWN_SIDE = 180  # CSS pixels: four in a row in a notebook of usual width
_SHOWN_SIDE_OF_FEW = {1: 320, 2: 300, 3: 240}
_ENOUGH_FOR_SMALL = 8_500  # characters of a picture that is shown at _SHOWN_SIDE: it crosses with each run
_JPEG_BYTES_PER_IMAGE = 3_500
_ENOUGH_IN_A_SWEEP = 6_000  # characters of each thumbnail
_JPEG_WIDTH = 640  # pixels of the whole, for four in a row
_JPEG_GAP = 4
_JPEG_QUALITIES = (80, 65, 50, 35, 20)
_LONGEST_PROMPT = 600
_LONGEST_ALT = 120
_LONGEST_VALUE = 200
_LONGEST_CODE = 4_000
_OUTCOMES = {
    "succeeded": Message("Succeeded"),
    "failed": Message("Failed"),
    "cancelled": Message("Cancelled"),
    "interrupted": Message("Interrupted"),
    "running": Message("Under way"),
}
_STATES = {
    "succeeded": Message("succeeded"),
    "failed": Message("failed"),
    "cancelled": Message("cancelled"),
    "interrupted": Message("interrupted"),
    "running": Message("running"),
    "waiting": Message("waiting"),
    "done": Message("done"),
}
_PROMPT_STYLE = "margin:.3em 0;max-width:60em;overflow-wrap:anywhere"
_FACTS_STYLE = "margin:.3em 0;opacity:.75;font-size:90%"
_IMAGE_STYLE = "max-width:100%;height:auto;margin:2px;border-radius:4px;vertical-align:top"


def run_html(run: Run, *, code: str | None = None, most: int | None = None) -> str:
    """The run as HTML that needs no kernel, no script and no style sheet. Everything in it is escaped.

    Args:
        run: The run; its thumbnails are put into the page.
        code: The Python that repeats it, shown on demand.
        most: How many characters each thumbnail may take; None takes them as they are, 0 leaves them out.
    """
    side = _SHOWN_SIDE_OF_FEW.get(len(run.images), _SHOWN_SIDE)
    images = " ".join(image_tag(image, alt_text(run, number), side, most) for number, image in enumerate(run.images, 1))
    parts = [
        f'<p style="margin:.3em 0">{images}</p>' if images else "",
        f'<p dir="auto" style="{_PROMPT_STYLE}">{escaped(_cut(run.prompt, _LONGEST_PROMPT))}</p>',
        f"<p><b>{escaped(outcome(run))}</b></p>" if run.status != "succeeded" else "",
        f'<p style="{_FACTS_STYLE}">{escaped(facts(run))}</p>',
        f'<p style="{_FACTS_STYLE}">{escaped(lacking)}</p>' if (lacking := _lacking(run)) else "",
        f'<p dir="auto" style="{_PROMPT_STYLE}">{_("Note: {note}", note=escaped(_cut(run.note, _LONGEST_PROMPT)))}</p>'
        if run.note
        else "",
        _folded(_("What the service answered"), _cut(answer_text(run), _LONGEST_CODE)),
        _folded(_("Python that repeats this run"), code if len(code or "") <= _LONGEST_CODE else None),
    ]
    return static("".join(parts), ' style="line-height:1.5"')


def static(page: str, attributes: str = "") -> str:
    """HTML of ours that needs no kernel, in an element that says in which language its words are."""
    return f'<div class="r9s-static" lang="{language()}"{attributes}>{page}</div>'


def run_mimebundle(run: Run, *, code: str | None = None) -> dict[str, str]:
    """The run for any viewer: HTML, text, and one JPEG of all images for those that show neither widgets nor HTML.

    All of it together stays within ``BYTES_PER_IMAGE`` for each image (four at least) once it is in the notebook.
    """
    bundle = {"text/plain": run_text(run), "text/html": run_html(run, code=code, most=0)}
    if run.images:
        jpeg = _jpeg([image.thumbnail for image in run.images], _JPEG_BYTES_PER_IMAGE * len(run.images))
        if jpeg:
            bundle["image/jpeg"] = base64.b64encode(jpeg).decode("ascii")
        room = (BYTES_PER_IMAGE * max(4, len(run.images)) - len(json.dumps(bundle))) // len(run.images) - 64
        most = room if len(run.images) in _SHOWN_SIDE_OF_FEW else min(room, _ENOUGH_FOR_SMALL)
        bundle["text/html"] = run_html(run, code=code, most=max(1, most))
    return bundle


def run_text(run: Run) -> str:
    """The run in a few lines of plain text."""
    lines = [_clean(_cut(run.prompt, _LONGEST_PROMPT)), _clean(facts(run))]
    if run.status != "succeeded":
        lines.append(_clean(outcome(run)))
    lines += [_clean(_lacking(run)), *(f"  {_path_to_share(image)}" for image in run.images)]
    return "\n".join(line for line in lines if line)


def _path_to_share(image: StoredImage) -> str:
    """From the store's folder on: a notebook that is passed on shall not tell where its author keeps things."""
    return "/".join(image.path.parts[-3:])


def runs_mimebundle(runs: Sequence[Run], *, title: str, total: int | None = None) -> dict[str, str]:
    """Several runs as a list, the first image of each.

    Args:
        runs: Those to show; each adds up to ``BYTES_PER_IMAGE``.
        title: What they are.
        total: How many there are, where not all of them are shown.
    """
    more = (total or 0) - len(runs)
    rest = f"<p>{_('… and {count:,} more', count=more)}</p>" if more > 0 else ""
    page = static(f"<p><b>{escaped(title)}</b></p><table>{''.join(map(_row, runs))}</table>{rest}")
    bundle = {"text/html": page, "text/plain": "\n\n".join([_clean(title), *map(run_text, runs)])}
    firsts = [run.images[0].thumbnail for run in runs if run.images]
    jpeg = _jpeg(firsts, _JPEG_BYTES_PER_IMAGE * len(firsts)) if firsts else None
    if jpeg:
        bundle["image/jpeg"] = base64.b64encode(jpeg).decode("ascii")
    return bundle


def pictures_mimebundle(images: Sequence[StoredImage], *, most: int) -> dict[str, str]:
    """Pictures of several runs as one grid; of more than ``most``, the rest is counted."""
    shown = images[:most]
    title = ngettext("{count:,} picture", "{count:,} pictures", len(images))
    room = BYTES_PER_IMAGE - _JPEG_BYTES_PER_IMAGE * 4 // 3
    tags = " ".join(image_tag(image, marks_text(image) or _("A picture of the history"), most=room) for image in shown)
    rest = f"<p>{_('… and {count:,} more', count=len(images) - most)}</p>" if len(images) > most else ""
    lines = (f"  {_path_to_share(image)}  {marks_text(image)}".rstrip() for image in shown)
    page = static(f"<p><b>{title}</b></p><p>{tags}</p>{rest}")
    bundle = {"text/html": page, "text/plain": "\n".join([title, *lines])}
    if jpeg := _jpeg([image.thumbnail for image in shown], _JPEG_BYTES_PER_IMAGE * len(shown)):
        bundle["image/jpeg"] = base64.b64encode(jpeg).decode("ascii")
    return bundle


def sweep_html(rows: Iterable[tuple[Mapping[str, Any], str, Run | None]], names: Sequence[str], *, most: int) -> str:
    """A sweep as a table: the last of what varies from left to right, the others from top to bottom.

    Args:
        rows: For each call what it has of what varies, its state, and its run where it has one.
        names: What varies.
        most: How many pictures are shown; the rest is counted.
    """
    across, shown, left = names[-1:], 0, 0
    columns: dict[str, list[Any]] = {}
    lines: dict[str, tuple[list[Any], dict[str, list[str]]]] = {}
    for variables, state, run in rows:
        column = columns.setdefault(str([variables.get(name) for name in across]), [variables.get(n) for n in across])
        line = str([variables.get(name) for name in names[:-1]])
        _head, cells = lines.setdefault(line, ([variables.get(name) for name in names[:-1]], {}))
        images = run.images if run else ()
        room = images[: max(0, most - shown)]
        shown, left = shown + len(room), left + len(images) - len(room)
        tags = " ".join(image_tag(image, alt_text(run, 1), 120, _ENOUGH_IN_A_SWEEP) for image in room if run)
        cells.setdefault(str(column), []).append(tags or f"<small>{escaped(status_word(state))}</small>")
    top = "".join(f"<th>{escaped(_joined(column))}</th>" for column in columns.values())
    body = "".join(
        f'<tr><th align="left">{escaped(_joined(head))}</th>'
        + "".join(f"<td>{' '.join(cells.get(str(column), ()))}</td>" for column in columns.values())
        + "</tr>"
        for head, cells in lines.values()
    )
    more = ngettext("… and {count:,} more picture", "… and {count:,} more pictures", left)
    rest = f"<p>{more}</p>" if left else ""
    return static(f"<table><tr><td></td>{top}</tr>{body}</table>{rest}")


def _joined(values: Iterable[Any]) -> str:
    return ", ".join("-" if value is None else str(value) for value in values)


def marks_text(image: StoredImage) -> str:
    """What a person says of a picture and what draws it again, in a few words; ``""`` where there is nothing."""
    rating = _("rejected") if image.rating < 0 else "★" * image.rating
    seed = None if image.seed is None else _("seed {seed}", seed=image.seed)
    return " · ".join(filter(None, (rating, _("favourite") if image.favourite else None, image.note, seed)))


def escaped(text: str) -> str:
    """Any text as inert HTML: no markup, no mathematics (viewers typeset ``$...$``), no half characters."""
    safe = html.escape(_clean(text)).replace("\\", "<span>\\</span>").replace("$", "<span>$</span>")
    return safe.replace("\n", "<br>")


def image_tag(image: StoredImage, alt: str, side: int = _SHOWN_SIDE, most: int | None = None) -> str:
    """An image's thumbnail, fitted into a square of ``side`` CSS pixels; its data takes at most ``most`` characters."""
    scale = min(1.0, side / max(image.width, image.height, 1))
    shown = f'width="{max(1, round(image.width * scale))}" height="{max(1, round(image.height * scale))}"'
    return f'<img src="{html.escape(_data_uri(image, most))}" alt="{_attribute(alt)}" {shown} style="{_IMAGE_STYLE}">'


def alt_text(run: Run, number: int) -> str:
    """What an image shows, for those who do not see it: its prompt."""
    words = _cut(run.prompt, _LONGEST_ALT)
    if len(run.images) <= 1:
        return words
    return _("Image {number} of {count}: {prompt}", number=number, count=len(run.images), prompt=words)


def facts(run: Run) -> str:
    """Models, parameters, time: what one wants to know of a result, in one line."""
    asked, served = run.requested_model, run.served_model
    facts = [_("edit with a mask") if run.mask or run.mask_png else _("edit")] if run.kind == "edit" else []
    if served and asked and not same_model(asked, served):
        facts.append(_("{served} (asked for {asked})", served=served, asked=asked))
    else:
        facts.append(served or asked or "")
    named = ((f"{name} " if name != "size" else "", str(value)) for name, value in _worth_showing(run))
    facts += [f"{name}{_cut(value, _LONGEST_VALUE)}" for name, value in named]
    if run.elapsed is not None:
        facts.append(f"{number(run.elapsed, '.1f')} s")
    if run.cost:  # what costs nothing, or what is not known, needs no word here
        facts.append(_("${amount:.4g}", amount=run.cost))
    facts.append(run.created.astimezone().strftime("%Y-%m-%d %H:%M"))
    return " · ".join(fact for fact in facts if fact)


def answer_text(run: Run) -> str:
    """What the service answered where that was not images alone, to read and to copy; ``""`` where it was."""
    answer = run.answer or {}
    named = [(_("HTTP status"), answer["status"])] if "status" in answer else []
    named += [*answer.get("headers", {}).items(), *answer.get("ids", {}).items()]
    named += [(_("Link"), link) for link in dict.fromkeys([*answer.get("images", ()), *answer.get("links", ())])]
    head = "\n".join(f"{name}: {value}" for name, value in named)
    parts = (head, "\n".join(answer.get("notices", ())), answer.get("body"))
    return _clean("\n\n".join(part for part in parts if part))


def outcome(run: Run) -> str:
    """How a run ended that did not succeed, and why."""
    word = translated(_OUTCOMES.get(run.status, Message(run.status.capitalize())))
    reason = _cut(run.error or "", _LONGEST_PROMPT)
    return f"{word}: {reason}" if reason and not reason.startswith(word) else reason or word


def status_word(status: str) -> str:
    """A run's or a call's state in the midst of a line."""
    return translated(_STATES.get(status, status))


def _row(run: Run) -> str:
    picture = ""
    if run.images:
        room = BYTES_PER_IMAGE - _JPEG_BYTES_PER_IMAGE * 4 // 3
        picture = image_tag(run.images[0], alt_text(run, 1), side=120, most=room)
    ending = f"<br><b>{escaped(outcome(run))}</b>" if run.status != "succeeded" else ""
    words = f"{escaped(_cut(run.prompt, _LONGEST_VALUE))}{ending}<br><small>{escaped(facts(run))}</small>"
    cell = '<td align="left" dir="auto" style="text-align:start">'
    return f'<tr><td style="min-width:124px">{picture}</td>{cell}{words}</td></tr>'


def _worth_showing(run: Run) -> list[tuple[str, Any]]:
    """Parameters that nothing else on the page says; not too many, since a page has room for a line of them."""
    said = {"prompt", "model"} | ({"n"} if run.params.get("n") == len(run.images) else set())
    return [(name, value) for name, value in run.params.items() if value is not None and name not in said][:16]


def _lacking(run: Run) -> str:
    """Which pictures did not come and why, and of which the original is gone since."""
    gone = [str(number) for number, image in enumerate(run.images, 1) if image.missing]
    said = [
        _cut(_("An image did not come: {why}", why=why), _LONGEST_PROMPT)
        for why in (run.answer or {}).get("missing", ())
    ]
    if gone and len(run.images) == 1:
        said.append(_("The original is missing: its file was deleted or moved."))
    elif gone:
        which = ", ".join(gone)
        said.append(
            _("The originals of image {numbers} are missing: their files were deleted or moved.", numbers=which)
        )
    return "\n".join(said)


def _folded(title: str, text: str | None) -> str:
    if not text:
        return ""
    # JupyterLab and Notebook leave it alone: a letter typed there would be a command for the cell.
    summary = f'<summary data-lm-suppress-shortcuts="true">{escaped(title)}</summary>'
    return f'<details>{summary}<pre style="overflow-x:auto"><code>{html.escape(_clean(text))}</code></pre></details>'


def _data_uri(image: StoredImage, most: int | None) -> str:
    if most == 0:
        return ""
    kind, data = image.thumbnail_type, image.thumbnail
    if most is not None and len(data) > (room := max(256, most * 3 // 4 - 32)):
        smaller = thumbnail(data, max_bytes=room)
        kind, data = smaller.media_type, smaller.data
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}" if data else ""


def _attribute(text: str) -> str:
    return html.escape(_clean(text)).replace("\n", " ")


def _cut(text: str, most: int) -> str:
    """At most so much of a text. A direction that it sets ends with it, so that our own words are not turned round."""
    if len(text) <= most:
        return text
    return f"\u2068{text[:most]}…\u2069 {_('({count:,} characters)', count=len(text))}"


def _clean(text: str) -> str:
    """Text that any file can hold: no NUL or other control characters, no half of a character."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(char for char in whole if char in "\n\t" or ord(char) >= 32)


def _jpeg(pictures: Sequence[bytes], max_bytes: int) -> bytes | None:
    """A JPEG with all pictures in a grid on white, at most ``max_bytes`` long; None where none of them can be read."""
    images = [image for image in map(_opened, pictures) if image is not None]
    if not images:
        return None
    columns = min(4, math.ceil(math.sqrt(len(images))))
    sheet = _arranged(images, columns, min(_JPEG_WIDTH // columns, 320))
    while True:
        for quality in _JPEG_QUALITIES:
            data = encoded(sheet, "JPEG", quality=quality, optimize=True)
            if len(data) <= max_bytes or max(sheet.size) < 32:
                return data
        sheet = sheet.resize((max(1, sheet.width * 3 // 4), max(1, sheet.height * 3 // 4)), Image.Resampling.LANCZOS)


def _opened(data: bytes) -> Image.Image | None:
    try:
        return open_image(data)
    except ImageError:
        return None


def _arranged(images: Sequence[Image.Image], columns: int, side: int) -> Image.Image:
    rows = math.ceil(len(images) / columns)
    sheet = Image.new("RGB", (columns * (side + _JPEG_GAP) - _JPEG_GAP, rows * (side + _JPEG_GAP) - _JPEG_GAP), "white")
    for index, image in enumerate(images):
        small = image.copy()
        small.thumbnail((side, side))
        left = index % columns * (side + _JPEG_GAP) + (side - small.width) // 2
        top = index // columns * (side + _JPEG_GAP) + (side - small.height) // 2
        sheet.paste(small, (left, top), small if small.mode == "RGBA" else None)
    return sheet
