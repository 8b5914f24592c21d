"""The places a scene can be set in: each builds its backdrop and says where things stand."""

from __future__ import annotations

from collections.abc import Callable

from r9s_notebook.offline.sketch.places import elsewhere, indoors, interiors, outdoors, town, waterside
from r9s_notebook.offline.sketch.places.stage import Ground, Stage

PLACES: dict[str, Callable[[Stage], Ground]] = {
    "beach": waterside.beach,
    "castle_hill": outdoors.castle_hill,
    "cave": elsewhere.cave,
    "city": town.city,
    "classroom": interiors.classroom,
    "desert": outdoors.desert,
    "emblem": indoors.emblem,
    "field": outdoors.field,
    "forest": outdoors.forest,
    "garden": outdoors.garden,
    "hilltop": outdoors.hilltop,
    "kitchen": interiors.kitchen,
    "laboratory": interiors.laboratory,
    "lake": waterside.lake,
    "lavender": outdoors.lavender,
    "library": interiors.library,
    "mars": outdoors.mars,
    "meadow": outdoors.meadow,
    "moon": elsewhere.moon,
    "mountains": outdoors.mountains,
    "night_forest": outdoors.forest,
    "night_sky": outdoors.night_sky,
    "plain": indoors.plain,
    "river": waterside.river,
    "room": indoors.room,
    "savanna": outdoors.savanna,
    "sea": waterside.sea,
    "sea_cliff": waterside.sea_cliff,
    "sky": outdoors.high_sky,
    "snow": outdoors.snow,
    "space": elsewhere.space,
    "street": town.street,
    "table": indoors.table,
    "underwater": elsewhere.underwater,
    "village": town.village,
    "volcanic": outdoors.volcanic,
    "ward": interiors.ward,
    "waterfall": waterside.waterfall,
    "windowsill": indoors.windowsill,
}
"""By name: a new place is one function and one line here."""

HOURS = {
    "plain": "indoors",
    "emblem": "indoors",
    "classroom": "indoors",
    "library": "indoors",
    "laboratory": "indoors",
    "ward": "indoors",
    "kitchen": "indoors",
    "room": "indoors",
    "table": "indoors",
    "underwater": "deep",
    "space": "space",
    "moon": "space",
    "night_sky": "night",
    "night_forest": "night",
}
"""The light of places that have their own, where the prompt names no hour."""

__all__ = ["HOURS", "PLACES", "Ground", "Stage"]
