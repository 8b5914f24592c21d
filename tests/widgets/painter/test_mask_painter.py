import struct

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import ImageError, InputError, MaskError
from r9s_notebook.imaging import Mask
from r9s_notebook.widgets.mask_painter import MaskPainter
from r9s_notebook.widgets.painter.commands import COMMANDS, TOOLS
from r9s_notebook.widgets.painter.layers import LONGEST_SIDE, layer_size


@pytest.fixture
def picture():
    return Image.new("RGB", (60, 40), "teal")


@pytest.fixture
def painter(picture):
    return MaskPainter(picture)


@pytest.fixture
def heard(painter):
    masks = []
    painter.observe(lambda change: masks.append(change["new"]), "mask")
    return masks


class Tab:
    """A browser tab, as far as the kernel hears of it."""

    def __init__(self, painter, name="tab"):
        self.painter, self.name, self.seq = painter, name, 0

    def says(self, message, *buffers):
        self.seq += 1
        self.painter._ink._handle_custom_msg({**message, "client": self.name, "seq": self.seq}, list(buffers))

    def draws(self, op, *buffers, action="push"):
        self.says({"kind": "action", "action": action, "op": op}, *buffers)

    def strokes(self, *points, radius=3.0):
        flat = [value for point in points for value in point]
        op = {"type": "stroke", "stride": len(points[0]), "radius": radius, "erase": False}
        self.draws(op, struct.pack(f"<{len(flat)}f", *flat))


@pytest.fixture
def tab(painter):
    return Tab(painter)


def test_without_an_image_there_is_no_mask_and_nothing_breaks():
    painter = MaskPainter()
    for name in COMMANDS:
        if name != "alpha":
            painter.run(name)
    assert painter.image is None
    assert painter.mask is None


def test_a_new_image_starts_a_blank_mask_of_its_size(painter, heard):
    painter.fill()
    painter.image = Image.new("RGB", (10, 20))
    assert painter.mask == Mask.blank(10, 20)
    assert len(heard) == 2
    painter.undo()
    assert painter.mask == Mask.blank(10, 20)


def test_an_image_may_come_with_its_mask(painter, picture):
    mask = Mask.blank(60, 40).rect(0, 0, 5, 5)
    painter.show(picture, mask)
    assert painter.mask is mask


def test_an_image_may_be_a_path_bytes_or_an_array(picture, tmp_path):
    picture.save(tmp_path / "picture.png")
    for source in (tmp_path / "picture.png", (tmp_path / "picture.png").read_bytes(), np.asarray(picture)):
        assert MaskPainter(source).mask == Mask.blank(60, 40)


def test_what_is_no_image_is_refused(painter):
    with pytest.raises(ImageError):
        painter.image = b"no image"
    assert painter.mask == Mask.blank(60, 40)


def test_a_mask_of_another_size_is_refused_with_advice(painter, picture):
    with pytest.raises(MaskError, match=r"9x9 pixels, the image 60x40.*scaled"):
        painter.mask = Mask.blank(9, 9)
    with pytest.raises(MaskError, match="scaled"):
        MaskPainter(picture, mask=Mask.blank(9, 9))
    with pytest.raises(MaskError, match="Load an image first"):
        MaskPainter().mask = Mask.blank(9, 9)


def test_code_changes_the_mask_once_for_each_call_and_undo_takes_it_back(painter, heard):
    painter.fill()
    painter.mask = Mask.blank(60, 40).rect(0, 0, 9, 9)
    painter.grow(2)
    painter.invert()
    assert len(heard) == 4
    for _ in range(4):
        painter.undo()
    assert painter.mask.is_empty
    painter.redo()
    assert painter.mask.is_full


def test_a_stroke_from_the_browser_is_the_same_mask_as_by_code(heard, tab):
    tab.says({"kind": "hello"})
    tab.strokes((5, 5), (30, 20))
    assert heard == [Mask.blank(60, 40).stroke([(5, 5), (30, 20)], 3)]


def test_pen_pressure_is_kept(painter, tab):
    tab.strokes((5, 5, 0.5), (30, 20, 1.0))
    assert painter.mask == Mask.blank(60, 40).stroke([(5, 5, 0.5), (30, 20, 1.0)], 3)


def test_a_moved_shape_is_one_step(painter, tab):
    tab.draws({"type": "rect", "box": [0, 0, 5, 5], "erase": False})
    tab.draws({"type": "rect", "box": [9, 0, 14, 5], "erase": False}, action="amend")
    assert painter.mask == Mask.blank(60, 40).rect(9, 0, 14, 5)
    tab.says({"kind": "action", "action": "undo"})
    assert painter.mask == Mask.blank(60, 40)


@pytest.mark.parametrize(
    ("op", "buffers"),
    [
        (None, []),
        ({"type": "spray"}, []),
        ({"type": "stroke", "radius": 3}, []),
        ({"type": "stroke", "stride": 2, "radius": 3}, [b"1234567"]),
        ({"type": "stroke", "stride": 7, "radius": 3}, [b""]),
        ({"type": "stroke", "stride": 2, "radius": float("nan")}, [struct.pack("<2f", 1, 1)]),
        ({"type": "stroke", "stride": 2, "radius": 3}, [struct.pack("<2f", float("nan"), float("inf"))]),
        ({"type": "rect", "box": [0, 0, 1]}, []),
        ({"type": "rect", "box": [0, 0, 1, None]}, []),
        ({"type": "polygon"}, [struct.pack("<4f", 0, 0, 1, 1)]),
    ],
)
def test_what_no_hand_can_draw_changes_nothing(painter, heard, tab, op, buffers):
    tab.draws(op, *buffers)
    assert heard == []
    assert painter.mask == Mask.blank(60, 40)


