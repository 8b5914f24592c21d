"""Small things for the hand: an envelope, scissors, a compass, a bucket, a medal, a palette, a lock, a torch."""

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (164, 108, 66)
STEEL: RGB = (196, 204, 214)


@subject("envelope", "letter", "mail", "love letter", "post", aspect=1.4, size=0.34, home="table", stands="table",
         colours=((250, 240, 220), (246, 206, 206), (206, 222, 240)))  # fmt: skip
def envelope(pen: Pen) -> None:
    """A sealed envelope."""
    paper = pen.main
    pen.box(4, 12, 136, 98, paper, radius=3, volume=0.3)
    pen.poly([(5, 97), (56, 52), (84, 52), (135, 97)], darker(paper, 0.08), volume=0.1)
    pen.poly([(5, 13), (135, 13), (78, 62), (70, 66), (62, 62)], lighter(paper, 0.25), volume=0.2)
    pen.line([(5, 13), (62, 62), (70, 66), (78, 62), (135, 13)], 1.4, darker(paper, 0.3), volume=0, line=False)
    pen.oval(70, 62, 10, 10, NAMED["crimson"], volume=0.9)
    pen.blob([(70, 68), (64, 62), (64, 58), (67, 57), (70, 60), (73, 57), (76, 58), (76, 62)],
             lighter(NAMED["crimson"], 0.3),
             volume=0)  # fmt: skip


@subject("scissors", "pair of scissors", "shears", aspect=0.75, size=0.4, home="plain", stands="air",
         colours=((226, 74, 66), (60, 130, 180)))  # fmt: skip
def scissors(pen: Pen) -> None:
    """Open scissors."""
    for side in (-1, 1):
        x = 37.5
        pen.poly([(x - side * 3, 56), (x + side * 20, 2), (x + side * 25, 12), (x + side * 4, 60)], STEEL, volume=0.5)
        pen.line([(x + side * 3, 52), (x + side * 20, 10)], 1.2, WHITE, volume=0, line=False)
        pen.line([(x, 56), (x - side * 12, 72)], 7, pen.main)
        pen.arc(x - side * 17, 84, 12, 0, 360, 6.4, pen.main)
    pen.oval(37.5, 56, 3.6, 3.6, darker(STEEL, 0.3))
    pen.oval(36.6, 55, 1, 1, WHITE, volume=0, line=False)


@subject("compass", "pocket compass", aspect=0.9, size=0.4, home="table", stands="table", colours=((226, 176, 76),))
def compass(pen: Pen) -> None:
    """A brass compass with its needle."""
    pen.arc(45, 8, 6, 0, 360, 3, pen.main)
    pen.oval(45, 56, 43, 43, pen.main, volume=0.9)
    pen.oval(45, 56, 36, 36, (250, 244, 226), volume=0.3)
    for step in range(24):
        a = radians(15 * step)
        inner = 29 if step % 6 == 0 else 32
        pen.line([(45 + inner * cos(a), 56 + inner * sin(a)), (45 + 34 * cos(a), 56 + 34 * sin(a))], 1, INK, volume=0,
                 line=False)  # fmt: skip
    pen.star(45, 56, 24, (214, 204, 178), tips=8, inner=0.4, volume=0)
    pen.box(42, 25, 48, 33, INK, text="N", volume=0, line=False)
    pen.poly([(62, 34), (49, 60), (41, 52)], NAMED["red"])
    pen.poly([(28, 78), (49, 60), (41, 52)], (230, 234, 240))
    pen.oval(45, 56, 3.4, 3.4, pen.main, volume=0.9)


@subject("bucket", "pail", aspect=0.95, size=0.34, home="garden", holds=(0.72, 0.6),
         colours=((70, 140, 200), (226, 84, 72), (196, 204, 214)))  # fmt: skip
def bucket(pen: Pen) -> None:
    """A bucket with its handle up."""
    pen.arc(47, 30, 36, 180, 360, 3, STEEL)
    pen.poly([(8, 30), (87, 30), (76, 98), (19, 98)], pen.main, volume=0.9)
    pen.oval(47, 30, 40, 7, lighter(pen.main, 0.3), volume=0.3)
    pen.oval(47, 31, 35, 5, darker(pen.main, 0.5), volume=0.2)
    pen.line([(12, 56), (47, 60), (83, 56)], 3, darker(pen.main, 0.25), volume=0, line=False)
    for x in (11, 84):
        pen.oval(x, 31, 3.4, 3.4, STEEL)


