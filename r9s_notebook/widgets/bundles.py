"""What the lab's widgets run in the page."""

from __future__ import annotations

from r9s_notebook.page.bundles import Bundle
from r9s_notebook.painter.commands import commands_js

_PICTURES = (
    *("actions", "picture_keys", "menu", "stars", "book", "hands", "lens", "difference", "tree", "differences"),
    *("sheet", "viewer", "tile", "grid", "found", "search", "history", "vote", "sweep", "index"),
)

PICTURES = Bundle(
    "pictures",
    (
        *("page/own_keys", "page/dom", "page/key_names", "page/key_tables", "page/keys_help"),
        *("page/wire", "page/words", "page/elapsed", "page/visitor"),
        *(f"widgets/pictures/view/{name}" for name in _PICTURES),
    ),
    ("page/lab", *(f"widgets/pictures/view/{name}" for name in ("pictures", "sheet", "history", "sweep"))),
)
KEYS = Bundle(
    "keys",
    (
        *("page/own_keys", "page/dom", "page/key_names", "page/key_tables", "page/keys_help"),
        *("page/attention", "page/typing", "page/elapsed", "page/visitor"),
        *(commands_js, "painter/ink/moves", "widgets/pictures/view/actions", "widgets/pictures/view/picture_keys"),
        *("widgets/recall", "widgets/counter", "widgets/places", "widgets/keys"),
    ),
    ("page/lab", "widgets/studio"),
)
