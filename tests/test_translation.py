"""The lab in other languages than English: the catalogs, which language is chosen, what is shown and what is raised."""

from __future__ import annotations

import pickle
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import jupyter_core.paths  # noqa: F401 - as every kernel does
import pytest

from r9s_notebook import translation
from r9s_notebook.errors import InputError
from r9s_notebook.painter.commands import COMMANDS
from r9s_notebook.painter.ink_widget import INK
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.pictures.bundle import PICTURES
from r9s_notebook.session.messages import dollars, sentence, starts
from r9s_notebook.translation import Message, joined, language, number, translated
from r9s_notebook.widgets.key_bindings import KEYS
from tests.translation import PACKAGE, TEMPLATE, compiled, forms, languages, missing, of_page, read, template, texts

RENEW = "run: python -m tests.translation"
CATALOGS = pytest.mark.parametrize("path", languages(), ids=lambda path: path.parts[-3])


@pytest.fixture
def speak(monkeypatch) -> Iterator[Callable[[str], None]]:
    """Lets this process speak a language."""

    def ask(name: str) -> None:
        monkeypatch.setenv("R9S_LANGUAGE", name)
        translation.ask_for_language()

    yield ask
    monkeypatch.undo()
    translation.ask_for_language()


def ids(catalog) -> set:
    return {(one.context, one.id) for one in catalog if one.id}


def fields(text: str) -> set:
    return {(name, spec, how) for _text, name, spec, how in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", [TEMPLATE, *languages()], ids=lambda path: path.parts[-3])
def test_a_catalog_has_the_words_of_the_code_and_no_others(path):
    with path.open("rb") as file:
        known = ids(read(path) if path.suffix == ".po" else translation_template(file))
    assert known == ids(template()), RENEW


def translation_template(file):
    from babel.messages.pofile import read_po

    return read_po(file)


@CATALOGS
def test_every_text_is_translated(path):
    assert not missing(read(path))


@CATALOGS
def test_a_translation_fills_in_what_the_text_fills_in(path):
    wrong = [
        (one.id, text)
        for one in read(path)
        if one.id
        for text in forms(one.string)
        if fields(text) not in map(fields, forms(one.id))
    ]
    assert not wrong


@CATALOGS
def test_what_is_read_is_what_is_written(path):
    assert texts(path.with_suffix(".mo").read_bytes()) == texts(compiled(read(path))), RENEW


@pytest.mark.parametrize("bundle", [INK, KEYS, PICTURES], ids=lambda bundle: bundle.name)
def test_a_page_is_given_the_words_that_it_says(bundle, speak):
    speak("de")
    files = [part for part in bundle.scripts if isinstance(part, str)]
    said = [one for part in files for one in of_page((PACKAGE / f"{part}.js").read_bytes())]
    assert said
    for text, context in said:
        first = forms(text)[0]
        named = f"{context}\\u0004{first}" if context else first
        assert f'"{named.replace(chr(34), chr(92) + chr(34))}": ' in bundle.module


def test_english_sends_a_page_no_words(speak):
    speak("en")
    assert all('language: "en"' in bundle.module and "texts: {}" in bundle.module for bundle in (INK, KEYS, PICTURES))


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de", "de"),
        ("de_AT", "de"),
        ("de-DE", "de"),
        ("de_DE.UTF-8", "de"),
        ("xx", "en"),
        ("../de", "en"),
        ("en", "en"),
    ],
)
def test_the_environment_names_the_language(asked, spoken, speak):
    speak(asked)
    assert language() == spoken


WRITTEN_BY_JUPYTERLAB = """{
    // Localization
    // @jupyterlab/translation-extension:plugin
    // "locale": "fr_FR",
    // ****************************************
    "locale": "de_DE"
}"""


@pytest.mark.parametrize("text", [WRITTEN_BY_JUPYTERLAB, '{"locale": "de_DE"}', "{'locale': 'de'}"])
def test_else_it_is_the_one_that_was_chosen_in_jupyterlab(text, speak, monkeypatch, tmp_path):
    keep(tmp_path, text)
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path))
    speak("")
    assert language() == "de"
    speak("en")
    assert language() == "en"


