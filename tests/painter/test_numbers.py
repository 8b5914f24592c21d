import pytest

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.operations import Ellipse, Polygon, Rect, Stroke
from r9s_notebook.painter.numbers import read_numbers, read_shape


@pytest.mark.parametrize("text", ["10, 20, 30, 40", "10 20 30x40", "(10,20) (30,40)", "[10; 20; 30; 40]"])
def test_numbers_are_read_as_people_write_them(text):
    assert read_numbers(text) == [10, 20, 30, 40]


@pytest.mark.parametrize("text", ["", "ten", "10, nan", "1e400, 2", "10 <img src=x>"])
def test_what_is_no_number_is_refused_with_a_sentence(text):
    with pytest.raises(MaskError, match="Only numbers"):
        read_numbers(text)


def test_a_rectangle_and_an_ellipse_take_a_corner_and_a_size():
    assert read_shape("rect", "10, 20, 30, 40", diameter=9) == Rect(10, 20, 40, 60)
    assert read_shape("ellipse", "10, 20, 30, 40", diameter=9, erase=True) == Ellipse(10, 20, 40, 60, True)


def test_a_polygon_takes_corners_and_a_brush_line_takes_points():
    assert read_shape("polygon", "0,0 9,0 9,9", diameter=9) == Polygon(((0, 0), (9, 0), (9, 9)))
    assert read_shape("brush", "5, 5", diameter=9) == Stroke(((5, 5),), 4.5)


@pytest.mark.parametrize(
    ("shape", "text"), [("rect", "1, 2, 3"), ("rect", "1, 2, 0, 4"), ("polygon", "1, 2, 3, 4"), ("brush", "1")]
)
def test_a_wrong_count_says_what_is_expected(shape, text):
    with pytest.raises(MaskError, match="takes"):
        read_shape(shape, text, diameter=9)
