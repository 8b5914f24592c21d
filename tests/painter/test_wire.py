import pytest

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.operations import OPERATIONS, Box, Stroke, make
from r9s_notebook.painter.mask_painter import MaskPainter
from r9s_notebook.painter.wire import read_operation, write_operation

POINTS = [(1, 2), (30, 4), (5, 25.5)]
TAKES = {"stroke": (POINTS, 3.5), "polygon": (POINTS,)}
IN_PAGE = [name for name, operation in OPERATIONS.items() if operation.drawn_in_page]


def sample(name, **named):
    box = (1, 2, 30, 20.5) if issubclass(OPERATIONS[name], Box) else ()
    return make(name, *TAKES.get(name, box), **named)


@pytest.mark.parametrize("name", IN_PAGE)
def test_what_a_page_draws_comes_back_as_it_went(name):
    mask = Mask.blank(60, 40)
    for operation in [sample(name)] + ([] if name in ("fill", "clear", "invert") else [sample(name, erase=True)]):
        packet = write_operation(operation, mask, mask.size)
        assert read_operation(packet.content, packet.buffers) == operation


def test_pressure_goes_along():
    stroke = Stroke([(1, 2, 0.5), (30, 4, 1.0)], 3)
    packet = write_operation(stroke, Mask.blank(60, 40), (60, 40))
    assert packet.content["stride"] == 3
    assert read_operation(packet.content, packet.buffers) == stroke


@pytest.mark.parametrize("content", [{"type": "grow", "px": 3}, {"type": "pixels", "png": ""}, {"type": ["rect"]}, []])
def test_a_page_draws_nothing_that_it_cannot_show(content):
    with pytest.raises(MaskError):
        read_operation(content, [])


def test_a_stroke_of_a_page_is_checked_once(monkeypatch):
    checked = []
    check = Stroke.__post_init__
    monkeypatch.setattr(Stroke, "__post_init__", lambda stroke: checked.append(stroke) or check(stroke))
    painter = MaskPainter(Mask.blank(60, 40).to_image())
    packet = write_operation(Stroke(POINTS, 3.5), painter.mask, (60, 40))
    checked.clear()
    message = {"kind": "action", "action": "push", "client": "tab", "seq": 1, "op": packet.content}
    painter._ink._handle_custom_msg(message, list(packet.buffers))
    assert painter.mask == Mask.blank(60, 40).apply(checked[0])
    assert len(checked) == 1