@subject("medal", "gold medal", "silver medal", aspect=0.65, size=0.44, home="plain", stands="air",
         colours=((240, 188, 60), (196, 202, 212)))  # fmt: skip
def medal(pen: Pen) -> None:
    """A medal on its ribbon."""
    for x0, x1, name in ((8, 26, "azure"), (39, 57, "azure")):
        m = 32
        pen.poly([(x0, 0), (x1, 0), (m + 8, 46), (m - 8, 46)], NAMED[name], volume=0.3)
        pen.line([((x0 + x1) / 2, 0), (m, 46)], 4, WHITE, volume=0, line=False)
    pen.oval(32.5, 70, 29, 29, pen.main, volume=0.9)
    pen.arc(32.5, 70, 24, 0, 360, 2, darker(pen.main, 0.25))
    pen.star(32.5, 70, 16, lighter(pen.main, 0.5), volume=0.3)


@subject("paint palette", "artist's palette", aspect=1.25, size=0.36, home="table", stands="table",
         colours=((214, 164, 108),))  # fmt: skip
def palette(pen: Pen) -> None:
    """A painter's palette with a brush."""
    board = pen.blob([(6, 58), (16, 28), (48, 10), (88, 10), (116, 34), (114, 60), (94, 66), (84, 78), (90, 92), (66,
                                                                                                                  99),
                      (28, 90)], pen.main, volume=0.5)  # fmt: skip
    pen.oval(92, 80, 9, 7, darker(pen.main, 0.55), clip=board, volume=0)
    for x, y, name in ((26, 52, "red"), (36, 32, "orange"), (56, 22, "gold"), (78, 22, "emerald"), (98, 36, "azure"),
                       (36, 74, "violet"), (60, 84, "white")):  # fmt: skip
        pen.blob([(x - 8, y), (x - 3, y - 6), (x + 7, y - 5), (x + 8, y + 3), (x, y + 6)], NAMED[name], volume=0.9)
        pen.oval(x - 2, y - 2, 2, 1.4, WHITE, opacity=0.7, volume=0, line=False)
    pen.line([(120, 4), (74, 62)], 3.6, WOOD)
    pen.line([(78, 57), (70, 67)], 6, STEEL)
    pen.blob([(72, 62), (76, 67), (62, 80), (64, 70)], NAMED["red"])


@subject(
    "padlock", "lock", aspect=0.8, size=0.4, home="plain", stands="table", colours=((226, 176, 76), (196, 204, 214))
)
def padlock(pen: Pen) -> None:
    """A padlock."""
    pen.arc(40, 38, 22, 180, 360, 8, STEEL)
    for x in (18, 62):
        pen.box(x - 4, 36, x + 4, 52, STEEL, volume=0.7)
    pen.box(6, 46, 74, 98, pen.main, radius=9, volume=0.8)
    pen.oval(40, 67, 6, 6, INK, volume=0)
    pen.poly([(37, 68), (43, 68), (45, 84), (35, 84)], INK, volume=0)
    pen.line([(14, 56), (14, 84)], 3, lighter(pen.main, 0.6), opacity=0.8, volume=0, line=False)


@subject(
    "pillow",
    "cushion",
    "pillows",
    aspect=1.3,
    size=0.34,
    seat=0.6,
    home="room",
    colours=((236, 240, 246), (226, 140, 120)),
)
def pillow(pen: Pen) -> None:
    """A plump pillow."""
    pen.blob([(8, 26), (40, 24), (90, 24), (122, 26), (118, 46), (118, 74), (124, 94), (90, 92), (40, 92), (6, 94),
              (12, 74),
              (12, 46)], pen.main, volume=1)  # fmt: skip
    for a, b, c in (((18, 36), (28, 44), (34, 56)), ((112, 36), (102, 44), (98, 56)), ((20, 84), (32, 76), (46, 74))):
        pen.line([a, b, c], 1.8, darker(pen.main, 0.22), volume=0, line=False, taper=(1, 0.2))
    pen.blob(
        [(38, 36), (64, 32), (90, 36), (76, 44), (50, 44)], lighter(pen.main, 0.6), opacity=0.6, volume=0, line=False
    )
