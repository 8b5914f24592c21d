"""The contact sheet of an export: one HTML page that needs nothing but the files beside it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from r9s_notebook.archive.rendering import alt_text, escaped, facts, image_tag, outcome
from r9s_notebook.history import Run, StoredImage
from r9s_notebook.translation import language, ngettext

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
main { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)) }
figure { margin: 0; break-inside: avoid }
figcaption { overflow-wrap: anywhere }
small { opacity: .75 }
"""
_LONGEST_PROMPT = 600


def contact_page(runs: Sequence[Run], files: Mapping[str, Mapping[str, str]]) -> str:
    """The page.

    Args:
        runs: In the order of the page.
        files: For each run's id, the path inside the export of each image's sha256.
    """
    figures = "\n".join(_figure(run, files.get(run.id, {})) for run in runs)
    title = ngettext("{count:,} run", "{count:,} runs", len(runs))
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1><main>\n{figures}\n</main></body></html>\n"
    )


def _figure(run: Run, files: Mapping[str, str]) -> str:
    images = " ".join(_image(run, image, number, files) for number, image in enumerate(run.images, 1))
    prompt = run.prompt if len(run.prompt) <= _LONGEST_PROMPT else run.prompt[:_LONGEST_PROMPT] + "…"
    reason = f"<br><b>{escaped(outcome(run))}</b>" if run.status != "succeeded" else ""
    note = f"<br>{escaped(run.note)}" if run.note else ""
    caption = f'<span dir="auto">{escaped(prompt)}</span>{reason}{note}<br><small>{escaped(facts(run))}</small>'
    return f'<figure id="{html.escape(run.id)}">{images}<figcaption>{caption}</figcaption></figure>'


def _image(run: Run, image: StoredImage, number: int, files: Mapping[str, str]) -> str:
    picture = image_tag(image, alt_text(run, number))
    name = files.get(image.sha256)
    return f'<a href="{html.escape(quote(name))}">{picture}</a>' if name else picture
