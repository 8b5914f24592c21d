"""A run as ordinary output, through the sanitizers and renderers of those who show notebooks."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import bleach
import nbformat
import numpy as np
import pytest
from bleach.css_sanitizer import CSSSanitizer
from hypothesis import given
from hypothesis import strategies as st
from nbconvert import HTMLExporter
from PIL import Image

from r9s_notebook.archive.rendering import escaped, run_html, run_mimebundle, run_text, runs_mimebundle
from r9s_notebook.history import Run, StoredImage
from r9s_notebook.imaging import thumbnail

HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script> \" ' & $x^2$ \\(y\\) /etc/passwd \0 \ud800 🐱 שלום\nnext"
)
# What GitHub's own sanitizer keeps, as far as it is known: images with their size and text, no styles, no classes.
GITHUB_TAGS = {"img", "p", "b", "br", "div", "span", "small", "details", "summary", "pre", "code", "table", "tr", "td"}
GITHUB_ATTRIBUTES = {"img": ["src", "alt", "width", "height"], "p": ["dir"], "td": ["align", "dir"]}


def noise(seed: int) -> bytes:
    """The picture that compresses worst."""
    pixels = np.random.default_rng(seed).integers(0, 256, (512, 512, 3), dtype=np.uint8)
    return thumbnail(Image.fromarray(pixels), max_bytes=22_000).data


def attributes_of(page: str) -> set[str]:
    """The names of all attributes of all elements, as a browser would find them."""

    class Attributes(HTMLParser):
        names: ClassVar[set[str]] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
            self.names.update(name for name, _ in attrs)

    parser = Attributes()
    parser.feed(page)
    return parser.names


def a_run(n: int = 1, **changes: object) -> Run:
    images = tuple(
        StoredImage(
            sha256=f"{number:064x}",
            path=Path(f"/nowhere/{number}.png"),
            media_type="image/png",
            width=1024,
            height=1024,
            n_bytes=1,
            thumbnail=noise(number),
        )
        for number in range(n)
    )
    values = {
        "id": "01900000-0000-7000-8000-000000000000",
        "created": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        "prompt": "A lighthouse at dusk",
        "params": {"prompt": "A lighthouse at dusk", "n": n, "size": "1024x1024"},
        "requested_model": "gpt-image-1",
        "status": "succeeded",
        "images": images,
    }
    return Run(**{**values, **changes})


def test_a_run_shows_its_images_with_alt_text_its_prompt_and_its_parameters() -> None:
    page = run_html(a_run(2))
    assert page.startswith('<div class="r9s-static"')
    assert page.count('src="data:image/webp;base64,') == 2
    assert 'alt="Image 2 of 2: A lighthouse at dusk"' in page
    for fact in ("A lighthouse at dusk", "gpt-image-1", "1024x1024"):
        assert fact in page


def test_another_model_than_the_one_asked_for_is_named() -> None:
    assert "sketch-1 (asked for gpt-image-1)" in run_html(a_run(served_model="sketch-1"))


def test_a_failed_run_shows_its_reason() -> None:
    page = run_html(a_run(0, status="failed", error="The prompt was refused."))
    assert "Failed: The prompt was refused." in page
    assert "<img" not in page


def test_pictures_that_did_not_come_are_told_with_their_reasons() -> None:
    run = a_run(1, answer={"missing": ["Blocked by <b>the filter</b>."]})
    assert "An image did not come: Blocked by &lt;b&gt;the filter&lt;/b&gt;." in run_html(run)
    assert "An image did not come: Blocked by" in run_text(run)


def test_missing_originals_are_said() -> None:
    assert "The originals of image 1, 2 are missing" in run_html(a_run(2))


@pytest.mark.parametrize(("n", "limit"), [(1, 100_000), (4, 100_000), (16, 400_000)])
def test_what_a_run_adds_to_the_notebook_stays_within_its_limit(n: int, limit: int) -> None:
    prompt = '"\\$' * 30_000
    bundle = run_mimebundle(a_run(n, prompt=prompt, error=prompt, note=prompt, params={"user": prompt}), code=prompt)
    output = nbformat.v4.new_output("display_data", bundle)
    assert len(json.dumps(output)) <= limit


def test_the_fallback_is_one_jpeg_of_all_images() -> None:
    sheet = Image.open(io.BytesIO(base64.b64decode(run_mimebundle(a_run(4))["image/jpeg"])))
    assert sheet.format == "JPEG"
    assert sheet.width > 100
    assert sheet.width == sheet.height


def test_a_run_without_images_has_no_image_fallback() -> None:
    assert set(run_mimebundle(a_run(0))) == {"text/plain", "text/html"}


def test_hostile_text_stays_text() -> None:
    page = run_html(a_run(1, prompt=HOSTILE, error=HOSTILE, note=HOSTILE, params={"user": HOSTILE}), code=HOSTILE)
    assert "onerror" not in attributes_of(page)
    assert page.count("<img") == 1
    assert "<script" not in page
    json.dumps(page, ensure_ascii=False).encode()
    assert "\0" not in page


@given(st.text())
def test_any_text_is_read_back_from_the_page_as_it_was(text: str) -> None:
    read: list[str] = []
    parser = HTMLParser()
    parser.handle_data = read.append  # type: ignore[method-assign]
    parser.handle_starttag = lambda tag, _: read.append("\n") if tag == "br" else None  # type: ignore[method-assign]
    parser.feed(escaped(text))
    parser.close()
    shown = text.encode("utf-8", "replace").decode()
    assert "".join(read) == "".join(char for char in shown if char in "\n\t" or ord(char) >= 32)


def test_mathematics_in_a_prompt_is_not_typeset() -> None:
    page = run_html(a_run(0, prompt="costs $5 or $6, \\(x\\)"))
    assert re.search(r"\$[^<]", page) is None
    assert "\\(" not in page


def test_a_run_survives_a_sanitizer_like_githubs() -> None:
    page = run_html(a_run(2, prompt=HOSTILE))
    clean = bleach.clean(
        page, tags=GITHUB_TAGS, attributes=GITHUB_ATTRIBUTES, protocols={"data", "https"}, css_sanitizer=CSSSanitizer()
    )
    assert clean.count("<img") == 2
    assert clean.count('width="300"') == 2
    assert "style=" not in clean
    # Nothing had to be escaped: whatever we wrote, the sanitizer knows.
    assert (
        bleach.clean(page, tags=GITHUB_TAGS, attributes=GITHUB_ATTRIBUTES, protocols={"data", "https"}, strip=True)
        == clean
    )


def test_a_notebook_with_a_run_converts_to_html() -> None:
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell("run")]
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", run_mimebundle(a_run(2, prompt=HOSTILE)))]
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert page.count('src="data:image/webp;base64,') == 2
    assert "<script>alert" not in page
    assert "onerror" not in attributes_of(page)


def test_text_names_the_files_but_not_where_their_author_keeps_things() -> None:
    image = replace(a_run(1).images[0], path=Path("/home/ada/secret project/.r9s/images/0.png"))
    text = run_text(a_run(images=(image,)))
    assert ".r9s/images/0.png" in text
    assert "ada" not in text


def test_a_number_of_images_that_did_not_come_is_shown() -> None:
    assert "n 4" in run_html(a_run(2, params={"n": 4}))
    assert "n 2" not in run_html(a_run(2))


def test_a_list_of_runs_shows_some_and_counts_the_rest() -> None:
    bundle = runs_mimebundle([a_run(1)] * 12, title="20 runs", total=20)
    assert bundle["text/html"].count("<img") == 12
    assert "8 more" in bundle["text/html"]
    assert len(json.dumps(bundle)) <= 400_000