def test_a_stroke_outside_the_image_is_kept_and_paints_nothing(painter, tab):
    tab.strokes((500, 500), (9e30, 1))
    assert painter.mask.is_empty


def test_the_wand_adds_the_region_of_similar_colour(picture):
    picture.paste("gold", (10, 10, 20, 20))
    painter = MaskPainter(picture)
    painter.select(12, 12, tool="wand")
    assert painter.mask.bounds == (10, 10, 20, 20)
    painter.select(12, 12, tool="wand", erase=True)
    assert painter.mask.is_empty
    with pytest.raises(MaskError, match="outside the image, which is 60x40"):
        painter.select(-5, 900, tool="wand")
    assert painter.mask.is_empty


def test_the_bucket_fills_up_to_the_painted_edge(painter):
    painter.mask = painter.mask.rect(10, 10, 30, 30).rect(15, 15, 25, 25, erase=True)
    painter.select(20, 20, tool="bucket")
    assert (painter.mask.pixels == Mask.blank(60, 40).rect(10, 10, 30, 30).pixels).all()


def test_the_images_transparency_becomes_the_mask():
    picture = Image.new("RGBA", (60, 40), (0, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (5, 5, 15, 15))
    painter = MaskPainter(picture)
    painter.select_transparent()
    assert painter.mask.bounds == (5, 5, 15, 15)
    with pytest.raises(MaskError, match="no transparency"):
        MaskPainter(Image.new("RGB", (9, 9))).select_transparent()


def test_a_saved_mask_can_be_loaded_again_and_at_another_size(painter, tmp_path):
    painter.mask = painter.mask.rect(10, 10, 30, 30)
    path = painter.save_mask(tmp_path / "mask.png")
    other = MaskPainter(Image.new("RGB", (120, 80)))
    other.load_mask(path)
    assert other.mask.bounds == (20, 20, 60, 60)
    painter.clear()
    painter.load_mask(path)
    assert painter.mask.bounds == (10, 10, 30, 30)


def test_tools_are_set_by_name_and_wrong_names_get_the_list(painter):
    for name in TOOLS:
        painter.tool = name
        assert painter.tool == name
    with pytest.raises(InputError, match="brush, eraser"):
        painter.tool = "airbrush"
    with pytest.raises(InputError, match="undo"):
        painter.run("explode")


def test_the_brush_is_never_larger_than_the_image(painter):
    painter.size = 1e9
    assert painter.size == 60


@pytest.mark.parametrize("size", [(16, 16), (1, 1), (8192, 8192), (8192, 16), (1000, 1001)])
def test_the_browsers_layer_is_bounded_and_keeps_the_ratio(size):
    width, height = layer_size(*size)
    assert min(width, height) >= 1
    assert max(width, height) <= max(LONGEST_SIDE, 2 * 1024)
    if min(size) > 100:
        assert width / height == pytest.approx(size[0] / size[1], rel=0.01)


def test_nothing_goes_over_the_wire_before_somebody_looks(painter, tab):
    sent = []
    painter._ink.send = lambda content, _buffers=None: sent.append(content)
    painter.fill()
    assert sent == []
    tab.says({"kind": "hello"})
    assert [message["kind"] for message in sent] == ["state"]
    assert sent[0]["steps"] == 1


def test_a_lone_tab_gets_receipts_and_a_second_one_gets_the_drawing(painter, tab):
    sent = []
    painter._ink.send = lambda content, _buffers=None: sent.append(content)
    tab.says({"kind": "hello"})
    tab.strokes((5, 5), (30, 20))
    assert "op" not in sent[-1]
    assert (sent[-1]["client"], sent[-1]["seq"]) == ("tab", 2)
    Tab(painter, "other").says({"kind": "hello"})
    tab.strokes((5, 5), (30, 20))
    assert sent[-1]["op"]["type"] == "stroke"
    painter.grow(2)
    assert sent[-1]["op"]["type"] == "bitmap"


def test_another_image_of_the_same_size_is_told_and_keeps_the_brush(painter):
    painter.size = 7
    before = painter._ink.image_id
    painter.image = Image.new("RGB", (60, 40), "red")
    assert painter._ink.image_id == before + 1
    assert painter.size == 7


def test_the_first_brush_fits_a_thin_image():
    assert MaskPainter(Image.new("RGB", (3000, 100))).size == 50


def test_what_was_asked_for_is_answered_with_how_much_is_painted_or_why_not(painter, tab):
    tab.says({"kind": "hello"})
    sent = []
    painter._ink.send = lambda content, _buffers=None: sent.append(content)
    form = painter._toolbar.numbers
    form.text.value = "0, 0, 30, 40"
    form.text._handle_custom_msg({"event": "submit"}, [])
    assert sent[-1]["text"] == "Done: 50% of the image is painted"
    form.shape.value, form.text.value = "bucket", "5"
    form.text._handle_custom_msg({"event": "submit"}, [])
    assert "takes one place: x, y" in sent[-1]["text"]
    tab.says({"kind": "ask", "what": "grow"})
    assert "is painted" in sent[-1]["text"]
