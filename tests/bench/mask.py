"""Masks against their references: agreement and time. Run with ``python -m tests.bench.mask``.

Prints how far masks agree with a reference rasterisation (distance to the path, pixel by pixel) and with what
Chromium's canvas shows for the same strokes, and what 500 strokes of 50 points at 1024x1024 cost beside one Pillow
pass over the same points: lines with curved joints and round ends, then the same PNG form; and what the magic wand and
the bucket take on the largest pictures.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from PIL import Image, ImageDraw

from r9s_notebook.imaging import Mask, region
from r9s_notebook.painter.undo import History
from tests.imaging.reference import iou
from tests.imaging.reference import stroke as reference_stroke

SIDE, STROKES, POINTS, RADIUS = 1024, 500, 50, 16
LARGEST = 8192
RUNS = 5

T = TypeVar("T")
Path = list[tuple[float, float]]


def paths(count: int, seed: int = 1) -> list[Path]:
    """Wandering strokes as a hand makes them, all over the picture."""
    rng = np.random.default_rng(seed)
    walks = rng.uniform(0, SIDE, (count, 1, 2)) + rng.normal(0, 8, (count, POINTS, 2)).cumsum(axis=1)
    return [[(float(x), float(y)) for x, y in walk.round(2)] for walk in walks]


def best(work: Callable[[], T]) -> tuple[float, T]:
    """The shortest of a few runs in milliseconds of this thread's CPU, and what it made."""
    took = []
    for _ in range(RUNS):
        started = time.thread_time()
        result = work()
        took.append((time.thread_time() - started) * 1000)
    return min(took), result


def painted(strokes: list[Path]) -> Mask:
    """A mask that has remembered nothing yet."""
    mask = Mask.blank(SIDE, SIDE)
    for stroke in strokes:
        mask = mask.stroke(stroke, RADIUS)
    return mask


def pillow_pass(strokes: list[Path], *, joints: bool) -> bytes:
    """The same strokes by Pillow's own drawing, at Pillow's own accuracy."""
    grey = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(grey)
    for stroke in strokes:
        draw.line(stroke, fill=255, width=2 * RADIUS, joint="curve" if joints else None)
        for x, y in (stroke[0], stroke[-1]) if joints else ():
            draw.ellipse((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS), fill=255)
    out = io.BytesIO()
    Image.merge("RGBA", (grey, grey, grey, Image.eval(grey, lambda v: 255 - v))).save(out, "PNG")
    return out.getvalue()


def agreement() -> None:
    """Prints the least agreement with the reference, and of Pillow's drawing with it."""
    for radius in (2, 4, 16, 40):
        ours, pillows = [], []
        for stroke in paths(6, seed=radius):
            expected = reference_stroke(stroke, radius, SIDE, SIDE)
            ours.append(iou(Mask.blank(SIDE, SIDE).stroke(stroke, radius).pixels == 255, expected))
            grey = Image.new("L", (SIDE, SIDE))
            ImageDraw.Draw(grey).line(stroke, fill=255, width=2 * radius, joint="curve")
            pillows.append(iou(np.asarray(grey) == 255, expected))
        print(f"  radius {radius:>2}: ours {min(ours):.5f}   Pillow's line {min(pillows):.5f}")


