"""Animals of the house and the yard."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

PINK = (244, 156, 160)


@subject(
    "cat",
    "kitten",
    "kitty",
    *("tabby", "siamese cat", "kittycat", "feline"),
    hand=(56, 94),
    aspect=0.9,
    size=0.5,
    home="windowsill",
    head=(45, 14, 42),
    colours=((226, 140, 70), (120, 118, 132), (240, 226, 206), (70, 66, 80)),
)
def cat(pen: Pen) -> None:
    """A cat that sits and looks at you."""
    iris = pen.part("eyes", (58, 92, 70) if pen.dice.chance(0.5) else INK)
    coat, pale, shade = pen.main, mix(pen.main, NAMED["cream"], 0.72), darker(pen.main, 0.35)
    pen.line([(64, 94), (82, 90), (88, 72), (80, 58), (84, 48)], 8, shade, taper=(1, 0.7))
    body = pen.blob(
        [(45, 42), (60, 50), (69, 74), (68, 97), (45, 99), (22, 97), (21, 74), (30, 50)], pen.part("shirt", coat)
    )
    pen.blob([(45, 52), (54, 62), (53, 82), (45, 90), (37, 82), (36, 62)], pen.part("shirt", pale), clip=body)
    for side in (-1, 1):
        pen.line([(45 + side * 9, 72), (45 + side * 9, 94)], 9, pen.part("shirt", pen.part("shoe", coat)))
        pen.oval(45 + side * 10, 96, 8, 4.2, pen.part("shoe", pale))
        pen.poly([(45 + side * 23, 30), (45 + side * 22, 1), (45 + side * 5, 15)], coat)
        pen.poly([(45 + side * 19.5, 23), (45 + side * 19.5, 7), (45 + side * 9, 16)], PINK, volume=0.2)
    head = pen.blob([(45, 12), (62, 17), (70, 32), (62, 46), (45, 51), (28, 46), (20, 32), (28, 17)], coat)
    pen.blob([(45, 33), (54, 38), (55, 47), (45, 52), (35, 47), (36, 38)], pale, clip=head, volume=0.3)
    for offset in (-6, 0, 6):
        pen.line([(45 + offset, 10), (45 + offset * 0.7, 19)], 2.4, shade, clip=head, taper=(1, 0.3))
    for side in (-1, 1):
        pen.eye(45 + side * 10.5, 31, 4.2, iris=iris)
        pen.arc(45 + side * 3.4, 40, 3.6, 20, 160, 1.1, INK, volume=0)
        for lift in (-2, 1.5):
            pen.line(
                [(45 + side * 15, 39 + lift), (45 + side * 31, 37 + lift * 2)], 0.7, lighter(coat, 0.75), line=False
            )
    pen.poly([(42, 37.5), (48, 37.5), (45, 41)], PINK, volume=0)


@subject(
    "dog",
    "puppy",
    "pup",
    "hound",
    "corgi",
    "labrador",
    *("retriever", "golden retriever", "german shepherd", "poodle", "beagle", "dachshund", "terrier", "bulldog", "pug"),
    *("dalmatian", "chihuahua", "collie", "shiba inu", "greyhound", "doggy", "doggo"),
    hand=(58, 92),
    aspect=0.95,
    size=0.52,
    head=(47, 14, 38),
    colours=((206, 150, 92), (150, 98, 62), (240, 230, 214), (84, 72, 70)),
)
def dog(pen: Pen) -> None:
    """A dog that sits and waits."""
    coat, pale, shade = pen.main, mix(pen.main, NAMED["cream"], 0.75), darker(pen.main, 0.42)
    pen.line([(66, 92), (80, 86), (88, 72)], 8, coat, taper=(1, 0.4))
    body = pen.blob(
        [(47, 40), (62, 50), (72, 76), (70, 97), (47, 99), (24, 97), (24, 74), (32, 50)], pen.part("shirt", coat)
    )
    pen.blob([(47, 50), (57, 62), (55, 84), (47, 92), (39, 84), (37, 62)], pen.part("shirt", pale), clip=body)
    for side in (-1, 1):
        pen.line([(47 + side * 9, 68), (47 + side * 9, 94)], 10, pen.part("shirt", pen.part("shoe", coat)))
        pen.oval(47 + side * 10, 96, 9, 4.4, pen.part("shoe", pale))
    head = pen.blob([(47, 12), (62, 17), (66, 32), (58, 48), (47, 53), (36, 48), (28, 32), (32, 17)], coat)
    pen.blob(
        [(47, 14), (51, 30), (58, 40), (54, 50), (47, 53), (40, 50), (36, 40), (43, 30)], pale, clip=head, volume=0.3
    )
    for side in (-1, 1):
        pen.blob(
            [
                (47 + side * 13, 13),
                (47 + side * 24, 16),
                (47 + side * 28, 34),
                (47 + side * 22, 44),
                (47 + side * 17, 28),
            ],
            shade,
        )
        pen.eye(47 + side * 9.5, 30, 3.7)
    pen.oval(47, 39, 5, 3.6, INK)
    pen.line([(47, 41), (47, 46)], 1.1, INK, volume=0)
    pen.smile(47, 46, 5)
    pen.oval(47, 50.5, 3, 3.6, (236, 110, 116), volume=0.3)
    pen.line([(35, 52), (47, 57), (59, 52)], 4, pen.second if pen.second != lighter(coat, 0.55) else NAMED["red"])
    pen.oval(47, 59, 2.8, 2.8, NAMED["gold"])


@subject(
    "rabbit",
    "bunny",
    "hare",
    hand=(54, 82),
    aspect=0.75,
    size=0.46,
    head=(37, 34, 30),
    colours=((236, 226, 214), (170, 140, 116), (150, 148, 158)),
)
def rabbit(pen: Pen) -> None:
    """A rabbit, ears up."""
    coat, pale = pen.main, lighter(pen.main, 0.6)
    for side, tilt in ((-1, -3), (1, 5)):
        x = 37 + side * 9
        pen.blob([(x - 5, 36), (x - 6 + tilt, 14), (x + tilt, 1), (x + 6 + tilt, 14), (x + 5, 36)], coat)
        pen.blob(
            [(x - 2, 34), (x - 2.6 + tilt, 16), (x + tilt, 7), (x + 2.6 + tilt, 16), (x + 2, 34)], PINK, volume=0.2
        )
    pen.oval(60, 88, 8, 8, pale)
    pen.blob([(37, 54), (54, 62), (60, 84), (54, 98), (20, 98), (14, 84), (20, 62)], coat)
    pen.oval(37, 80, 12, 15, pale)
    for side in (-1, 1):
        pen.oval(37 + side * 15, 96, 11, 4.6, coat)
    pen.blob([(37, 31), (52, 36), (57, 48), (50, 60), (37, 64), (24, 60), (17, 48), (22, 36)], coat)
    for side in (-1, 1):
        pen.eye(37 + side * 9, 47, 3.4)
        pen.oval(37 + side * 13, 55, 4, 2.6, PINK, opacity=0.6, volume=0)
    pen.oval(37, 53, 2.4, 1.8, PINK, volume=0)
    pen.smile(37, 57, 3.6, 1)


@subject(
    "horse",
    "pony",
    "stallion",
    "mare",
    "foal",
    seat=0.52,
    aspect=1.25,
    size=0.56,
    home="meadow",
    head=(101, 10, 18),
    colours=((146, 88, 54), (96, 64, 52), (228, 214, 196)),
)
def horse(pen: Pen) -> None:
    """A horse from the side."""
    coat, shade, mane = pen.main, darker(pen.main, 0.35), darker(pen.main, 0.75)
    pen.line([(22, 46), (10, 56), (9, 80)], 9, mane, taper=(0.8, 0.5))
    for x, knee in ((40, 38), (82, 84)):
        pen.line([(x, 58), (knee, 78), (knee + 1, 97)], 8, shade, taper=(1.3, 0.7))
    pen.blob([(20, 48), (30, 40), (54, 42), (78, 38), (90, 46), (90, 60), (76, 66), (50, 66), (28, 66), (18, 58)], coat)
    pen.blob([(72, 44), (84, 24), (94, 12), (106, 16), (104, 26), (96, 38), (92, 56), (78, 58)], coat)
    for x, knee in (
        (28, 26),
        (92, 96),
    ):
        pen.line([(x, 56), (knee, 78), (knee, 97)], 8, coat, taper=(1.4, 0.7))
        pen.box(knee - 4, 94, knee + 4.5, 99, INK, radius=1.5)
    pen.box(35, 95, 43, 99, INK, radius=1.5)
    pen.box(81, 95, 89, 99, INK, radius=1.5)
    pen.blob([(94, 10), (108, 14), (121, 27), (120, 34), (112, 34), (98, 28)], coat)
    pen.poly([(94, 14), (95, 3), (102, 11)], coat)
    pen.blob([(94, 6), (99, 11), (93, 24), (84, 36), (76, 46), (72, 42), (80, 26), (88, 12)], mane)
    pen.eye(104, 17.5, 2)
    pen.oval(117.5, 30, 1.4, 1, INK, volume=0)


@subject(
    "cow",
    "bull",
    "calf",
    "ox",
    seat=0.66,
    head=(106, 16, 24),
    aspect=1.3,
    size=0.48,
    colours=((246, 240, 230), (150, 92, 62)),
)
def cow(pen: Pen) -> None:
    """A cow with patches."""
    coat = pen.main
    patch = pen.second if pen.second != lighter(coat, 0.55) else NAMED["charcoal"] if coat[0] > 200 else NAMED["cream"]
    pen.line([(14, 36), (8, 54), (10, 66)], 3, darker(coat, 0.2))
    for x in (34, 88):
        pen.line([(x, 60), (x, 97)], 9, darker(coat, 0.3))
    body = pen.blob([(12, 34), (40, 28), (80, 28), (98, 36), (98, 62), (84, 72), (40, 72), (14, 66)], coat)
    for cx, cy, rx, ry in ((30, 40, 14, 12), (62, 60, 15, 12), (72, 34, 10, 9), (16, 62, 9, 8)):
        pen.oval(cx, cy, rx, ry, patch, clip=body, turn=pen.dice.between(-30, 30), volume=0.3)
    pen.oval(48, 72, 10, 5, PINK)
    for x in (24, 80):
        pen.line([(x, 62), (x, 97)], 10, coat)
    for x in (24, 34, 80, 88):
        pen.box(x - 5, 94, x + 5, 99, INK, radius=1.5)
    for side in (-1, 1):
        pen.line([(106 + side * 9, 20), (106 + side * 13, 10)], 4, NAMED["cream"], taper=(1, 0.4))
        pen.oval(106 + side * 17, 26, 8, 4, patch, turn=side * 20)
    pen.blob([(106, 14), (118, 22), (119, 40), (114, 54), (98, 54), (93, 40), (94, 22)], coat)
    pen.oval(106, 49, 12, 8, PINK)
    for side in (-1, 1):
        pen.eye(106 + side * 7, 31, 2.4)
        pen.oval(106 + side * 4, 49, 1.5, 2, (190, 96, 100), volume=0)


@subject("sheep", "lamb", seat=0.72, aspect=1.15, size=0.4, colours=((248, 244, 234), (226, 216, 202)))
def sheep(pen: Pen) -> None:
    """A sheep: mostly wool."""
    face = NAMED["charcoal"]
    for x in (34, 46, 70, 82):
        pen.line([(x, 70), (x, 97)], 6, face)
    for cx, cy, r in (
        (30, 46, 17),
        (46, 36, 18),
        (64, 36, 18),
        (82, 44, 17),
        (86, 60, 15),
        (68, 66, 18),
        (46, 67, 18),
        (30, 62, 15),
        (58, 52, 24),
    ):
        pen.oval(cx, cy, r, r, pen.main)
    pen.oval(24, 46, 5, 8, face, turn=30)
    pen.blob([(8, 40), (22, 34), (30, 44), (26, 60), (14, 66), (6, 54)], face)
    pen.oval(21, 36, 10, 7, pen.main)
    pen.oval(13, 48, 3, 3.4, WHITE, volume=0)
    pen.eye(13, 48.4, 1.7)


@subject("chicken", "hen", "rooster", "chick", aspect=0.95, size=0.34, colours=((246, 238, 226), (206, 130, 70)))
def chicken(pen: Pen) -> None:
    """A hen."""
    coat = pen.main
    for x in (42, 54):
        pen.line([(x, 80), (x, 96), (x + 7, 98)], 2.6, NAMED["orange"])
    pen.blob([(10, 34), (22, 52), (44, 50), (62, 30), (76, 30), (80, 50), (72, 74), (50, 86), (26, 78), (10, 58)], coat)
    pen.blob([(30, 56), (54, 52), (58, 66), (44, 74), (30, 70)], darker(coat, 0.22))
    for x, y in ((64, 14), (71, 10), (78, 15)):
        pen.oval(x, y, 5, 6, NAMED["red"])
    pen.oval(71, 26, 13, 13, coat)
    pen.poly([(82, 23), (94, 28), (82, 32)], NAMED["orange"])
    pen.oval(82, 37, 3, 5, NAMED["red"])
    pen.eye(74, 24, 2.3)


@subject(
    "duck",
    "duckling",
    "goose",
    "swan",
    aspect=1.2,
    size=0.34,
    home="lake",
    head=(80, 12, 36),
    stands="water",
    colours=((250, 212, 74), (248, 244, 234)),
)
def duck(pen: Pen) -> None:
    """A duck on the water."""
    coat = pen.main
    pen.blob([(6, 56), (22, 64), (52, 58), (70, 44), (92, 52), (100, 72), (88, 92), (56, 99), (26, 94), (10, 78)], coat)
    pen.blob([(26, 66), (58, 64), (66, 76), (50, 86), (28, 80)], darker(coat, 0.2))
    pen.poly([(92, 26), (116, 31), (114, 38), (92, 40)], NAMED["orange"])
    pen.oval(80, 30, 21, 21, coat)
    pen.oval(84, 56, 15, 14, coat)
    pen.eye(86, 25, 3)


@subject(
    "mouse",
    "rat",
    aspect=1.2,
    size=0.26,
    home="table",
    stands="table",
    colours=((168, 160, 166), (206, 174, 140)),
)
def mouse(pen: Pen) -> None:
    """A mouse."""
    pen.line([(20, 90), (4, 86), (6, 66), (16, 60)], 3, PINK, taper=(1, 0.5))
    pen.blob([(18, 92), (20, 64), (44, 44), (76, 46), (100, 72), (108, 88), (92, 98), (40, 99)], pen.main)
    pen.oval(64, 40, 14, 15, pen.main)
    pen.oval(64, 41, 9, 10, PINK)
    pen.oval(86, 44, 11, 12, pen.main)
    pen.oval(86, 45, 7, 8, PINK)
    pen.eye(90, 68, 3.6)
    pen.oval(109, 86, 3.6, 3.2, PINK)
    for x in (48, 84):
        pen.oval(x, 97, 9, 3.2, PINK)


@subject("hamster", "gerbil", "hamsters", aspect=1.0, size=0.34, home="table", stands="table",
         head=(50, 14, 46), hand=(62, 70), colours=((226, 160, 90), (206, 174, 140), (240, 214, 176)))  # fmt: skip
def hamster(pen: Pen) -> None:
    """A hamster that sits up, with full cheeks."""
    coat, cream = pen.main, lighter(pen.main, 0.78)
    for x in (24.0, 76.0):
        pen.oval(x, 14, 9.4, 10, coat)
        pen.oval(x, 15, 5.6, 6.4, PINK, volume=0.4)
    pen.blob([(50, 34), (80, 48), (90, 74), (82, 94), (50, 99), (18, 94), (10, 74), (20, 48)], coat)
    pen.blob([(50, 52), (70, 62), (74, 82), (64, 96), (36, 96), (26, 82), (30, 62)], cream)
    for x in (32, 68):
        pen.oval(x, 97, 10, 3.6, PINK, volume=0.5)
    pen.blob([(50, 6), (72, 12), (84, 32), (80, 50), (62, 58), (50, 59), (38, 58), (20, 50), (16, 32), (28, 12)], coat)
    pen.blob(
        [(50, 16), (55, 30), (72, 38), (80, 46), (66, 57), (50, 59), (34, 57), (20, 46), (28, 38), (45, 30)],
        cream,
        volume=0.5,
        line=False,
    )
    for x in (26, 74):
        pen.oval(x, 47, 7, 4.6, (248, 170, 160), opacity=0.55, volume=0, line=False, soft=2)
    for x in (35, 65):
        pen.eye(x, 31, 4.4)
    pen.oval(50, 40, 3.6, 2.6, (226, 120, 130))
    for x in (46.6, 53.4):
        pen.arc(x, 43.4, 3.4, 10, 170, 1.4, INK, volume=0)
    if pen.detail:
        for side in (-1, 1):
            for dy in (-2, 2):
                pen.line(
                    [(50 + side * 16, 43 + dy * 0.5), (50 + side * 36, 41 + dy * 2)],
                    0.7,
                    WHITE,
                    volume=0,
                    opacity=0.8,
                    line=False,
                )
    for x in (38, 62):
        pen.oval(x, 68, 6.4, 5.4, lighter(coat, 0.2))
        pen.oval(x + (50 - x) * 0.4, 70, 4, 3, PINK, volume=0.5)
