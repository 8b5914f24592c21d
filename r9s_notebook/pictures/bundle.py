"""What the widgets that show pictures run in the page."""

from __future__ import annotations

from r9s_notebook.page.bundles import KEY_PARTS, Bundle

_VIEW = (
    *("actions", "picture_keys", "menu", "stars", "book", "hands", "lens", "difference", "tree", "differences"),
    *("naming", "panes", "sheet", "viewer", "tile", "grid", "found", "search", "history", "vote", "sweep", "index"),
)

PICTURES = Bundle(
    "pictures",
    (
        *KEY_PARTS,
        *("page/whole", "page/wire", "page/words", "page/elapsed", "page/visitor"),
        *(f"pictures/view/{name}" for name in _VIEW),
    ),
    ("page/lab", *(f"pictures/view/{name}" for name in ("pictures", "sheet", "history", "sweep"))),
)
