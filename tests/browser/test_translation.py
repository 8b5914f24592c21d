"""Whoever has chosen German meets no English word of ours, wherever in the lab."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from r9s_notebook.parameters import PARAMETERS
from tests.browser.desk import Desk
from tests.browser.studio import RUN_MS, Lab
from tests.translation import forms, languages, read

pytestmark = pytest.mark.browser

STUDIO = (
    "import os\nos.environ['R9S_LANGUAGE'] = 'de'\nfrom r9s_notebook import R9S, Studio, sweep\n"
    "Studio(R9S.offline(), prompt='ein Leuchtturm', n=2, size='256x256')"
)
SWEEP = "sweep('ein Leuchtturm {wo}', client=R9S.offline(), wo=['am Meer', 'im Wald'], size='256x256')"

# What is read, pointed at or heard in our parts, apart from code and from what a person or a model has written.
TEXTS = """() => {
  const ours = [...document.querySelectorAll(".r9s-lab, .r9s-sweep, body > .r9s-menu")];
  const said = new Set();
  for (const root of ours) {
    for (const element of [root, ...root.querySelectorAll("*:not(pre, code, style, kbd)")]) {
      for (const name of ["aria-label", "aria-roledescription", "title", "placeholder", "alt"]) {
        if (element.hasAttribute(name)) said.add(element.getAttribute(name).trim());
      }
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) said.add(node.textContent.trim());
    }
  }
  said.delete("");
  return [...said];
}"""


@cache
def german() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """English texts that German says otherwise: those without gaps, and the patterns of those with."""
    catalog = read(next(path for path in languages() if path.parts[-3] == "de"))
    theirs = {text for one in catalog if one.id for text in forms(one.id)}
    own = {text for one in catalog if one.id for text in forms(one.string)}
    english = theirs - own
    plain = frozenset(text.rstrip(".").lower() for text in english if "{" not in text)
    with_gaps = [text for text in english if len(re.findall(r"[a-z]{2,}", re.sub(r"{.*?}", "", text), re.I)) > 0]
    return plain - {text.rstrip(".").lower() for text in own}, [
        re.compile(re.sub(r"\\{.*?\\}", ".+", re.escape(text))) for text in with_gaps if "{" in text
    ]


def english(texts: list[str]) -> Iterator[str]:
    """Those that are English of ours, as a whole or in a part between signs."""
    plain, patterns = german()
    for text in texts:
        if text in PARAMETERS:
            continue  # what the API calls it
        parts = {text, *re.split(r"\s*[·():|\n]\s*", text)}
        if any(part.rstrip(".").lower() in plain or any(one.fullmatch(part) for one in patterns) for part in parts):
            yield text


def test_the_check_knows_english_when_it_meets_it():
    met = ["Generate", "Open (Enter)", "4 images · sketch-1", "Brush (B): drag to paint what should change."]
    assert list(english(met)) == met
    assert not list(english(["Erzeugen", "Öffnen (Eingabe)", "4 Bilder · sketch-1", "Seed 7", "auto", "1024x1024"]))


def test_no_english_word_is_left_in_a_german_lab(notebook: Desk, page: Page):
    notebook.open([STUDIO, SWEEP])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    root, met = lab.root, set()

    def meet() -> None:
        met.update(page.evaluate(TEXTS))

    expect(lab.generate).to_have_text("Erzeugen", timeout=RUN_MS)
    expect(root).to_have_attribute("lang", "de")
    meet()
    lab.generate.click()
    expect(lab.status).to_contain_text("2 Bilder in", timeout=RUN_MS)
    root.locator(".r9s-more-parameters .jupyter-widget-Collapse-header").click()
    expect(root.get_by_label("Wasserzeichen")).to_be_visible()
    tile = root.locator(".r9s-grid .r9s-tile").first
    tile.hover()
    tile.get_by_role("button", name="Mehr").click()
    expect(page.get_by_role("menuitem", name="Löschen")).to_be_visible()
    meet()
    page.keyboard.press("Escape")
    tile.locator(".r9s-tile-face").press("Enter")
    page.keyboard.press("i")
    expect(root.locator(".r9s-viewer .r9s-facts")).to_contain_text("Gemacht")
    meet()
    page.keyboard.press("c")
    page.keyboard.press("d")
    expect(root.locator(".r9s-viewer .r9s-told")).to_contain_text("der Pixel unterscheiden sich")
    meet()
    page.keyboard.press("Escape")
    root.get_by_role("button", name="Dieses Bild bearbeiten").click()
    expect(root.locator(".r9s-painter.r9s-inked")).to_have_attribute("lang", "de", timeout=RUN_MS)
    lab.generate.click()
    expect(lab.status).to_contain_text("Nichts ist bemalt")
    meet()
    root.get_by_role("button", name="Suchen und vergleichen").click()
    expect(root.locator(".r9s-found-count")).to_have_text("2 Bilder aus 1 Lauf")
    expect(root.locator(".r9s-history .r9s-facts")).to_contain_text("Verlangtes Modell")
    root.get_by_role("button", name="Tasten (?)").click()
    expect(page.get_by_role("dialog", name="Tasten")).to_contain_text("Strg+Umschalt+Z")
    meet()
    page.keyboard.press("Escape")
    swept = notebook.run(1).locator(".r9s-sweep")
    swept.get_by_role("button", name="2 Aufrufe starten").click()
    expect(swept).to_contain_text("2 von 2 fertig", timeout=RUN_MS)
    meet()

    assert len(met) > 300
    assert not sorted(english(sorted(met)))
