"""``%load_ext r9s_notebook``: a prompt as a cell, and nested asyncio for teaching."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import display

from r9s_notebook.client import R9S
from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.parameters import GENERATION
from r9s_notebook.session.lists import Lists, drawn, values_of
from r9s_notebook.session.open_session import open_session
from r9s_notebook.session.request import NAMED
from r9s_notebook.session.template import gaps, literal
from r9s_notebook.suggestions import did_you_mean
from r9s_notebook.translation import translated

_OPTIONS = {name: parameter for name, parameter in GENERATION.items() if name != "prompt"}
_SHORT = {"model": ["-m"], "size": ["-s"], "quality": ["-q"], "n": ["-n"]}


def _takes_parameters(function: Any) -> Any:
    """An option for every parameter of a generation."""
    for name, parameter in reversed(_OPTIONS.items()):
        flags = [f"--{name.replace('_', '-')}", *_SHORT.get(name, [])]
        function = argument(*flags, help=parameter.description.replace("%", "%%"))(function)
    return function


@magics_class
class ImageMagics(Magics):
    """``%%imagine`` and ``%nested_asyncio``."""

    @magic_arguments()
    @_takes_parameters
    @argument("--client", "-c", help="a variable that is the client: an R9S, for a replay too")
    @argument("--into", "-o", help="a variable that gets the run")
    @argument("words", nargs="*", help="the prompt, where it is not the cell's body")
    @line_cell_magic
    def imagine(self, line: str, cell: str | None = None) -> Any:
        """Draws the cell's text and shows the pictures; ``{name}`` in it is a variable of the notebook.

        Of ``{red|green}``, of ``__animals__`` and of a variable that is a list, one value is drawn, by ``--seed`` where
        it is given. The run is in the cell's history as a studio's would be. What is meant is doubled: ``{{name}}``.
        """
        options = _parsed(self.imagine, line)
        template = cell.strip() if cell is not None else " ".join(options.words)
        given = {
            name: _OPTIONS[name].from_text(_unquoted(text)) for name in _OPTIONS if (text := getattr(options, name))
        }
        values = {name: given.pop(name) for name in NAMED if name in given}
        known, lists = self._variables, Lists.here()
        alone = {name: [known[name]] for name in gaps(template) if name in known and lists(name) is None}
        lists = replace(lists, variables={**known, **alone})
        try:
            prompt, _ = drawn(template, values_of(template, {}, lists), given.get("seed"))  # which may be recorded
            client = None if options.client is None else self._client(options.client)
            session = open_session(client, values={"prompt": literal(prompt), **values, "extra": given}, resume=False)
        except R9SNotebookError as error:
            raise UsageError(translated(error.message)) from None
        with contextlib.closing(session):
            session.lists, session.prompt = lists, template
            try:
                job = session.generate()
                job.stops_with_waiter = True  # no button would stop it
                run = job.result()
            except R9SNotebookError:
                raise UsageError(session.status) from None
            if options.into:
                self._variables[options.into] = run
            display(run)
            if session.status_kind == "notice":  # what was not understood, or came otherwise than asked for
                print(session.status)  # noqa: T201

    def _client(self, name: str) -> R9S:
        client = self._variables.get(name)
        if isinstance(client, R9S):
            return client
        known = [other for other, value in self._variables.items() if isinstance(value, R9S)]
        what = "is no client" if name in self._variables else "is not defined"
        advice = did_you_mean(name, known) or f" Make one first: {name} = R9S.replay(...)."
        raise UsageError(f"--client: {name} {what}.{advice}")

    @property
    def _variables(self) -> dict[str, Any]:
        return {} if self.shell is None else self.shell.user_ns

    @line_magic
    def nested_asyncio(self, _line: str) -> None:
        """Lets ``asyncio.run(...)`` work in this notebook's cells, as it does in a script."""
        try:
            # Its successor, which newer kernels bring: the two patch the same things and do not know of each other.
            import nest_asyncio2 as nest_asyncio
        except ImportError:
            import nest_asyncio
        nest_asyncio.apply()


def _parsed(magic: Any, line: str) -> Any:
    """The options of a magic's line.

    Raises:
        UsageError: There is no such option; with the one that may have been meant.
    """
    known = [f"--{name.replace('_', '-')}" for name in (*_OPTIONS, "client", "into")]
    try:
        return parse_argstring(magic, line)
    except UsageError as error:
        misspelt = re.findall(r"--[\w-]+", str(error).partition("unrecognized arguments:")[2])
        advice = "".join(did_you_mean(name, known) for name in misspelt[:1])
        raise UsageError(f"{error}{advice and '.'}{advice}") from None


def _unquoted(text: str) -> str:
    """An option's value without the quotes that held its words together, which IPython leaves around it."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def load_ipython_extension(shell: Any) -> None:
    """Registers the magics."""
    shell.register_magics(ImageMagics)
