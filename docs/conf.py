"""The documentation's configuration. Sources lie over the whole repository: ``python -m tests.site`` builds them."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.inspect import signature, stringify_signature

from r9s_notebook import __version__

project = "r9s_notebook"
author = "The r9s_notebook developers"
project_copyright = "The r9s_notebook developers"
release = version = __version__

# Links between README, docs/ and notebooks/ are the same here as in the repository.
root_doc = "docs/index"
include_patterns = ["*.md", "docs/*.md", "notebooks/README.md", "notebooks/*.ipynb"]
exclude_patterns = [".*", "build", "dist"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# Links to headings are GitHub's, and one that leads nowhere is a warning: with -W, an error.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

# Lessons come with their results (tests.site). A widget shows nothing without a kernel: what stands beside it does, and
# no page needs a network.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_output_stderr = "remove"  # warnings of somebody else's libraries

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_use_ivar = True
python_maximum_signature_line_length = 120

html_theme = "furo"
html_title = f"r9s_notebook {__version__}"
html_extra_path = ["site"]
html_show_sphinx = False
html_copy_source = False


def of_constructor(*told: Any) -> tuple[str, str | None] | None:
    """The arguments of a class whose base is traitlets', which by itself takes any."""
    _app, what, _name, thing, _options, said, returns = told
    if what != "class" or not (said or "").startswith("(*args"):
        return None
    return stringify_signature(signature(thing.__init__, bound_method=True), unqualified_typehints=True), returns


def setup(app: Sphinx) -> None:
    """What Sphinx calls."""
    app.connect("autodoc-process-signature", of_constructor)
