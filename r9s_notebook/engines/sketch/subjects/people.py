"""People: men, women, children, and what they wear for their work."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.outfits import OUTFITS, Outfit, behind, headgear, over
from r9s_notebook.engines.sketch.subjects.registry import subject

SKIN: tuple[RGB, ...] = ((250, 214, 184), (232, 180, 140), (196, 138, 100), (142, 94, 68), (104, 68, 52))
HAIR: tuple[RGB, ...] = ((60, 44, 42), (112, 70, 46), (206, 150, 82), (40, 36, 44), (172, 84, 48))
CLOTHES: tuple[RGB, ...] = ((214, 86, 72), (62, 112, 178), (246, 190, 80), (70, 150, 120), (150, 96, 170))
TROUSERS: RGB = (58, 70, 110)
GREY: RGB = (214, 214, 220)


def face(pen: Pen, x: float, y: float, r: float, skin: RGB, *, brow: RGB = INK) -> None:
    """A head without its hair: eyes, brows, nose, cheeks, mouth."""
    for side in (-1, 1):
        pen.oval(x + side * r * 0.98, y + r * 0.1, r * 0.16, r * 0.22, darker(skin, 0.12))
    pen.oval(x, y, r, r * 1.08, skin)
    for side in (-1, 1):
        pen.eye(x + side * r * 0.38, y - r * 0.02, r * 0.14, iris=pen.part("eyes", INK))
        pen.oval(
            x + side * r * 0.6, y + r * 0.34, r * 0.2, r * 0.14, (240, 120, 110), opacity=0.42, volume=0, line=False
        )
        pen.arc(x + side * r * 0.38, y - r * 0.12, r * 0.22, 215, 325, r * 0.07, darker(brow, 0.3), volume=0)
    pen.arc(x, y + r * 0.12, r * 0.1, 20, 160, r * 0.07, darker(skin, 0.45), volume=0, line=False)
    pen.smile(x, y + r * 0.46, r * 0.3, r * 0.1)
    if "old" in pen.traits:
        for side in (-1, 1):
            pen.arc(
                x + side * r * 0.62, y + r * 0.02, r * 0.16, 40, 140, r * 0.04, darker(skin, 0.4), volume=0, line=False
            )
        pen.arc(x, y - r * 0.62, r * 0.36, 230, 310, r * 0.045, darker(skin, 0.3), volume=0, line=False)


def _outfit(pen: Pen) -> Outfit:
    return next((OUTFITS[word] for word in sorted(pen.traits) if word in OUTFITS), Outfit())


def _looks(pen: Pen, outfit: Outfit) -> tuple[RGB, RGB, RGB]:
    """Skin, hair and clothes; what the prompt says goes before what the trade wears."""
    skin, own = outfit.skin or pen.dice.pick(SKIN), pen.dice.pick(HAIR)
    hair = pen.part("hair", outfit.hair or (GREY if "old" in pen.traits else own))
    shirt = outfit.shirt if outfit.shirt and pen.main in CLOTHES else pen.main
    return skin, hair, shirt


@subject(
    "person",
    "man",
    "boy",
    "guy",
    "father",
    "dad",
    "daddy",
    "papa",
    "husband",
    "farmer",
    "sailor",
    "fisherman",
    "student",
    "chef",
    "cook",
    "baker",
    "doctor",
    "teacher",
    "artist",
    "painter",
    "musician",
    "people",
    "human",
    "someone",
    "character",
    "hero",
    "king",
    "prince",
    "pirate",
    "santa",
    "santa claus",
    "elf",
    "superhero",
    "ninja",
    "cowboy",
    "clown",
    "firefighter",
    "fireman",
    "policeman",
    "police officer",
    "policewoman",
    "scientist",
    "zombie",
    "vampire",
    "gardener",
    "pilot",
    "captain",
    "builder",
    "worker",
    "grandpa",
    "grandfather",
    "gentleman",
    "explorer",
    "postman",
    "waiter",
    "monk",
    "viking",
    "magician",
    "detective",
    "photographer",
    *("singer", "dentist", "engineer", "athlete", "driver", "tourist", "friend", "customer", "patient"),
    *("neighbour", "neighbor"),
    "son",
    "brother",
    "uncle",
    "leprechaun",
    "gnome",
    "dwarf",
    aspect=0.5,
    size=0.62,
    head=(25, 8, 17),
    hand=(40, 60),
    colours=CLOTHES,
)
def person(pen: Pen) -> None:
    """Someone, standing."""
    if pen.traits & {"grandpa", "grandfather"}:
        pen.traits |= {"old", "beard"}
    outfit = _outfit(pen)
    skin, hair, shirt = _looks(pen, outfit)
    trousers = pen.part("trousers", outfit.trousers or TROUSERS)
    behind(pen, outfit, 25, 19)
    for side in (-1, 1):
        pen.line([(25 + side * 5, 62), (25 + side * 6, 96)], 8, trousers)
        pen.oval(25 + side * 7.5, 97, 6, 2.6, pen.part("shoe", darker(trousers, 0.6)))
        arm = [(25 + side * 10, 36), (25 + side * 16, 48), (25 + side * 15, 60)]
        if side == 1 and "waving" in pen.traits:
            arm = [(36, 36), (43, 28), (45, 16)]
        pen.line(arm, 5.6, darker(shirt, 0.2))
        pen.oval(*arm[-1], 3, 3, skin)
    pen.box(22, 26, 28, 36, darker(skin, 0.15))
    body = pen.blob([(25, 32), (35, 34), (37, 50), (36, 66), (14, 66), (13, 50), (15, 34)], shirt)
    pen.blob([(20, 31), (25, 34), (30, 31), (27.5, 38), (22.5, 38)], darker(shirt, 0.3), clip=body, volume=0)
    over(pen, outfit, 25, body)
    if "bald" not in pen.traits:
        pen.oval(25, 14, 12, 11, hair)
    face(pen, 25, 19, 9.4, skin, brow=hair)
    if "bald" not in pen.traits:
        pen.blob([(15, 18), (15, 9), (25, 5), (35, 9), (35, 18), (30, 12), (22, 13)], hair)
    headgear(pen, outfit, (25, 19, 9.4), hair)


@subject(
    "woman",
    "girl",
    "lady",
    "mother",
    "mum",
    "mom",
    "mommy",
    "mummy",
    "mama",
    "wife",
    "princess",
    "queen",
    "dancer",
    "ballerina",
    "nurse",
    "fairy",
    "angel",
    "grandma",
    "grandmother",
    "granny",
    "bride",
    "actress",
    "waitress",
    "daughter",
    "sister",
    "aunt",
    "goddess",
    aspect=0.52,
    size=0.62,
    head=(26, 8, 17),
    hand=(39, 60),
    colours=CLOTHES,
)
def woman(pen: Pen) -> None:
    """A woman in a dress."""
    if pen.traits & {"grandma", "grandmother", "granny"}:
        pen.traits |= {"old"}
    outfit = _outfit(pen)
    skin, hair, dress = _looks(pen, outfit)
    behind(pen, outfit, 26, 19)
    if "old" in pen.traits:
        pen.oval(26, 4, 6, 5, hair)
        pen.oval(26, 14, 12.4, 12, hair)
    else:
        pen.blob([(14, 18), (16, 7), (26, 3), (36, 7), (38, 18), (40, 34), (34, 42), (18, 42), (12, 34)], hair)
    for side in (-1, 1):
        pen.line([(26 + side * 4, 78), (26 + side * 4.4, 96)], 4.4, pen.part("trousers", skin))
        pen.oval(26 + side * 5.6, 97.5, 4.6, 2.2, pen.part("shoe", darker(dress, 0.6)))
        arm = [(26 + side * 8, 37), (26 + side * 14, 48), (26 + side * 13, 60)]
        if side == 1 and "waving" in pen.traits:
            arm = [(34, 37), (42, 29), (45, 17)]
        pen.line(arm, 4.4, skin)
        pen.oval(26 + side * 8, 38, 4, 4, dress)
    pen.box(23.4, 26, 28.6, 36, darker(skin, 0.15))
    body = pen.blob(
        [(26, 33), (34, 35), (33, 50), (40, 70), (45, 82), (26, 85), (7, 82), (12, 70), (19, 50), (18, 35)], dress
    )
    pen.line([(19, 51), (26, 53), (33, 51)], 2.4, darker(dress, 0.5), volume=0)
    over(pen, outfit, 26, body)
    face(pen, 26, 19, 9.4, skin, brow=hair)
    pen.blob([(16, 20), (16, 9), (26, 5), (36, 9), (36, 20), (31, 12), (24, 12)], hair)
    headgear(pen, outfit, (26, 19, 9.4), hair)


@subject(
    "child",
    "kid",
    "baby",
    "toddler",
    "children",
    "pupil",
    "schoolboy",
    "schoolgirl",
    hand=(56, 44),
    aspect=0.62,
    size=0.44,
    head=(31, 10, 27),
    colours=CLOTHES,
)
def child(pen: Pen) -> None:
    """A child."""
    skin, hair = pen.dice.pick(SKIN), pen.part("hair", pen.dice.pick(HAIR))
    for side in (-1, 1):
        pen.line([(31 + side * 6, 74), (31 + side * 7, 95)], 9, pen.part("trousers", TROUSERS))
        pen.oval(31 + side * 9, 97, 7, 3, pen.part("shoe", NAMED["red"]))
        hand = (31 + side * 25, 44 if side == 1 else 66)
        pen.line([(31 + side * 11, 52), hand], 6.4, darker(pen.main, 0.15))
        pen.oval(*hand, 4, 4, skin)
    pen.blob([(31, 46), (43, 49), (46, 66), (45, 80), (17, 80), (16, 66), (19, 49)], pen.main)
    pen.oval(31, 24, 18, 19, hair)
    face(pen, 31, 29, 16, skin, brow=hair)
    pen.blob([(14, 28), (15, 13), (31, 6), (47, 13), (48, 28), (40, 17), (26, 18)], hair)


@subject("family", "parents", "families", aspect=1.35, size=0.6, colours=((70, 150, 120), (214, 86, 72)))
def family(pen: Pen) -> None:
    """A father, a mother and two children."""
    person(pen.inset(2, 0, 1, 50, main=pen.main, traits=frozenset({"man"})))
    woman(pen.inset(86, 4, 0.96, 52, main=CLOTHES[4], traits=frozenset({"mother"})))
    child(pen.inset(42, 42, 0.58, 62, main=CLOTHES[2], traits=frozenset()))
    child(pen.inset(66, 52, 0.48, 62, main=CLOTHES[1], traits=frozenset()))


@subject("face", "head", "smile", aspect=0.9, size=0.5, home="plain", stands="air", head=(45, 14, 66), colours=SKIN)
def head(pen: Pen) -> None:
    """A face."""
    hair = pen.part("hair", pen.dice.pick(HAIR))
    pen.oval(45, 44, 40, 43, hair)
    face(pen, 45, 52, 36, pen.main, brow=hair)
    pen.blob([(8, 50), (10, 22), (45, 4), (80, 22), (82, 50), (66, 26), (30, 28)], hair)


@subject(
    "doll", "puppet", aspect=0.62, size=0.4, home="room", head=(31, 10, 27), colours=((226, 92, 120), (90, 140, 200))
)
def doll(pen: Pen) -> None:
    """A rag doll."""
    skin, wool = (252, 226, 200), (206, 100, 60)
    for side in (-1, 1):
        pen.line([(31 + side * 5, 80), (31 + side * 6, 96)], 6, WHITE)
        pen.oval(31 + side * 7, 97, 6, 3, NAMED["red"])
        pen.line([(31 + side * 9, 54), (31 + side * 20, 68)], 5, skin)
        pen.oval(31 + side * 19, 32, 6, 16, wool)
    pen.blob([(31, 48), (40, 50), (52, 84), (31, 88), (10, 84), (22, 50)], pen.main)
    pen.box(24, 52, 38, 80, lighter(pen.main, 0.7), radius=3, volume=0.1)
    pen.oval(31, 26, 19, 20, wool)
    face(pen, 31, 30, 16, skin, brow=wool)
    pen.blob([(14, 28), (16, 13), (31, 7), (46, 13), (48, 28), (31, 18)], wool)
