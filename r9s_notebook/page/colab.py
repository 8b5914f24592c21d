"""Google Colab, which shows widgets that are not its own where its manager for them is asked for.

anywidget asks for it as soon as the first of its widgets is made. Colab then says so beside what ``display`` publishes;
beside what is a cell's last line, the widget has to.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

_VIEW = "application/vnd.jupyter.widget-view+json"


def for_colab(bundle: Mapping[str, Any]) -> Any:
    """A widget's MIME bundle, in Colab with the metadata that name the manager."""
    widgets = getattr(sys.modules.get("google.colab.output"), "_widgets", None)
    url = getattr(widgets, "_installed_url", None)
    return bundle if url is None else (bundle, {_VIEW: {"colab": {"custom_widget_manager": {"url": url}}}})