def test_where_jupyterlab_keeps_its_settings_nothing_need_be_said(speak, monkeypatch, tmp_path):
    keep(tmp_path / "lab" / "user-settings", '{"locale": "de_DE"}')
    monkeypatch.delenv("JUPYTERLAB_SETTINGS_DIR", raising=False)
    monkeypatch.setitem(sys.modules, "jupyter_core.paths", SimpleNamespace(jupyter_config_dir=lambda: str(tmp_path)))
    speak("")
    assert language() == "de"


@pytest.mark.parametrize(("packs", "spoken"), [(["de_DE"], "de"), ([], "en")])
def test_where_nobody_has_chosen_it_is_the_systems_if_jupyterlab_speaks_it(packs, spoken, speak, monkeypatch, tmp_path):
    keep(tmp_path, '{"locale": "default"}')
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path))
    monkeypatch.setattr("locale.getlocale", lambda: ("de_DE", "UTF-8"))
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: SimpleNamespace(names=packs))
    speak("")
    assert language() == spoken


@pytest.mark.parametrize("text", ["", "{}", '{"locale": "default"}', "{", "\0"])
def test_a_setting_that_says_nothing_is_english(text, speak, monkeypatch, tmp_path):
    keep(tmp_path, text)
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path))
    speak("")
    assert language() == "en"


def keep(folder: Path, text: str) -> None:
    path = folder / "@jupyterlab" / "translation-extension" / "plugin.jupyterlab-settings"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


def test_an_error_is_english_to_whoever_programs_and_german_in_the_lab(speak):
    speak("de")
    error = InputError(Message("{model} does not take {names}.", model=Message("The model"), names="style"))
    assert str(error) == "The model does not take style."
    assert sentence(error) == "Das Modell nimmt style nicht an."
    assert sentence(pickle.loads(pickle.dumps(error))) == sentence(error)  # noqa: S301 - our own


def test_sentences_that_follow_one_another_stay_sentences(speak):
    speak("de")
    both = joined(Message("The answer is empty."), "", Message("It says: {words}.", words="{no}"))
    assert both == "The answer is empty. It says: {no}."
    assert translated(both) == "Die Antwort ist leer. Sie sagt: {no}."


def test_a_message_holds_no_object_but_its_text():
    message = Message("{path} cannot be read: {why}.", path=Path("a"), why=ValueError("no"))
    assert message.values == {"path": "a", "why": "no"}


def test_what_a_parameter_lacks_is_said_by_the_name_in_the_form(speak):
    speak("de")
    with pytest.raises(InputError) as refused:
        PARAMETERS["n"].check(99)
    assert str(refused.value) == "n must be from 1 to 10, not 99."
    assert sentence(refused.value) == "Bilder: muss von 1 bis 10 sein, nicht 99."
    with pytest.raises(InputError) as refused:
        PARAMETERS["seed"].check("x")
    assert sentence(refused.value) == "Seed: muss eine ganze Zahl sein, nicht 'x'."


def test_numbers_are_written_as_the_language_does(speak):
    assert (number(1234.5, ",.2f"), dollars(0.04), starts(12000)) == ("1,234.50", "$0.04", "Start 12,000 calls")
    speak("de")
    assert (number(1234.5, ",.2f"), dollars(0.04), starts(12000)) == ("1.234,50", "0,04 $", "12.000 Aufrufe starten")
    assert starts(1) == "1 Aufruf starten"


def test_a_tooltip_names_the_key_as_it_is_labelled(speak):
    assert COMMANDS["redo"].tooltip == "Redo (Ctrl+Shift+Z): do it again."
    speak("de")
    assert COMMANDS["redo"].tooltip == "Wiederherstellen (Strg+Umschalt+Z): Den Schritt noch einmal tun."
