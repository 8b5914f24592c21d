"""Presets: words around a prompt, and parameters, by a name; all of a store in one small file that can be handed on.

``presets.json`` in the store's folder has the API's parameters by name, and ``{prompt}`` where the prompt goes:
``{"ink": {"prompt": "{prompt}, ink drawing", "negative_prompt": "photo", "size": "1024x1536"}}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from r9s_notebook.errors import InputError
from r9s_notebook.history.files import write_durably
from r9s_notebook.history.location import home_of_app
from r9s_notebook.suggestions import suggestion
from r9s_notebook.translation import Message, joined

PROMPT: Final = "{prompt}"
_FILE = "presets.json"
_NOT_KEPT = ("prompt", "model", "n", "seed", "stream")

Preset = Mapping[str, Any]
"""Parameters by name; ``prompt`` is the words around the prompt."""


def presets_of(home: Path) -> dict[str, Preset]:
    """The presets of a store, by name; a visitor of an app has those of its notebook, too.

    Raises:
        InputError: Its file is no JSON object of objects, or cannot be read.
    """
    app = home_of_app(home)
    return {**(_read(app / _FILE) if app else {}), **_read(home / _FILE)}


def _read(path: Path) -> dict[str, Preset]:
    try:
        found = json.loads(path.read_text("utf-8"))
        return {str(name): {**preset, "prompt": str(preset.get("prompt") or PROMPT)} for name, preset in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        form = '{"ink": {"prompt": "{prompt}, ink drawing"}}'
        raise InputError(
            Message("{path} cannot be read as presets, JSON like {form}: {why}.", path=path, form=form, why=error)
        ) from None


def preset_named(name: str, home: Path) -> Preset:
    """A preset of a store.

    Raises:
        InputError: There is none of that name, or they cannot be read.
    """
    known = presets_of(home)
    if name not in known:
        none = Message("There is no preset {name} in {path}.", name=repr(name), path=home / _FILE)
        raise InputError(joined(none, suggestion(name, known)))
    return known[name]


def save_preset(name: str, words: str, params: Mapping[str, Any], home: Path) -> None:
    """Adds a preset to a store, or puts it in the place of one that is called so.

    Raises:
        InputError: It has no name, or the file cannot be read or written.
    """
    if not name.strip():
        raise InputError(Message("A preset needs a name: write one beside the button."))
    kept = {key: value for key, value in params.items() if key not in _NOT_KEPT}
    every = {**_read(home / _FILE), name.strip(): {"prompt": words or PROMPT, **kept}}
    path = home / _FILE
    try:
        write_durably(home, [(path, json.dumps(every, indent=2, ensure_ascii=False, default=str).encode())])
    except OSError as error:
        raise InputError(Message("{path} cannot be written: {why}.", path=path, why=error)) from None


def around(words: str, prompt: str) -> str:
    """The prompt within a preset's words; words that do not say where it goes come after it."""
    if not words or not prompt.strip():
        return prompt
    return (words if PROMPT in words else f"{PROMPT}, {words}").replace(PROMPT, prompt)