def canvas() -> None:
    """Prints the least agreement with Chromium's canvas."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import find_chromium, launch_chromium
    from tests.imaging import canvas as on_screen

    with sync_playwright() as playwright:
        if find_chromium(playwright) is None:
            print("  no Chromium on this machine")
            return
        with launch_chromium(playwright) as browser:
            page = browser.new_page()
            for radius in (4, 16, 40):
                agree = []
                for stroke in paths(6, seed=radius):
                    shown = on_screen.painted(page, (SIDE, SIDE), [(stroke, radius, False)])
                    agree.append(iou(Mask.blank(SIDE, SIDE).stroke(stroke, radius).pixels == 255, shown))
                print(f"  radius {radius:>2}: {min(agree):.5f}")


def areas() -> None:
    """Prints what a click of the wand and of the bucket takes, from the click to the changed mask's pixels."""
    ramp = np.linspace(0, 255, LARGEST, dtype=np.uint8)
    rng = np.random.default_rng(1)
    spots = Image.fromarray(rng.integers(0, 256, (LARGEST // 8, LARGEST // 8, 3), dtype=np.uint8))
    pictures = {
        "smooth": (Image.fromarray(np.dstack(np.broadcast_arrays(ramp, ramp[:, None], np.uint8(90)))), 60),
        "spots": (spots.resize((LARGEST, LARGEST), Image.Resampling.BICUBIC), 100),
        "grain": (Image.fromarray(rng.integers(0, 256, (LARGEST, LARGEST, 3), dtype=np.uint8)), 150),
    }
    quarter, middle = LARGEST // 4, LARGEST // 2
    whole = Mask.blank(LARGEST, LARGEST).ellipse(quarter, quarter, 3 * quarter, 3 * quarter)
    ring = whole - whole.shrink(90)
    assert ring.pixels.any()
    for name, (picture, tolerance) in pictures.items():
        wand, _ = best(lambda: (ring | region(picture, middle, middle, tolerance)).pixels)  # noqa: B023 - called here
        bucket, _ = best(lambda: (ring | region(picture, middle, middle, tolerance, within=~ring)).pixels)  # noqa: B023
        print(f"  {name:6}  wand {wand:7.0f} ms   bucket {bucket:7.0f} ms")


def main() -> None:
    """Prints the table."""
    print("Agreement with the reference rasterisation, intersection over union, least of 6 strokes")
    agreement()
    print("Agreement with Chromium's canvas (round caps and joins), least of 6 strokes")
    canvas()

    print(f"A click of the magic wand and of the bucket at {LARGEST}x{LARGEST} (CPU, best of {RUNS})")
    areas()

    strokes = paths(STROKES)
    ours, _ = best(lambda: _rasterised(strokes))
    joined, _ = best(lambda: pillow_pass(strokes, joints=True))
    bare, _ = best(lambda: pillow_pass(strokes, joints=False))
    print(f"{STROKES} strokes of {POINTS} points at {SIDE}x{SIDE}, to PNG (CPU, best of {RUNS})")
    print(f"  ours                                  {ours:7.1f} ms")
    print(f"  Pillow, round joints and ends         {joined:7.1f} ms   ours is {ours / joined:.2f} x")
    print(f"  Pillow, bare lines (other pixels)     {bare:7.1f} ms   ours is {ours / bare:.2f} x")

    deep = painted(strokes)
    deep.to_png()
    one_more = paths(1, seed=9)[0]
    further, _ = best(lambda: deep.stroke(one_more, RADIUS).pixels)
    print(f"One more stroke at that depth           {further:7.1f} ms")
    print(f"Undo at that depth, slowest of 100      {undone(strokes, 100):7.1f} ms")
    print(
        f"JSON of a stroke of 1,000 points        {len(Mask.blank(SIDE, SIDE).stroke(_long(), 16).to_json()):7d} bytes"
    )


def undone(strokes: list[Path], times: int) -> float:
    """The slowest of so many undos in a row, each to its pixels, in milliseconds."""
    history = History((Mask.blank(SIDE, SIDE),))
    for points in strokes:
        history = history.push(history.current.stroke(points, RADIUS))
    history.current.to_png()
    slowest = 0.0
    for _ in range(times):
        history = history.undo()
        mask = history.current
        started = time.thread_time()
        assert mask.pixels.shape == (SIDE, SIDE)
        slowest = max(slowest, (time.thread_time() - started) * 1000)
    return slowest


def _rasterised(strokes: list[Path]) -> bytes:
    return painted(strokes).to_png()


def _long() -> Path:
    return [point for path in paths(20, seed=4) for point in path]


if __name__ == "__main__":
    main()
