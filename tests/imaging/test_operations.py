from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

import numpy as np
import pytest

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.operations import (
    OPERATIONS,
    Ellipse,
    Feather,
    Fill,
    Grow,
    Pixels,
    Polygon,
    Rect,
    Stroke,
    make,
)


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - {"pixels"}))
def test_every_operation_is_a_method_of_the_mask_that_takes_the_same(name: str) -> None:
    _self, *of_method = signature(getattr(Mask, name)).parameters.values()
    of_operation = signature(OPERATIONS[name]).parameters.values()

    assert [(each.name, each.default) for each in of_method] == [(each.name, each.default) for each in of_operation]


def test_applying_what_a_mask_is_made_of_makes_it_again() -> None:
    mask = Mask.blank(60, 40).stroke([(5, 5), (30, 20)], 3).ellipse(20, 5, 50, 30, erase=True).invert().grow(2)
    mask = (mask - Mask.blank(60, 40).rect(0, 0, 9, 9)).polygon([(0, 0), (9, 0), (9, 9)])
    again = Mask.blank(60, 40)
    for operation in mask.operations:
        again = again.apply(operation)

    assert again == mask
    assert np.array_equal(again.pixels, mask.pixels)


@pytest.mark.parametrize(
    "what", ["fill", None, Fill, Pixels(b"no PNG"), Mask.from_array(np.eye(9, dtype=bool)).operations[0]]
)
def test_what_is_no_operation_or_holds_other_pixels_is_not_applied(what: Any) -> None:
    with pytest.raises(MaskError):
        Mask.blank(10, 10).apply(what)


@pytest.mark.parametrize(
    "make_it",
    [
        lambda: Stroke([], 4),
        lambda: Stroke([(1, 2)], 0),
        lambda: Rect(0, 0, float("inf"), 3),
        lambda: Polygon([(0, 0), (1, 1)]),
        lambda: Grow(-1),
        lambda: Feather(float("nan")),
        lambda: Pixels("no bytes"),  # type: ignore[arg-type]
        lambda: Pixels(b"", "explode"),  # type: ignore[arg-type]
        lambda: make("blur", 3),
    ],
)
def test_no_operation_is_made_that_no_mask_could_draw(make_it: Callable[[], object]) -> None:
    with pytest.raises(MaskError) as caught:
        make_it()

    assert caught.value.message.endswith(".")


def test_values_are_kept_as_they_are_drawn() -> None:
    assert Stroke(iter([(1.004, -0.001), (float("nan"), 2)]), 0.001).points == ((1.0, 0.0),)
    assert Stroke([(1, 2, 7.0), (3, 4, -1.0)], 5).points == ((1, 2, 1.0), (3, 4, 0.0))
    assert Polygon([(0, 0, 0.5), (9, 0, 0.5), (9, 9, 0.5)]).points == ((0, 0), (9, 0), (9, 9))
    assert Ellipse(5, 7, 2, 3) == Ellipse(2, 3, 5, 7) != Rect(2, 3, 5, 7)
