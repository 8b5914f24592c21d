import base64
import io
import re
import struct

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import ImageError, InputError, MaskError
from r9s_notebook.imaging import Mask, region
from r9s_notebook.painter.commands import COMMANDS, TOOLS
from r9s_notebook.painter.layers import LONGEST_SIDE, layer_size
from r9s_notebook.painter.mask_painter import MaskPainter
from r9s_notebook.painter.static_picture import picture_bundle
from r9s_notebook.painter.undo import UNDO_LIMIT


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
    with pytest.raises(MaskError, match=r"9x9 pixels and the image 60x40.*scaled"):
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


def test_the_wand_takes_a_colour_everywhere_if_asked(picture):
    for corner in (0, 30):
        picture.paste("gold", (corner, corner, corner + 9, corner + 9))
    painter = MaskPainter(picture)
    painter.select(2, 2, tool="wand")
    assert painter.mask.bounds == (0, 0, 9, 9)
    painter.select(2, 2, tool="wand", everywhere=True)
    assert painter.mask.bounds == (0, 0, 39, 39)


def test_a_place_and_everywhere_may_come_from_the_page_or_by_numbers(picture, painter, tab):
    for corner in (0, 30):
        picture.paste("gold", (corner, corner, corner + 9, corner + 9))
    painter.image = picture
    tab.says({"kind": "ask", "what": "wand", "x": 2, "y": 2, "erase": False, "everywhere": True})
    assert painter.mask.bounds == (0, 0, 39, 39)
    form = painter._toolbar.numbers
    for shape, erase, bounds in [
        ("wand", True, (30, 30, 39, 39)),
        ("bucket", False, (0, 0, 39, 39)),
        ("colour", True, None),
    ]:
        form.on_place(shape, "2, 2", erase)
        assert painter.mask.bounds == bounds


def test_the_bucket_fills_an_area_of_the_image_up_to_its_painted_edge(picture):
    picture.paste("gold", (10, 10, 30, 30))
    painter = MaskPainter(picture)
    painter.select(20, 20, tool="bucket")
    assert painter.mask.bounds == (10, 10, 30, 30)
    painter.mask = Mask.blank(60, 40).rect(19, 0, 21, 40)
    painter.select(12, 12, tool="bucket")
    assert np.array_equal(painter.mask.pixels, Mask.blank(60, 40).rect(19, 0, 21, 40).rect(10, 10, 19, 30).pixels)
    painter.select(2, 2, tool="bucket")
    assert not painter.mask.pixels[20, 25]


def test_the_bucket_takes_away_the_paint_that_hangs_together(painter):
    painter.mask = painter.mask.rect(0, 0, 9, 9).rect(20, 20, 40, 40)
    painter.select(30, 30, tool="bucket", erase=True)
    assert painter.mask.bounds == (0, 0, 9, 9)


def test_the_bucket_pours_around_the_smallest_image():
    painter = MaskPainter(Image.new("RGB", (16, 16)), mask=Mask.blank(16, 16).rect(0, 7, 16, 8))
    painter.select(3, 3, tool="bucket")
    assert painter.mask.bounds == (0, 0, 16, 8)


def test_areas_by_hand_are_the_same_masks_as_by_code(picture, painter, tab):
    outline = Mask.blank(60, 40).ellipse(5, 5, 50, 35).ellipse(8, 8, 47, 32, erase=True)
    by_code = outline | region(picture, 20, 20, 32, within=~outline)
    by_code = by_code - region(picture, 20, 20, 32, within=by_code)
    by_code = by_code | region(picture, 2, 2, 32)
    painter.mask = outline
    tab.says({"kind": "ask", "what": "bucket", "x": 20.4, "y": 20.9, "erase": False})
    tab.says({"kind": "ask", "what": "bucket", "x": 20.4, "y": 20.9, "erase": True})
    tab.says({"kind": "ask", "what": "wand", "x": 2, "y": 2, "erase": False})
    assert painter.mask == by_code
    assert painter.mask.to_png() == Mask.from_json(by_code.to_json()).to_png()


EMPTY, FULL = Mask.blank(60, 40).clear(), Mask.blank(60, 40).fill()
CORNER = Mask.blank(60, 40).rect(0, 0, 9, 9)
IDLE = {
    "clear": (CORNER.rect(0, 0, 9, 9, erase=True), lambda painter: painter.clear()),
    "fill": (Mask.blank(60, 40).rect(0, 0, 60, 40), lambda painter: painter.fill()),
    "grow": (EMPTY, lambda painter: painter.grow(4)),
    "shrink": (FULL, lambda painter: painter.shrink(4)),
    "feather": (FULL, lambda painter: painter.feather(4)),
    "wand": (FULL, lambda painter: painter.select(5, 5, tool="wand")),
    "bucket": (CORNER, lambda painter: painter.select(5, 5, tool="bucket")),
    "take away": (EMPTY, lambda painter: painter.select(5, 5, tool="bucket", erase=True)),
    "load": (CORNER, lambda painter: painter.load_mask(CORNER.to_image())),
}


@pytest.mark.parametrize("name", IDLE)
def test_what_changes_nothing_is_no_step_and_leaves_redo(painter, heard, name):
    mask, act = IDLE[name]
    painter.mask = mask
    painter.mask = Mask.blank(60, 40).ellipse(1, 1, 9, 9)
    painter.undo()
    heard.clear()
    act(painter)
    assert heard == []
    assert painter.mask is mask
    painter.redo()
    assert painter.mask == Mask.blank(60, 40).ellipse(1, 1, 9, 9)
    painter.undo()
    painter.undo()
    assert painter.mask == Mask.blank(60, 40)


