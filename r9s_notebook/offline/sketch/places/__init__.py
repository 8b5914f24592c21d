"""The places a scene can be set in: each builds its backdrop and says where things stand."""

from __future__ import annotations

from collections.abc import Callable

from r9s_notebook.offline.sketch.places import built, outdoors
from r9s_notebook.offline.sketch.places.stage import Ground, Stage

PLACES: dict[str, Callable[[Stage], Ground]] = {
    "beach": outdoors.beach,
    "castle_hill": outdoors.castle_hill,
    "cave": built.cave,
    "city": built.city,
    "desert": outdoors.desert,
    "field": outdoors.field,
    "forest": outdoors.forest,
    "garden": outdoors.garden,
    "hilltop": outdoors.hilltop,
    "lake": outdoors.lake,
    "meadow": outdoors.meadow,
    "moon": built.moon,
    "mountains": outdoors.mountains,
    "night_forest": outdoors.forest,
    "night_sky": outdoors.night_sky,
    "plain": built.plain,
    "river": outdoors.river,
    "room": built.room,
    "savanna": outdoors.savanna,
    "sea": outdoors.sea,
    "sea_cliff": outdoors.sea_cliff,
    "sky": outdoors.high_sky,
    "snow": outdoors.snow,
    "space": built.space,
    "street": built.street,
    "table": built.table,
    "underwater": built.underwater,
    "village": built.village,
    "volcanic": outdoors.volcanic,
    "windowsill": built.windowsill,
}
"""By name: a new place is one function and one line here."""

HOURS = {
    "plain": "indoors",
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
