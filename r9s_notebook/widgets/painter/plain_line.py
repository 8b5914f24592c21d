"""The line under the painter in pages that could not load its module: it says what is different there, and why.

The painter's own style comes with the module. So this line brings what is needed without it: the box that reports the
failed widget goes, and so do the buttons that only the module can serve.
"""

from __future__ import annotations

import base64
from html import escape

import ipywidgets

from r9s_notebook.widgets.painter.commands import COMMANDS

_NOTICE = (
    "The painter's script did not load in this page. Painting goes through the kernel, which is slower, and there is "
    "no zoom. Reload the page; if that does not help, install anywidget where JupyterLab runs."
)
_FAILED = ".jupyter-widgets-error-widget"

ONLY_WITH_MODULE = tuple(name for name, command in COMMANDS.items() if command.group in ("zoom", "size"))
"""Commands that the kernel cannot do: where a picture lies on a screen is the page's own business."""

_HIDDEN = ", ".join(f".r9s-cmd-{name}" for name in (*ONLY_WITH_MODULE, "more"))  # what "More" opens is open there
_STYLE = f"""<style>
.r9s-painter {_FAILED}, .r9s-plain-notice, .r9s-painter:has({_FAILED}) :is({_HIDDEN}) {{ display: none; }}
.r9s-painter:has({_FAILED}) .r9s-plain-notice {{ display: block; }}
.r9s-plain p {{ margin: 0; line-height: 1.4; white-space: normal; }}
.r9s-plain a {{ color: var(--jp-content-link-color, #1976d2); text-decoration: underline; }}
</style>"""


class PlainLine:
    """A notice, and the last sentence that was said.

    Attributes:
        widget: The line.
    """

    def __init__(self) -> None:
        self.widget = ipywidgets.HTML().add_class("r9s-plain")
        self.say("")

    def say(self, sentence: str) -> None:
        """Shows a sentence in place of the last one."""
        self._show(escape(sentence))

    def offer(self, name: str, png: bytes) -> None:
        """Shows a link that downloads a PNG, without any script."""
        data = base64.b64encode(png).decode("ascii")
        self._show(f'<a download="{escape(name)}" href="data:image/png;base64,{data}">Download {escape(name)}</a>')

    def _show(self, html: str) -> None:
        self.widget.value = f'{_STYLE}<p class="r9s-plain-notice">{_NOTICE}</p><p role="status">{html}</p>'