def test_a_tab_that_has_drawn_what_changes_nothing_is_told(painter, tab):
    sent = []
    painter._ink.send = lambda content, _buffers=None: sent.append(content)
    tab.says({"kind": "hello"})
    tab.draws({"type": "clear"})
    assert [(message["kind"], message.get("action"), message.get("seq")) for message in sent[1:]] == [
        ("action", "none", 2),
        ("say", None, None),
    ]
    assert sent[-1]["text"] == "Nothing changed: 0% of the image is painted"
    tab.says({"kind": "action", "action": "undo"})
    assert painter.mask.is_empty


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"what": "bucket", "x": 5, "y": 5}, "Nothing changed: this place is painted already"),
        ({"what": "wand", "x": 50, "y": 5, "erase": True}, "Done: 0% of the image is painted"),
        ({"what": "bucket", "x": 50, "y": 5, "erase": True}, "Nothing changed: there is no paint at this place"),
        ({"what": "bucket", "x": 60, "y": 5}, "60, 5 is outside the image, which is 60x40 pixels."),
        ({"what": "wand", "x": -1, "y": 5}, "-1, 5 is outside the image, which is 60x40 pixels."),
        ({"what": "wand", "x": None, "y": "5"}, "Only numbers can be placed"),
    ],
)
def test_a_click_of_bucket_or_wand_is_answered_with_what_came_of_it(painter, tab, asked, sentence):
    painter.mask = painter.mask.rect(0, 0, 9, 9)
    tab.says({"kind": "hello"})
    sent = []
    painter._ink.send = lambda content, _buffers=None: sent.append(content)
    tab.says({"kind": "ask", **asked})
    assert sent[-1]["text"].startswith(sentence)
    assert "state" not in [message["kind"] for message in sent]


@pytest.mark.parametrize("tool", ["bucket", "wand"])
def test_without_an_image_bucket_and_wand_say_so(tool):
    painter = MaskPainter()
    with pytest.raises(MaskError, match="Load an image first"):
        painter.select(5, 5, tool=tool)
    painter.tool = tool
    painter._on_click(5, 5)  # as without the ink module
    assert "Load an image first" in painter._plain.widget.value
    Tab(painter).says({"kind": "ask", "what": tool, "x": 5, "y": 5})


def test_a_painter_that_is_used_all_day_keeps_few_operations_and_tells_its_mask(painter, tab, heard):
    for number in range(2 * UNDO_LIMIT + 100):
        tab.strokes((number % 60, number % 40))
    assert len(painter.mask.operations) <= 2 * UNDO_LIMIT + 1
    assert heard[-1] is painter.mask
    assert len(heard) == 2 * UNDO_LIMIT + 100
    for _ in range(UNDO_LIMIT):
        painter.undo()
    by_code = Mask.blank(60, 40)
    for number in range(UNDO_LIMIT + 100):
        by_code = by_code.stroke([(number % 60, number % 40)], 3)
    assert painter.mask.to_png() == by_code.to_png()


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
    other = Tab(painter, "other")
    other.says({"kind": "hello"})
    other.says({"kind": "shown"})  # the mask's picture
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


def test_what_needs_the_painter_s_script_says_so_where_no_page_has_it(painter):
    painter.run("zoom_in")
    assert "Zoom in needs the painter&#x27;s script" in painter._plain.widget.value
    painter.run("save")
    assert 'download="mask.png"' in painter._plain.widget.value


def test_a_page_with_the_script_gets_no_file_that_it_did_not_ask_for(painter, tab):
    tab.says({"kind": "hello"})
    before = painter._plain.widget.value
    painter.run("save")
    painter.run("zoom_in")
    assert painter._plain.widget.value == before


def test_what_is_left_of_it_without_a_kernel_is_the_picture_with_its_mask(painter, picture):
    bundle = picture_bundle(picture, painter.mask.rect(0, 0, 30, 40))
    assert bundle["text/plain"] == "MaskPainter: 50% of 60 x 40 pixels may change."
    encoded = re.search(r'src="data:image/webp;base64,([^"]+)" alt="([^"]+)"', bundle["text/html"])
    shown = Image.open(io.BytesIO(base64.b64decode(encoded[1]))).convert("RGB")
    assert shown.size == (60, 40)
    left, right = np.asarray(shown)[20, 10].astype(int), np.asarray(shown)[20, 50].astype(int)
    assert abs(right - (0, 128, 128)).max() < 12
    assert left[0] > right[0] + 80
    assert "50%" in encoded[2]
    assert "run this cell" in picture_bundle(None, None)["text/html"]


def test_what_is_left_of_it_follows_the_mask_until_it_is_closed(painter, monkeypatch, eventually):
    published = []
    monkeypatch.setattr(painter._static, "put", lambda bundle: published.append(bundle["text/plain"]))
    for side in range(1, 31):
        painter.mask = Mask.blank(60, 40).rect(0, 0, side, 40)
    eventually(lambda: published and published[-1] == "MaskPainter: 50% of 60 x 40 pixels may change.")
    painter.mask = Mask.blank(60, 40)
    painter.close()  # nothing more is said of what is closed
    assert painter._later._timer is None
