"""The browser's half of the painter: an anywidget whose module paints on ipycanvas's layer, kernel or no kernel."""

from __future__ import annotations

from traitlets import Bool, Float, Int, List, Unicode

from r9s_notebook.page.bundles import KEY_PARTS, Bundle, PageWidget
from r9s_notebook.painter.commands import commands_js
from r9s_notebook.painter.icons import icon_css
from r9s_notebook.painter.undo import UNDO_LIMIT

DEFAULT_COLOR = "#e5484d"
DEFAULT_OPACITY = 0.55

_FILES = (
    *("moves", "ops", "timeline", "snapshots", "surface", "document", "gestures", "stage", "status", "detail"),
    *("closeup", "commands", "crosshair", "keyboard", "pointer", "toolbar", "view", "index"),
)
INK = Bundle(
    "ink",
    (
        *KEY_PARTS,
        *("page/whole", commands_js),
        *(f"painter/ink/{name}" for name in _FILES),
    ),
    ("page/lab", "painter/ink/painter", icon_css),
)


class Ink(PageWidget):
    """What the browser needs to know to paint; its view is the painter's status line.

    Attributes:
        layer: The ipycanvas layer, as a reference to its model.
        image_id: Another number for each image, also for one of the same size.
        image_size: Width and height of the image, in pixels; strokes are in this unit.
        tool: The name of the tool that the pointer uses.
        size: The brush's diameter in image pixels.
        tolerance: How different colours may be for the bucket and the wand, 0 to 255.
        reach: How far grow, shrink and feather go, in image pixels.
    """

    _bundle = INK

    layer = Unicode().tag(sync=True)
    image_id = Int(0).tag(sync=True)
    image_size = List(Int(), default_value=[1, 1]).tag(sync=True)
    has_image = Bool(False).tag(sync=True)
    tool = Unicode("brush").tag(sync=True)
    size = Float(40.0).tag(sync=True)
    max_size = Float(512.0).tag(sync=True)
    color = Unicode(DEFAULT_COLOR).tag(sync=True)
    opacity = Float(DEFAULT_OPACITY).tag(sync=True)
    visible = Bool(True).tag(sync=True)
    more = Bool(False).tag(sync=True)
    tolerance = Int(32).tag(sync=True)
    reach = Int(8).tag(sync=True)
    undo_limit = Int(UNDO_LIMIT).tag(sync=True)
