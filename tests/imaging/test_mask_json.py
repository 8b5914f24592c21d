from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask
from tests.imaging.pictures import bomb_png


def mask_of_everything() -> Mask:
    return Mask.blank(120, 80).stroke([(1.25, 2), (30, 40)], 5.5).stroke(
        [(1, 2, 0.5), (30, 40, 1)], 5, erase=True
    ).rect(1, 2, 30, 40).ellipse(50, 20, 90, 60, erase=True).polygon(
        [(0, 0), (10.5, 0), (5, 9)], erase=True
    ).invert().grow(2).shrink(1.5).feather(0.5).clear().fill() | Mask.from_array(np.eye(80, 120, dtype=bool))


def test_a_mask_of_every_operation_comes_back_equal() -> None:
    mask = mask_of_everything()
    back = Mask.from_json(mask.to_json())

    assert back == mask
    assert back.to_json() == mask.to_json()
    assert np.array_equal(back.pixels, mask.pixels)


def test_the_json_is_compact_and_says_its_version() -> None:
    mask = Mask.blank(1024, 1024).stroke([(x, x / 3) for x in range(1000)], 16)

    assert json.loads(mask.to_json())["mask"] == 1
    assert len(mask.to_json()) < 12_000
    assert Mask.blank(8, 8).rect(0, 0, 4, 4).to_json() == '{"mask":1,"size":[8,8],"do":[["rect",0,0,4,4]]}'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not a mask's JSON"),
        ("null", "not a mask's JSON"),
        ("[1, 2]", "not a mask's JSON"),
        ("{" * 5000, "not a mask's JSON"),
        ("[" * 100_000, "not a mask's JSON"),
        ('{"mask": 2, "size": [4, 4], "do": []}', "version"),
        ('{"mask": 1, "do": []}', "size"),
        ('{"mask": 1, "size": [4, true], "do": []}', "size"),
        ('{"mask": 1, "size": [-4, 4], "do": []}', "size"),
        ('{"mask": 1, "size": [99999, 99999], "do": []}', "million"),
        ('{"mask": 1, "size": [4, 4], "do": {}}', "do"),
        ('{"mask": 1, "size": [4, 4], "do": [["blur", 3]]}', "Operation 1.*unknown"),
        ('{"mask": 1, "size": [4, 4], "do": [["fill"], ["stroke", 3]]}', "Operation 2"),
        ('{"mask": 1, "size": [4, 4], "do": [["stroke", 3, [1, 2, 3]]]}', "multiple of 2"),
        ('{"mask": 1, "size": [4, 4], "do": [["stroke", NaN, [1, 2]]]}', "finite"),
        ('{"mask": 1, "size": [4, 4], "do": [["stroke", 1, [NaN, 2]]]}', "finite"),
        ('{"mask": 1, "size": [4, 4], "do": [["stroke", 1, [[1, 2], 3]]]}', "pairs of numbers"),
        ('{"mask": 1, "size": [4, 4], "do": [["rect", 0, 0, 1, 1, "yes"]]}', "erase"),
        ('{"mask": 1, "size": [4, 4], "do": [["grow", 1e9]]}', "0 to 1000"),
        ('{"mask": 1, "size": [4, 4], "do": [["pixels", "add", "@@"]]}', "Operation 1"),
        ('{"mask": 1, "size": [4, 4], "do": [["pixels", "add", "aGVsbG8="]]}', "damaged"),
        ('{"mask": 1, "size": [4, 4], "do": [["pixels", "explode", "aGVsbG8="]]}', "unknown"),
        ('{"mask": 1, "size": [4, 4], "do": ' + json.dumps([["fill"]] * 20_001) + "}", "at most 20,000"),
    ],
)
def test_json_that_is_no_mask_is_refused_and_says_why(text: str, what: str) -> None:
    with pytest.raises(MaskError, match=what) as caught:
        Mask.from_json(text)

    assert len(caught.value.message) < 500


def test_pixels_of_another_size_are_refused_before_they_are_decoded() -> None:
    bomb = base64.b64encode(bomb_png(9000, 9000)).decode()
    with pytest.raises(MaskError, match="9000x9000"):  # its few bytes could not even be decoded
        Mask.from_json(json.dumps({"mask": 1, "size": [4, 4], "do": [["pixels", "add", bomb]]}))
