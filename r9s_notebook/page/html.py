"""Small pieces of the lab that are HTML and no widgets of their own: a lab is quick to open when it has few."""

from __future__ import annotations

import html

from r9s_notebook.translation import gettext as _

_SHORT = 160


def act(name: str, label: str, argument: str = "", *, title: str = "", kind: str = "") -> str:
    """A button whose press the page reports; see ``KeyBindings.on_act``.

    Args:
        name: Of the action.
        label: What is written on it.
        argument: What the action is told.
        title: What it does, where the label is too short to say it.
        kind: Further classes.
    """
    spoken = f' title="{escaped(title)}" aria-label="{escaped(title)}"' if title else ""
    data = f'data-act="{escaped(name)}" data-argument="{escaped(argument)}"'
    return f'<button type="button" class="r9s-act {kind}" {data}{spoken}>{escaped(label)}</button>'


def copied(text: str) -> str:
    """Text with a button that copies it; the page's script does."""
    return f'<button type="button" class="r9s-copy">{_("Copy")}</button><pre tabindex="0">{escaped(text)}</pre>'


def escaped(text: str) -> str:
    """Any text as inert HTML."""
    return html.escape(text)


def shortened(text: str, most: int = _SHORT) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text[: 2 * most].split())
    return line if len(line) <= most and len(text) <= 2 * most else line[: most - 1] + "…"
