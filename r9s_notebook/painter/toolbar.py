"""The painter's toolbar: ordinary widgets, so that it works in any front end.

Where the ink module runs, it takes the clicks on these buttons itself, so that a tool changes at once even while the
kernel is busy; otherwise the kernel gets them as any widget's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import ipywidgets

from r9s_notebook.painter.commands import COMMANDS, TOOLS
from r9s_notebook.painter.ink_widget import Ink
from r9s_notebook.painter.numbers import NumbersForm
from r9s_notebook.translation import gettext as _

_FIRST_ROW = ("step", "whole", "zoom", "look")


class Toolbar:
    """Buttons and fields.

    Attributes:
        rows: The toolbar itself and what "More" opens.
        upload: The file chooser for masks.
        numbers: Shapes by numbers.
        links: What keeps fields and ink in step, in the browser; nobody else holds them.
        buttons: A button for each command that has one, by its name.
    """

    def __init__(self, ink: Ink, run: Callable[[str], object]) -> None:
        self.buttons = {
            name: _button(name, run) for name, command in COMMANDS.items() if command.group != "key" and name != "load"
        }
        self.upload = ipywidgets.FileUpload(
            accept="image/*", multiple=False, description=_("Load mask"), tooltip=COMMANDS["load"].tooltip
        )
        self.upload.icon = ""
        self.upload.add_class("r9s-load").add_class("r9s-cmd-load")
        self.size = _size_slider(ink)
        self.numbers: NumbersForm = NumbersForm()

        tolerance = ipywidgets.IntSlider(
            value=ink.tolerance,
            min=0,
            max=255,
            description=_("Tolerance"),
            tooltip=_("How much colours may differ for bucket and wand, 0 to 255"),
        )
        reach = ipywidgets.BoundedIntText(
            value=ink.reach, min=1, max=1000, description=_("Reach"), tooltip=_("How far, in image pixels")
        )
        color = ipywidgets.ColorPicker(
            value=ink.color, concise=True, description=_("Colour"), tooltip=_("The mask's colour")
        )
        opacity = ipywidgets.FloatSlider(
            value=ink.opacity, min=0.1, max=1.0, step=0.05, description=_("Opacity"), readout_format=".0%"
        )
        # In the browser, without the kernel in between.
        linked = {"tolerance": tolerance, "reach": reach, "color": color, "opacity": opacity}
        for name, widget in linked.items():
            widget.add_class(f"r9s-{name}")
        self.links = [
            ipywidgets.jslink((widget, "value"), (ink, name)) for name, widget in {**linked, "size": self.size}.items()
        ]

        main = _row(
            _group(self.buttons[name] for name, tool in TOOLS.items() if tool.gesture == "brush"),
            _group(self.buttons[name] for name, tool in TOOLS.items() if tool.gesture != "brush"),
            _group([self.size]),
            *(_group(self.buttons[name] for name in self._named(group)) for group in _FIRST_ROW),
        ).add_class("r9s-tools")
        more = _row(
            _group([reach, *(self.buttons[name] for name in self._named("edge"))]),
            _group([tolerance]),
            _group([color, opacity]),
            _group([self.buttons["actual"]]),
            _group([self.upload, *(self.buttons[name] for name in self._named("file"))]),
            self.numbers.box,
        ).add_class("r9s-more")
        self.rows = ipywidgets.VBox([main, more]).add_class("r9s-toolbar")

    def fit_to(self, size: tuple[int, int]) -> None:
        """Sets the brush's limits for an image of ``size``."""
        self.size.max = max(1.0, math.log10(max(2, *size)))

    def _named(self, group: str) -> list[str]:
        return [name for name, command in COMMANDS.items() if command.group == group and name in self.buttons]


def _size_slider(ink: Ink) -> ipywidgets.FloatLogSlider:
    slider = ipywidgets.FloatLogSlider(
        value=ink.size, base=10, min=0, max=4, step=0.001, readout_format=".0f", description=_("Size")
    )
    slider.tooltip = _("Diameter of the brush in image pixels ([ and ])")
    slider.add_class("r9s-brush-size")
    return slider


def _button(name: str, run: Callable[[str], object]) -> ipywidgets.Button:
    command = COMMANDS[name]
    button = ipywidgets.Button(description=_(command.label), tooltip=command.tooltip).add_class(f"r9s-cmd-{name}")
    button.on_click(lambda _button: run(name))
    return button


def _group(widgets: Iterable[ipywidgets.Widget]) -> ipywidgets.HBox:
    return ipywidgets.HBox(list(widgets)).add_class("r9s-group")


def _row(*groups: ipywidgets.Widget) -> ipywidgets.HBox:
    return ipywidgets.HBox(list(groups), layout=ipywidgets.Layout(flex_flow="row wrap"))
